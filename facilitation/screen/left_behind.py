"""On the page of copies: those that still hold words which were erased since, also databases that a restore has set
aside. Listed, and deleted by a person alone."""

import streamlit as st

from facilitation.screen.house import House
from facilitation.screen.parts import Node, el, picture
from facilitation.screen.sizes import moment
from facilitation.screen.visit import Visit, attempt
from facilitation.store.aside import OCCASION, set_aside
from facilitation.store.copies import Copies, Copy, remove
from facilitation.store.copying import Copier
from facilitation.store.left_in_copies import Left, left_in

ALL = "*"


def copies_of(here: House) -> list[Copy]:
    """All copies of this house that can be seen from here: also in the second place, and what restores set aside."""
    copier = here.copier
    if copier is None:
        return []
    second = Copies(copier.plan.place).all() if copier.plan.place else []
    return [*copier.copies.all(), *second, *set_aside(copier.database)]


def left_behind(visitor: Visit, copier: Copier) -> None:
    """The list, nothing where there is nothing to say. Copies go in two steps, one or all of them; a house that would
    have none left makes a new one first."""
    found = left_in(copier.database, copies_of(visitor.house))
    if not found:
        return
    say, asked = visitor.say, st.session_state.get("removing", "")
    head = [el("h2", say("left.title")), el("p", say("left.what")), el("nav", _buttons(visitor, ALL, asked))]
    pressed = picture(el("section.travelling", head, [_row(visitor, each, asked) for each in found]), key="left")
    if not pressed:
        return
    what, which = pressed
    st.session_state["removing"] = which if what == "ask" else ""
    if what == "remove":
        _remove(visitor, copier, [each.copy for each in found if which in (ALL, str(each.copy.path))])
    st.rerun()


def _buttons(visitor: Visit, which: str, asked: str) -> list[Node]:
    first = "left.remove_all" if which == ALL else "left.remove"
    acts = (("remove", "left.sure"), ("keep", "left.keep")) if which == asked else (("ask", first),)
    return [el("button.small", visitor.say(key), act=[what, which], type="button") for what, key in acts]


def _row(visitor: Visit, left: Left, asked: str) -> Node:
    say, path = visitor.say, str(left.copy.path)
    inside = say("left.row", n=len(left.logs)) if left.logs else say("left.unknown")
    aside = left.copy.occasion == OCCASION
    file = left.copy.path.relative_to(left.copy.path.parents[1]) if aside else left.copy.path.name
    name = [el("b", moment(left.copy.at, visitor.language)), el("span.muted", str(file)), inside]
    if aside:
        name.append(el("span.muted", say("left.aside")))
    return el("article.card.leaving", el("div", name), el("nav", _buttons(visitor, path, asked)), data_key=path)


def _remove(visitor: Visit, copier: Copier, copies: list[Copy]) -> None:
    going = {copy.path for copy in copies}
    if all(each.path in going for each in copier.copies.all()) and not attempt(visitor, copier.now):
        return
    visitor.house.note("organiser", "copies_removed", copies=len(copies))
    for copy in copies:
        remove(copy.path)
    st.session_state["said"] = visitor.say("left.removed", n=len(copies))
