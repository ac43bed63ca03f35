"""Cards written on paper at the tables and typed into a sheet afterwards: the whole sheet in one command, or nothing.

A card is known by the conference and the sheet's own id, so the same sheet again adds nothing, and the same id with
other words is an edit. A row without an id is known by what it says. Withdrawing or correcting a card in the room is
newer than its paper: the same sheet does not undo it.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from facilitation.access import Who, require
from facilitation.barriers import UNNAMED_HELP
from facilitation.commands import Drafts, there
from facilitation.conference import Card, Conference
from facilitation.entries import Draft
from facilitation.headings import Form
from facilitation.path import HANDOVERS, TRACKS
from facilitation.sheet import FORM, Sheet, SheetRow, by_card, in_order
from facilitation.sheet_problem import WHOLE_FILE, SheetProblem, problem

PAPER = Form(FORM.columns, required=("group", "scene", *FORM.required))
"""What `sheet.read_cards` must find before cards can be filled in."""

_GROUP = re.compile(r"(?:group|table|グループ|テーブル)? ?([0-9]{1,2})(?:\.0)? ?(?:班|グループ)?", re.IGNORECASE)
_SAID = ("kind", "tracks", "reason", "help", "handover", "to", "text")

OTHER = {"group": "room.other_group", "scene": "room.other_scene"}
"""What is said where one card id stands for two cards."""


class BadSheet(Exception):
    """A sheet that was not filled in, with everything to put right. Nothing was written."""

    def __init__(self, problems: Sequence[SheetProblem]) -> None:
        super().__init__(problems)
        self.problems = tuple(problems)


def fill(conference: Conference, who: Who, *, sheet: Sheet, word: str) -> Drafts:
    """The cards of `sheet` (read with `PAPER`) that are new or say something else than when they were filled in last.

    `word` stands where the sheet marks a kind without any text. The ground rules count as read on paper. Raises
    BadSheet with all problems of the sheet by itself and of the sheet in this conference.
    """
    require(who, "organiser")
    there(conference)
    cards = {_card_id(conference, name): rows for name, rows in _named(sheet.rows)}
    problems = in_order([*sheet.problems, *_room_problems(conference, sheet.rows), *_card_problems(conference, cards)])
    if problems:
        raise BadSheet(problems)
    bodies = (_body(card, rows, word) for card, rows in cards.items())
    return tuple(
        Draft("card_written", who.author, body, _key(conference, body)) for body in bodies if _is_news(conference, body)
    )


def cards_of(sheet: Sheet) -> int:
    """How many cards a sheet holds."""
    return len(by_card(sheet.rows))


def is_edit(key: str) -> bool:
    """Whether the entry with this key changed a card that was filled in before."""
    return "+" in key


def _is_news(conference: Conference, body: Mapping[str, Any]) -> bool:
    before = conference.cards.get(body["card"])
    return before is None or before.paper != body["paper"]


def _key(conference: Conference, body: Mapping[str, Any]) -> str:
    before = conference.cards.get(body["card"])
    return body["card"] if before is None else f"{body['card']}+{before.revision}"


def _named(rows: Iterable[SheetRow]) -> Iterator[tuple[str, list[SheetRow]]]:
    """Each card's rows under the sheet's id, or under their own words (numbered where two rows say the same)."""
    seen: Counter[str] = Counter()
    for name, own in by_card(rows).items():
        if not own[0].record.get("id"):
            name = _digest([own[0][field] for field in ("group", "scene", "type", "stage", *_SAID)])
            seen[name] += 1
            name = f"{name} {seen[name]}"
        yield name, own


def _card_id(conference: Conference, name: str) -> str:
    return f"paper-{_digest([conference.id, name])}"


def _digest(value: Any) -> str:
    return sha256(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()[:24]


def _room_problems(conference: Conference, rows: Iterable[SheetRow]) -> Iterator[SheetProblem]:
    """What does not fit this conference, row by row. A blank cell is the sheet's own problem."""
    if conference.ended:
        yield problem(WHOLE_FILE, "", "room.ended")
    for row in rows:
        group, found = _group(row), row.record.get
        if row["group"] and not 1 <= group <= conference.groups:
            yield problem(row.number, "group", "room.group", found=found("group"), most=conference.groups)
        if row["scene"] and row["scene"] not in conference.scenes:
            yield problem(row.number, "scene", "room.scene", found=found("scene"))
        if row["type"] and row["type"] not in conference.types:
            yield problem(row.number, "type", "room.type", found=found("type"))


def _card_problems(conference: Conference, cards: Mapping[str, list[SheetRow]]) -> Iterator[SheetProblem]:
    """One card holds one help of its own, and keeps the table and the scene it was first filled in for: an id used
    twice, on two tables' sheets, must not turn one card into the other."""
    for card, rows in cards.items():
        helps = [row for row in rows if _own_help(row)]
        yield from (
            problem(row.number, "help", "room.two_helps", first=helps[0].number)
            for row in helps[1:]
            if _own_help(row) != _own_help(helps[0])
        )
        before = conference.cards.get(card)
        if before:
            yield from _moved(rows, before)


def _moved(rows: Iterable[SheetRow], before: Card) -> Iterator[SheetProblem]:
    for row in rows:
        for field, now, then in (("group", _group(row), before.group), ("scene", row["scene"], before.scene)):
            if now and now != then:
                yield problem(row.number, field, OTHER[field], found=row.record.get("id"), then=then)


def _group(row: SheetRow) -> int:
    """The number in `2`, `２班` or `Group 2`; 0 where there is none."""
    found = _GROUP.fullmatch(row["group"])
    return int(found[1]) if found else 0


def _own_help(row: SheetRow) -> str:
    """The help a row names without making anything conditional: that of a help row, or one beside a can."""
    if row["kind"] == "help":
        return row["help"] or UNNAMED_HELP
    return row["help"] or "" if row["kind"] == "can" else ""


def _body(card: str, rows: Sequence[SheetRow], word: str) -> dict[str, Any]:
    """The rows of one card, which have no problems, as a card is kept."""
    kinds = {row["kind"]: row for row in rows}
    texts = {kind: kinds[kind]["text"] or word for kind in kinds}
    hard = kinds.get("hard")
    wish = next(filter(None, map(_own_help, rows)), "")
    handover, to = next(((row["handover"], row["to"]) for row in rows if row["handover"]), ("", ""))
    return {
        "card": card,
        "group": _group(rows[0]),
        "scene": rows[0]["scene"],
        "type": rows[0]["type"],
        "stage": rows[0]["stage"],
        "tracks": [code for code in TRACKS if any(code in row["tracks"] for row in rows)],
        "can": texts.get("can", ""),
        "hard": texts.get("hard", ""),
        "help": texts.get("help", ""),
        "reason": hard["reason"] if hard else "",
        "help_code": hard["help"] if hard else wish,
        "wish": wish if hard else "",
        "handover": handover,
        "to": to,
        "consent": bool(handover) and HANDOVERS[handover].needs_consent,
        "paper": _digest([[rows[0]["type"], rows[0]["stage"]], *sorted([row[f] for f in _SAID] for row in rows)]),
    }
