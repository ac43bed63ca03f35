"""On the desk: words other than cards, piece by piece; held back by who leads, erased for good by an organiser alone.

An organiser finds every piece here, also earlier versions, withdrawn cards, contacts and titles: a name may stand in
any of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from facilitation import holding, survey_commands, written
from facilitation.agencies import AGENCIES
from facilitation.entries import Entry
from facilitation.path import STAGES
from facilitation.screen.desk import Desk
from facilitation.screen.left_behind import copies_of
from facilitation.screen.parts import Node, el, picture
from facilitation.screen.visit import attempt
from facilitation.store.left_in_copies import hold
from facilitation.typed import nfkc

ORDER = ("line", "step", "note", "pick", "card", "title", "region", "care", "venue", "hint")
"""Kinds of pieces in the order they are shown; from `card` on for organisers alone."""

FOR_ALL = ORDER[:3]


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece: its name, and what was said in it, the newest first, each with its revision."""

    name: str
    versions: tuple[tuple[int, tuple[str, ...]], ...]

    @property
    def kind(self) -> str:
        """`line`, `note`, `card` …"""
        return self.name.partition(":")[0]

    def holds(self, sought: str) -> bool:
        """Whether any version has this in it, in any width and case."""
        return any(sought in nfkc(text) for _, texts in self.versions for text in texts)


def pieces_of(entries: Sequence[Entry]) -> tuple[Piece, ...]:
    """Everything that was typed into a log, piece by piece, in the order of `ORDER`."""
    found: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for entry in entries:
        for name, words in written.words(entry):
            found.setdefault(name, []).insert(0, (entry.revision, tuple(words.values())))
    pieces = [Piece(name, tuple(versions)) for name, versions in found.items()]
    return tuple(sorted(pieces, key=lambda piece: ORDER.index(piece.kind)))


def words(desk: Desk) -> None:
    """What was typed, to hold back or to erase."""
    if asked_to_erase(desk):
        return
    organiser = desk.who.role == "organiser"
    picture(el("p.muted", desk.say("pieces.how_organiser" if organiser else "pieces.how")), key="words-how")
    sought = nfkc(st.text_input(desk.say("pieces.seek"), key="words-seek")).strip() if organiser else ""
    shown = [each for each in _all(desk) if (organiser or each.kind in FOR_ALL) and each.holds(sought)]
    if not sought:
        shown = [each for each in shown if each.kind != "card" or not _on_list(desk, each)]
    if not shown:
        picture(el("p.empty", desk.say("pieces.none")), key="words-none")
        return
    pressed = picture(el("div.pieces", _list(desk, shown, organiser)), key="words")
    if pressed:
        _pressed(desk, *pressed)


def _all(desk: Desk) -> tuple[Piece, ...]:
    return pieces_of(desk.visitor.house.store.entries(desk.conference.id))


def ask_to_erase(name: str) -> None:
    """The first step: the piece is shown with what would be gone."""
    st.session_state["erasing"] = name
    st.rerun()


def asked_to_erase(desk: Desk) -> bool:
    """The second step, where an organiser has taken the first: instead of any list."""
    name = st.session_state.get("erasing")
    piece = next((each for each in _all(desk) if each.name == name), None) if name else None
    if piece is None or desk.who.role != "organiser":
        return False
    _erase(desk, piece)
    return True


def _on_list(desk: Desk, piece: Piece) -> bool:
    """A card that stands under カード as it is: it is erased from there."""
    card = desk.conference.cards.get(piece.name.partition(":")[2])
    return card is not None and card.readable and len(piece.versions) == 1


def _list(desk: Desk, pieces: Sequence[Piece], organiser: bool) -> list[Node]:
    nodes: list[Node] = []
    for kind in dict.fromkeys(piece.kind for piece in pieces):
        nodes.append(el("h3", desk.say(f"pieces.{kind}")))
        nodes += [_row(desk, piece, organiser) for piece in pieces if piece.kind == kind]
    return nodes


def _row(desk: Desk, piece: Piece, organiser: bool) -> Node:
    held = piece.name in desk.conference.held
    acts = []
    if piece.kind in holding.HOLDABLE:
        label = desk.say("desk.unhide" if held else "desk.hide")
        acts.append(el("button.small", label, act=["hold", piece.name, not held], type="button"))
    if organiser:
        acts.append(el("button.small", desk.say("pieces.erase"), act=["erase", piece.name, True], type="button"))
    return el("div.piece", piece_picture(desk, piece), el("div.acts", acts), data_key=piece.name)


def piece_picture(desk: Desk, piece: Piece) -> Node:
    """A piece with where it stands; earlier versions below the newest."""
    held = el("span.pill.unasked", desk.say("desk.hidden")) if piece.name in desk.conference.held else None
    (_, newest), *earlier = piece.versions
    lines = [el("p", text) for text in newest]
    before = [el("p.earlier", f"{desk.say('pieces.earlier')}：{' / '.join(texts)}") for _, texts in earlier]
    return el(f"div.statement{_family(desk, piece)}", el("p.muted", place(desk, piece), " ", held), lines, before)


