"""The organisers' page of copies: are they all right, make one now, where they go, how to come back to one."""

from pathlib import Path

import streamlit as st

from facilitation.screen.left_behind import left_behind
from facilitation.screen.parts import Node, el, notice, picture
from facilitation.screen.rescue import command
from facilitation.screen.sizes import moment, size
from facilitation.screen.visit import Visit, attempt
from facilitation.screen.warnings import reason, warnings
from facilitation.store import StoreError
from facilitation.store.copies import Copies, Copy
from facilitation.store.copying import Copier, Plan
from facilitation.store.opening import data_folder

EVERY = (5, 10, 15, 20, 30, 60)
"""Minutes to choose from."""

SHOWN = 30
"""Copies listed; the others lie in the folder."""


def keeping(visitor: Visit) -> None:
    """Warnings first, then the state, the list and the plan."""
    picture(el("section.home", el("h1", visitor.say("keeping.title"))), key="keeping-title")
    for sentence in warnings(visitor.house, visitor.language):
        notice(sentence)
    copier = visitor.house.copier
    if copier is None:
        sqlite = visitor.house.store.name == "sqlite"
        picture(el("p.card", visitor.say("keeping.viewing" if sqlite else "keeping.no_own")), key="keeping-none")
        return
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _state(visitor, copier)
        _list(visitor, copier)
        left_behind(visitor, copier)
    with right:
        _restoring(visitor, copier)
        _plan(visitor, copier)


def _state(visitor: Visit, copier: Copier) -> None:
    waiting = visitor.say("keeping.waiting", minutes=copier.plan.minutes)
    words = waiting if copier.waiting() else visitor.say("keeping.all_in")
    picture(el("p.keeping-state" + ("" if copier.waiting() else ".in"), words), key="keeping-state")
    now, check = st.columns(2)
    if now.button(visitor.say("keeping.now"), type="primary", width="stretch") and _made(visitor, copier):
        st.session_state["said"] = visitor.say("keeping.done")
        st.rerun()
    if check.button(visitor.say("keeping.check"), width="stretch"):
        _check(visitor, copier)


def _made(visitor: Visit, copier: Copier) -> bool:
    try:
        visitor.house.note("organiser", "copied", what="backup")  # first, so that the copy holds it
        return attempt(visitor, copier.now)
    except OSError as trouble:
        notice(reason(trouble, visitor.language))
        return False


def _check(visitor: Visit, copier: Copier) -> None:
    """Every page and entry of every copy, also in the second place."""
    both = [copier.copies, *([Copies(copier.plan.place)] if copier.plan.place else [])]
    found = {copy.path: _good(copy) for copies in both for copy in copies.all()}
    st.session_state["bad_copies"] = [path for path, good in found.items() if not good]
    bad = len(st.session_state["bad_copies"])
    if bad:
        notice(visitor.say("keeping.checked_bad", bad=bad))
    else:
        picture(el("p.keeping-state.in", visitor.say("keeping.checked", n=len(found))), key="keeping-checked")


def _good(copy: Copy) -> bool:
    try:
        copy.check()
    except (StoreError, OSError):
        return False
    return True


def _list(visitor: Visit, copier: Copier) -> None:
    found = copier.copies.all()
    if not found:
        picture(el("p.empty", visitor.say("keeping.none_yet")), key="keeping-list")
        return
    heads = ("at", "inside", "size", "state")
    head = el("tr", [el("th", visitor.say(f"keeping.{name}")) for name in heads])
    rows = [_row(visitor, copier, copy) for copy in found[:SHOWN]]
    picture(el("table.copies", el("thead", head), el("tbody", rows)), key="keeping-list")


def _row(visitor: Visit, copier: Copier, copy: Copy) -> Node:
    say, counted, inside = visitor.say, copy.counted(), "–"
    if counted is not None:
        entries = sum(each.entries for each in counted.values())
        inside = say("keeping.counts", logs=len(counted), entries=entries)
    also = copier.plan.place is not None and (copier.plan.place / copy.path.name).exists()
    state = "bad" if copy.path in st.session_state.get("bad_copies", []) else "no_sheet" if counted is None else "good"
    return el(
        "tr",
        el("td.at", moment(copy.at, visitor.language), el("span.also", say(f"keeping.{copy.occasion}"))),
        el("td", inside),
        el("td.size", size(copy.size)),
        el(
            "td",
            el(f"span.{state}", ("✓ " if state == "good" else "△ ") + say(f"keeping.{state}")),
            el("span.also", say("keeping.also")) if also else None,
        ),
    )


def _restoring(visitor: Visit, copier: Copier) -> None:
    bad = st.session_state.get("bad_copies", [])
    good = next((copy for copy in copier.copies.all() if copy.path not in bad), None)
    lines = [
        el("dt", visitor.say("keeping.where")),
        el("dd", str(data_folder().absolute())),
        el("dt", visitor.say("keeping.place")),
        el("dd", str(copier.copies.folder.absolute())),
    ]
    how = [el("p", visitor.say("keeping.restore_how")), el("p.typed", command("restore", good.path))] if good else None
    title = el("h2", visitor.say("keeping.restoring")) if good else None
    picture(el("section.card.keeping-back", el("dl", lines), title, how), key="keeping-back")


def _plan(visitor: Visit, copier: Copier) -> None:
    say, plan = visitor.say, copier.plan
    picture(el("h2", say("keeping.settings")), key="keeping-plan")
    with st.form("plan"):
        choices = sorted({*EVERY, plan.minutes})
        minutes = st.selectbox(say("keeping.minutes"), choices, index=choices.index(plan.minutes))
        most = st.number_input(say("keeping.most"), 5, 1000, value=plan.most)
        place = st.text_input(say("keeping.second"), value=plan.second, max_chars=500).strip()
        pressed = st.form_submit_button(say("keeping.save"))
    if pressed and _sound(visitor, copier, place):
        copier.change(Plan(int(minutes), int(most), place))
        visitor.house.note("organiser", "copies_planned")
        st.session_state["said"] = say("keeping.saved")
        st.rerun()


def _sound(visitor: Visit, copier: Copier, place: str) -> bool:
    """Whether a second place may be used; why not is said."""
    folder = Path(place)
    if not place:
        return True
    if not folder.is_absolute() or not folder.is_dir():
        notice(visitor.say("keeping.no_folder", place=place))
        return False
    if folder.resolve().is_relative_to(data_folder().resolve()):
        notice(visitor.say("keeping.same_place"))
        return False
    return True
