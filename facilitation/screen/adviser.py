"""An adviser's screen: the role in words, then what people said beside the hints, the questions and the comments."""

from typing import Any

import streamlit as st

from facilitation import advice, remarks
from facilitation.access import Refused, Who
from facilitation.conference import Conference, Note
from facilitation.scenario import Case
from facilitation.screen.adviser_hints import hint_list
from facilitation.screen.adviser_notes import notes
from facilitation.screen.adviser_voices import Filter, narrowed, voice
from facilitation.screen.parts import Node, el, go, picture
from facilitation.screen.visit import Visit, attempt, sentences

ROLES = ("role1", "role2", "role3", "role4")


class Adviser:
    """One adviser's view of one conference, for one run; those who lead may look and write as well."""

    def __init__(self, visitor: Visit, conference: Conference, who: Who) -> None:
        self.visitor, self.conference, self.who = visitor, conference, who
        self.case: Case = visitor.house.case(conference, visitor.language)
        self.say = visitor.say

    def draw(self) -> None:
        """The role first; then everything."""
        picture(self._head(), key="head")
        if self.who.role == "adviser" and not self.who.words:
            self._role()
            return
        left, right = st.columns([5, 4])
        with left:
            self._voices()
        with right:
            picture(hint_list(self.conference, self.visitor.language), key="hints")
            notes(self.visitor, self.conference, self.case, self.who)
            self._all_notes()
        if self.who.role == "adviser" and not self.conference.ended:
            with st.expander(self.say("advise.role_change")):
                self._role()

    def _head(self) -> Node:
        say, conference = self.say, self.conference
        return el(
            "div.adviser-head",
            el("h1", say("advise.title")),
            el("span.muted", conference.title or self.case.title),
            el("span.sample", say("demo.mark")) if conference.demo else None,
            el("span.chip.role", self.who.words or say("advise.desk")) if self._named else None,
            el("p.empty", say("advise.ended")) if conference.ended else None,
        )

    @property
    def _named(self) -> bool:
        return bool(self.who.words) or self.who.role != "adviser"

    # --- the role --------------------------------------------------------------------------------------------------

    def _role(self) -> None:
        """One tap for the usual roles, else the own words; a route keeps it in the cookie."""
        say = self.say
        picture(
            el("section.card.ask-role", el("h2", say("advise.role_ask")), el("p.muted", say("advise.role_how"))), "ask"
        )
        with st.container(horizontal=True, key="roles"):
            for role in ROLES:
                if st.button(say(f"advise.{role}"), key=role):
                    self._be(say(f"advise.{role}"))
        with st.form("role", border=False, width=520):
            typed = st.text_input(say("advise.role_own"), key="role-own")
            if st.form_submit_button(say("advise.role_use")):
                self._be(typed)

    def _be(self, typed: str) -> None:
        try:
            words = advice.named(typed)
        except Refused as refused:
            picture([el("p.refusal", each, role="alert") for each in sentences(refused, self.visitor.language)], "no")
            return
        go(f"/adviser/{self.visitor.house.sign({'adviser': [self.conference.id, words]})}")

    # --- what people said ------------------------------------------------------------------------------------------

    def _voices(self) -> None:
        say, conference, spoken = self.say, self.conference, self.visitor.language
        picture(el("div", el("h2", say("advise.list")), el("p.muted", say("advise.list_how"))), key="list-head")
        cards = narrowed(conference, self._filter(), spoken)
        scenes = {n: remarks.scene(n, conference, self.case, spoken) for n in conference.scenes}
        shown = [voice(card, conference, scenes[card.scene], spoken) for card in cards]
        count = el("p.muted", say("advise.count", n=len(cards)) if cards else say("advise.none"))
        pressed = picture(el("section.voices", count, el("div.cards", shown)), key="voices")
        if pressed:
            self._do(advice.star, card=pressed[0], starred=pressed[1])

    def _filter(self) -> Filter:
        spoken, conference = self.visitor.language, self.conference
        return Filter.asked(self.say, conference, self.case, spoken)

    def _do(self, verb: Any, **fields: Any) -> None:
        attempt(self.visitor, lambda: self.visitor.house.send(self.conference.id, verb, self.who, **fields))
        st.rerun()

    # --- what advisers wrote ---------------------------------------------------------------------------------------

    def _all_notes(self) -> None:
        written = remarks.remarks(self.conference, self.visitor.language)
        if written:
            title = el("h2", self.say("advise.all_notes"))
            picture(el("section.all-notes", title, [self._note(note) for note in written]), key="all-notes")

    def _note(self, note: Note) -> Node:
        spoken = self.visitor.language
        place = remarks.place(note.about, self.conference, self.case, spoken)
        head = f"{remarks.role(note, spoken)} · {place}"
        return el("div.statement", el("p.muted", head), el("p", note.text), data_key=note.id)
