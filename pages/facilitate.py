"""The facilitator's desk."""

import streamlit as st

from facilitation.screen.desk import Desk
from facilitation.screen.desk_agencies import agency_cards
from facilitation.screen.desk_cards import all_cards
from facilitation.screen.desk_care import before_the_scenes
from facilitation.screen.desk_room import end, room
from facilitation.screen.desk_survey import survey
from facilitation.screen.desk_tables import tables
from facilitation.screen.desk_waiting import waiting
from facilitation.screen.desk_words import words
from facilitation.screen.frame import not_found
from facilitation.screen.parts import NEVER, el, live, picture
from facilitation.screen.tabs import tabs
from facilitation.screen.visit import current, standing, visit

TABS = {
    "groups": tables,
    "cards": all_cards,
    "words": words,
    "room": room,
    "surveys": survey,
    "agencies": agency_cards,
    "end": end,
}
LINKS = {
    "wall_link": "/projector?c=",
    "map_link": "/map?c=",
    "advise_link": "/advise?c=",
    "check": "/check?c=",
    "home": "/?c=",
}

visitor = visit()
found = current(visitor)


@st.fragment(run_every=NEVER)
def desk(log: str) -> None:
    """Everything on the desk follows the conference; of the tabs only the open one is drawn."""
    conference = standing(visitor, log)
    who = visitor.leads(log)
    assert who is not None
    live(log, "lead", conference.revision, {"lost": visitor.say("tablet.lost")})
    here = Desk(visitor, conference, who)
    links = [
        el("a.button", visitor.say(f"desk.{name}"), href=to + log, target="_blank" if name == "wall_link" else None)
        for name, to in LINKS.items()
    ]
    sample = el("span.sample", visitor.say("demo.mark")) if conference.demo else None
    picture(el("nav.links", links, sample), key="links")
    left, right = st.columns([7, 3])
    with left:
        here.now()
        before_the_scenes(here)
        here.on_wall()
        waiting(here)
        opened = tabs(visitor, {name: visitor.say(f"desk.{name}") for name in TABS}, key="desk")
        TABS[opened](here)
    with right:
        here.timetable()


if found:
    desk(found.id)
else:
    not_found(visitor)
