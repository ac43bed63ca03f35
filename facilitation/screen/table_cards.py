"""On the tablet: the scene, the card form, the table's own map."""

from typing import Any

from facilitation import coverage, limits, written
from facilitation.conference import Card, Conference, statements
from facilitation.path import ACTS, BARRIERS, HANDOVERS, HELPS, STAGES, TRACKS
from facilitation.screen import mapping
from facilitation.screen.boxes import boxes
from facilitation.screen.parts import Node, beside, el, packed, painted, picture, text_fields, writer
from facilitation.screen.shared import shared
from facilitation.screen.table import Table, type_of, words_of
from facilitation.texts import say


def scene(table: Table) -> None:
    conference, here = table.conference, table.conference.here
    if here.kind == "reveal":
        told = [el("p", line) for line in table.case.bridge(conference.variant, here.position)]
        picture(el("section.card.reveal", el("h2", table.say("tablet.reveal")), told), key="reveal")
    scene = table.case.scenes[conference.scene - 1]
    picture(
        el(
            "section.case",
            el("p.question", scene.question),
            el("details", el("summary", table.say("tablet.story")), el("p.story", scene.narrative)),
        ),
        key="scene",
    )


def own_map(table: Table) -> None:
    """The map of this table's own cards; open by itself where the timetable looks at maps."""
    picture(_map_of(table.conference, table.group, table.visitor.language), key="own-map")


@shared
def _map_of(conference: Conference, group: int, spoken: str) -> bytes:
    """A part that the tablet draws anew by itself; empty as long as there are no cards. `data-at`: see `card_form`."""
    return painted(el("div", _own_map(conference, group, spoken), data_part="own-map", data_at=conference.revision))


def _own_map(conference: Conference, group: int, spoken: str) -> Node | None:
    own = conference.of_group(group)
    looking = conference.here.kind in ("break", "table_check")
    view = coverage.coverage(statements(own, texts=False))
    if not own:
        return None
    return el(
        "details.own-map",
        el("summary", say(spoken, "tablet.own_map")),
        el("div.wide", mapping.by_type(view, spoken, view.present)),
        mapping.legend(spoken),
        mapping.sentences(view, spoken),
        mapping.caption(spoken),
        open=looking,
        data_key="open" if looking else "",
    )


@shared
def fresh_cards(conference: Conference, group: int, spoken: str, fiction: frozenset[str]) -> bytes:
    """What a card changes on every tablet of a table: in the form, and the map of its own cards."""
    form = {"cards": _cards(conference, group, spoken, fiction), "ready": _ready(conference, group)}
    return packed({"form": form, "own-map": [_own_map(conference, group, spoken)]})


def _lines(table: Table) -> dict[str, Any]:
    conference, base = table.conference, table.base()
    base["words"] |= {"save": table.say("advise.save"), "draft": table.say("advise.draft")}
    return {
        **base,
        "keep": f"{table.seat.id}-lines",
        "revision": conference.revision,
        "limit": limits.LINE,
        "ended": conference.ended,
        "fields": [_line(table, code) for code in conference.types_at(table.group)],
    }


def _line(table: Table, code: str) -> dict[str, Any]:
    agency, text = table.type_of(code), table.conference.lines.get((table.group, code), "")
    return {
        "id": code,
        "label": agency["name"],
        "family": agency["family"],
        "placeholder": table.say("tablet.line"),
        "text": text,
        "boxes": table.boxes(written.line(table.group, code), text),
        "verb": "write_line",
        "send": {"type": code},
        "into": "text",
        "lines": 1,
    }


def card_form(table: Table) -> None:
    """Three fields, the speaker one tap away, and the cards of this table."""
    conference = table.conference
    scenes = [
        {
            "n": n,
            "title": table.case.scenes[n - 1].title,
            "place": table.say("scene.short", n=table.number(n)),
            "stage": table.case.scenes[n - 1].stages[0],
        }
        for n in conference.scenes
    ]
    # A run must look new even where it says what the run before it said: parts may have been fetched in between.
    own: dict[str, Any] = {"log": conference.id, "seat": table.seat.id, "token": table.token, "scenes": scenes}
    own["at"] = conference.revision
    writer(beside(own, _form_of(conference, table.group, table.visitor.language, table.fiction)), key="writer")


@shared
def _form_of(conference: Conference, group: int, spoken: str, fiction: frozenset[str]) -> bytes:
    """What the card form of every device of a table is given."""
    here = conference.types_at(group)
    codes = [code for code in conference.types if code not in here]
    return packed(
        {
            "words": words_of(spoken),
            "scene": conference.scene,
            "types": [type_of(code, spoken) for code in here],
            "others": [type_of(code, spoken) for code in codes],
            "stages": [{"code": stage.code, "name": stage.short(spoken)} for stage in STAGES.values()],
            "handovers": [
                {"code": h.code, "name": h.name(spoken), "consent": h.needs_consent} for h in HANDOVERS.values()
            ],
            **{
                name: [{"code": term.code, "name": term.name(spoken)} for term in terms.values()]
                for name, terms in (("tracks", TRACKS), ("reasons", BARRIERS), ("helps", HELPS), ("acts", ACTS))
            },
            "cards": _cards(conference, group, spoken, fiction),
            "ready": _ready(conference, group),
            "ended": conference.ended,
            "limit": limits.STATEMENT,
            "advised": limits.STATEMENT_ADVISED,
        }
    )


def _ready(conference: Conference, group: int) -> bool:
    return conference.ready.get(group, -1) == conference.step


def _cards(conference: Conference, group: int, spoken: str, fiction: frozenset[str]) -> list[dict[str, Any]]:
    return [_card(conference, card, spoken, fiction) for card in conference.of_group(group)]


def _card(conference: Conference, card: Card, spoken: str, fiction: frozenset[str]) -> dict[str, Any]:
    names = (
        "id",
        "revision",
        "scene",
        "type",
        "stage",
        "can",
        "hard",
        "help",
        "reason",
        "help_code",
        "handover",
        "to",
        "consent",
        "hidden",
    )
    fields = {name: getattr(card, name) for name in names}
    said = boxes(conference, written.card(card.id), (card.can, card.hard, card.help), fiction, spoken)
    return {**fields, "tracks": list(card.tracks), "acts": list(card.acts), "beside": card.beside, "boxes": said}


def line_form(table: Table) -> None:
    """One line per agency type at the table, while agencies introduce themselves."""
    picture(el("h1.ask", table.say("tablet.line")), key="ask-lines")
    text_fields(_lines(table), key="lines")
