"""The facilitator's desk."""

import streamlit as st

from facilitation.screen.desk import Desk
from facilitation.screen.parts import el, live, picture
from facilitation.screen.visit import current, visit

visitor = visit()
found = current(visitor)


@st.fragment(run_every=30)
def desk(log: str) -> None:
    """Everything on the desk follows the conference."""
    conference = visitor.house.conference(log)
    who = visitor.leads(log)
    assert who is not None
    live(log, "lead", conference.revision, {"lost": visitor.say("tablet.lost")})
    here = Desk(visitor, conference, who)
    links = [("desk.wall_link", f"/projector?c={log}"), ("desk.map_link", f"/map?c={log}"), ("desk.check", "/check"),
             ("desk.home", "/")]
    picture(el("nav.links", [el("a.button", visitor.say(key), href=to, target="_blank" if "projector" in to else None)
                             for key, to in links]), key="links")
    left, right = st.columns([7, 3])
    with left:
        here.now()
        here.on_wall()
        names = [visitor.say(f"desk.{name}") for name in ("groups", "cards", "room", "end")]
        for tab, draw in zip(st.tabs(names), (here.groups, here.cards, here.room, here.end), strict=True):
            with tab:
                draw()
    with right:
        here.timetable()


if found:
    desk(found.id)
else:
    st.warning(visitor.say("refused.not_allowed"))