def _family(desk: Desk, piece: Piece) -> str:
    """The colour of the agency that speaks, where one does."""
    conference, (kind, *rest) = desk.conference, piece.name.split(":")
    said = {"card": conference.cards, "step": conference.next_steps}.get(kind, {}).get(rest[0] if rest else "")
    code = getattr(said, "type", rest[-1] if kind == "line" else "")
    return f".family-{AGENCIES[code].family}" if code in AGENCIES else ""


def place(desk: Desk, piece: Piece) -> str:
    """Where a piece stands, in words."""
    conference, spoken, (kind, *rest) = desk.conference, desk.visitor.language, piece.name.split(":")
    match kind:
        case "line":
            return f"{desk.say('group', n=rest[0])} · {AGENCIES[rest[1]].short(spoken)}"
        case "pick":
            return desk.say("group", n=rest[0])
        case "hint":
            return f"{AGENCIES[rest[0]].short(spoken)} · {desk.say(f'contacts.{rest[1]}')}"
        case "venue":
            return desk.say(f"pieces.venue_{rest[0]}")
        case "card" if card := conference.cards.get(rest[0]):
            gone = "" if card.readable else f" · {desk.say('pieces.withdrawn')}"
            where = (
                desk.say("group", n=card.group),
                AGENCIES[card.type].short(spoken),
                STAGES[card.stage].short(spoken),
            )
            return " · ".join(where) + gone
        case "note" if note := conference.notes.get(rest[0]):
            return note.by if note.adviser else desk.say("group", n=note.by)
        case "step" if step := conference.next_steps.get(rest[0]):
            return f"{desk.say('group', n=step.group)} · {AGENCIES[step.type].short(spoken)}"
    return desk.say("pieces.withdrawn") if kind in ("card", "note", "step") else desk.say(f"pieces.{kind}")


def _pressed(desk: Desk, act: str, name: str, on: bool) -> None:
    if act == "hold":
        desk.do(holding.hold_words, about=name, hidden=on)
    ask_to_erase(name)


def _erase(desk: Desk, piece: Piece) -> None:
    """The second step: what will be gone, what will not, and the press."""
    say, newest = desk.say, piece.versions[0][0]
    picture(
        el(
            "section.card.erasing",
            el("h2", say("pieces.erase_title")),
            piece_picture(desk, piece),
            el("h3", say("pieces.erase_what")),
            el("ul.plain", [el("li", line) for line in _gone(desk, piece)]),
            el("h3", say("pieces.erase_kept")),
            el("ul.plain", [el("li", line) for line in _kept(desk, piece)]),
        ),
        key="erasing",
    )
    mark = f"{piece.name}-{newest}"
    with st.container(horizontal=True):
        sure = st.button(say("pieces.erase_now"), key=f"erase-{mark}", type="primary")
        before = len(piece.versions) > 1 and st.button(say("pieces.erase_earlier"), key=f"earlier-{mark}")
        back = st.button(say("pieces.erase_not"), key=f"keep-{mark}")
    if sure or before or back:
        st.session_state.pop("erasing")
        if back:
            st.rerun()
        if desk.write(holding.erase, about=piece.name, upto=newest if sure else newest - 1):
            _erase_title_of_survey(desk, piece)
            st.session_state["said"] = say("pieces.erased")
        st.rerun()


def _erase_title_of_survey(desk: Desk, piece: Piece) -> None:
    """A survey was named like its conference when it was opened."""
    if piece.name == written.TITLE and desk.conference.survey:
        surveys = desk.visitor.house.surveys
        attempt(desk.visitor, lambda: surveys.send(desk.conference.survey, survey_commands.erase_title, desk.who))


def _gone(desk: Desk, piece: Piece) -> list[Node]:
    say, earlier = desk.say, len(piece.versions) - 1
    copies = holding.copies(desk.conference, piece.name)
    return [
        say("pieces.gone_words"),
        *([say("pieces.gone_earlier", n=earlier)] if earlier else []),
        *([say("pieces.gone_copies", n=len(copies))] if copies else []),
        *([say("pieces.gone_map")] if piece.kind == "card" else []),
    ]


def _kept(desk: Desk, piece: Piece) -> list[Node]:
    house, first = desk.visitor.house, piece.versions[-1][0]
    n = hold(copies_of(house), house.store.entries(desk.conference.id, first - 1)[0])
    to = el("a", desk.say("pieces.to_copies"), href="/keeping")
    return [desk.say("pieces.kept_files"), *([[desk.say("pieces.kept_copies", n=n), " ", to]] if n else [])]
