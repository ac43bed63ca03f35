"""The facilitator's desk: what is open, the clock, the one big button, the timetable, the wall.

A button that moves something carries in its key the base it was drawn at: a press that comes after somebody else's
finds no such button any more and moves nothing; the page says so by showing the new state.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

from facilitation import agenda, care, commands
from facilitation.access import Who
from facilitation.conference import Conference
from facilitation.scenario import Case
from facilitation.screen.clock import timer_of
from facilitation.screen.parts import Node, el, picture, plain
from facilitation.screen.route_words import scene_words
from facilitation.screen.visit import Visit, attempt


class Desk:
    """One facilitator's view of one conference, for one run."""

    def __init__(self, visitor: Visit, conference: Conference, who: Who) -> None:
        self.visitor, self.conference, self.who = visitor, conference, who
        self.case: Case = visitor.house.case(conference, visitor.language)
        self.say = visitor.say

    def do(self, verb: Callable[..., Any], *, saved: bool = False, **fields: Any) -> None:
        """Carry out a command and draw anew; `saved` says so where nothing on the page would."""
        if self.write(verb, **fields) and saved:
            st.session_state["said"] = self.say("desk.saved")  # a toast before a rerun would be gone at once
        st.rerun()

    def write(self, verb: Callable[..., Any], **fields: Any) -> bool:
        """Carry out a command; whether it was."""
        return attempt(self.visitor, lambda: self.visitor.house.send(self.conference.id, verb, self.who, **fields))

    def now(self) -> None:
        """What is open, what to say, the clock, and the way on."""
        spent = self.visitor.house.spent(self.conference)
        picture(self._now(self.conference.here, spent), key="now")
        if self.conference.ended:
            return
        with st.container(horizontal=True, vertical_alignment="center"):
            self._way_on()
            self._clock(spent)

    def _now(self, here: agenda.Step, spent: float) -> Node:
        texts = [el("p.saying", self.say(f"say.{here.kind}"))]
        if here.scene:
            scene = self.case.scenes[here.scene - 1]
            texts += [el("p.question", scene.question), self._aside("desk.note", scene.note)]
            texts += [self._aside("desk.adviser", scene.adviser)]
        if here.kind == "reveal":
            texts += [el("p.question", line) for line in self.case.bridge(self.conference.variant, here.position)]
        timed = self.conference.timer.seconds and not self.conference.ended
        top = el("div.top", el("h1", self.step_name(here)), self._time(spent) if timed else None)
        if care.pauses(self.conference):
            texts.append(self._aside("care.title", self.say("care.pause_how")))
        if timed and not care.shows_clock(self.conference):
            texts.append(el("p.muted", self.say("care.no_clock")))
        return el("section.card.now", top, texts)

    def _time(self, spent: float) -> Node:
        part = el("span.part", el("span", data_show="part"), " ", el("span", data_show="part-left"))
        timer = timer_of(self.conference, spent, self.visitor.language)
        return el("div.clock", part, el("span.time", data_show="left"), timer=timer, role="timer")

    def _aside(self, title: str, text: str) -> Node:
        return el("p.aside", el("b", self.say(title)), " ", text)

    def step_name(self, step: agenda.Step) -> str:
        """A step in words: a scene by its place in this conference and its title."""
        if not step.scene:
            return self.say(f"step.{step.kind}")
        of = sum(1 for each in self.conference.steps if each.scene)
        return f"{self.say('scene.number', n=step.position + 1, of=of)}　{self.case.scenes[step.scene - 1].title}"

    def _way_on(self) -> None:
        conference, base, following = self.conference, self.conference.step_revision, self.conference.step + 1
        if conference.step and st.button(self.say("desk.back"), key=f"back-{base}"):
            self.do(commands.open_step, step=conference.step - 1, base=base)
        if following >= len(conference.steps):
            st.text(self.say("desk.last"))
            return
        name = self.step_name(conference.steps[following])
        if st.button(self.say("desk.next", step=plain(name)), type="primary", key=f"next-{base}"):
            self.do(commands.open_step, step=following, base=base)

    def _clock(self, spent: float) -> None:
        timer, mark = self.conference.timer, self.conference.timer.revision
        if timer.running and st.button(self.say("desk.pause"), key=f"pause-{mark}"):
            self.do(commands.pause_timer, spent=spent)
        if not timer.running and timer.seconds and st.button(self.say("desk.resume"), key=f"resume-{mark}"):
            self.do(commands.resume_timer)
        if st.button(self.say("desk.minute"), key=f"minute-{mark}"):
            self.do(commands.add_minute, spent=spent)

    def timetable(self) -> None:
        """All steps, and the way to go ahead when time is short."""
        conference = self.conference
        picture(el("ol.timetable", [self._step(i, step) for i, step in enumerate(conference.steps)]), key="timetable")
        ahead = list(range(conference.step + 1, len(conference.steps)))
        if not ahead or conference.ended:
            return
        picture(el("p.muted", self.say("desk.when_late")), key="when-late")
        step = st.selectbox(
            self.say("desk.skip"),
            ahead,
            index=None,
            placeholder="…",
            format_func=lambda i: self.step_name(conference.steps[i]),
            key=f"skip-{conference.step_revision}",
        )
        if step is not None:
            self.do(commands.open_step, step=step, base=conference.step_revision)

    def _step(self, at: int, step: agenda.Step) -> Node:
        here = self.conference.step
        marks = [".on" if at == here else ".done" if at < here else "", ".minor" if step.kind == "reveal" else ""]
        minutes = el("span.muted", self.say("minutes", m=step.seconds // 60)) if step.seconds else None
        return el("li" + "".join(marks), self.step_name(step), minutes)

    def on_wall(self) -> None:
        """What the projector shows until the next step."""
        names = {"auto": self.say("desk.wall_auto")}
        names |= {name: self.say(f"step.{name}") for name in commands.SHOWN if name not in ("auto", "blank")}
        shown, _, scene = self.conference.show.partition(":")
        shown = shown if shown in names else "auto"  # a picture that has no button stays until another is pressed
        show = st.pills(
            self.say("desk.on_wall"),
            list(names),
            default=shown,
            format_func=lambda name: names[name],
            key=f"wall-{self.conference.step_revision}-{shown}",
            required=True,
            wrap=True,
        )
        if show != shown:
            self.do(commands.show_on_projector, show=show)
        if shown == "route" and self.conference.scenes:
            self._replay(next((n for n in self.conference.scenes if str(n) == scene), 0))

    def _replay(self, upto: int) -> None:
        """Up to which scene the route map on the wall goes; 0 follows them all."""
        scene = st.segmented_control(
            self.say("route.replay"),
            [*self.conference.scenes, 0],
            default=upto,
            format_func=lambda n: scene_words(self.conference, n, self.visitor.language),
            key=f"replay-{self.conference.step_revision}-{upto}-{len(self.conference.scenes)}",
            required=True,
        )
        if scene != upto:
            self.do(commands.show_on_projector, show=f"route:{scene}" if scene else "route")
