"""The sides of support (本人, 家族 …) as the same map by track. Safety is no progress: it lists and asks (§2.2)."""

from collections.abc import Iterable

from facilitation.agencies import AGENCIES
from facilitation.coverage import Coverage, TrackView
from facilitation.path import STAGES, TRACKS
from facilitation.screen import mapping
from facilitation.screen.parts import Node, el
from facilitation.statements import Statement
from facilitation.texts import say


def track_picture(view: TrackView, language: str, types: Iterable[str]) -> Node:
    """Agency type x track, with the status of each track; without safety."""
    drawn = view.coverage
    head = [el("th", TRACKS[track].name(language), scope="col") for track in drawn.stages]
    status = [_status(drawn, track, language) for track in drawn.stages]
    rows = [_row(drawn, code, language) for code in types]
    return el(
        "table.map",
        el("caption", say(language, "tracks.title")),
        el("thead", el("tr", el("th.corner", say(language, "map.types")), head)),
        el("tbody", el("tr.status", el("th", say(language, "tracks.status")), status), rows),
    )


def _status(drawn: Coverage, track: str, language: str) -> Node:
    status = drawn.stages[track].status
    return el("td", el(f"span.pill.{status}", say(language, f"status.{status}")))


def _row(drawn: Coverage, code: str, language: str) -> Node:
    agency, levels = AGENCIES[code], drawn.levels.get(code, {})
    cells = [_cell(levels.get(track), track, language) for track in drawn.stages]
    return el(f"tr.family-{agency.family}", el("th", agency.short(language), scope="row"), cells)


def _cell(level: int | None, track: str, language: str) -> Node:
    if level is None:
        return el("td")
    label = f"{TRACKS[track].name(language)} · {say(language, f'level.{level}')}"
    return el("td", el(f"span.level.level-{level}", mapping.sign(level, language), role="img", aria_label=label))


def safety(said: Iterable[Statement], language: str) -> Node:
    """What was said of safety, in its own words, and the question that comes first."""
    found = [_said(each, language) for each in said]
    return el(
        "section.card.asks",
        el("h2", say(language, "tracks.safety")),
        el("p.headline", say(language, "tracks.safety_ask")),
        found or el("p.muted", say(language, "tracks.safety_none")),
        el("p.muted", say(language, "tracks.safety_note")),
    )


def _said(each: Statement, language: str) -> Node:
    agency = AGENCIES[each.type]
    head = f"{agency.short(language)} · {STAGES[each.stage].short(language)} · {say(language, f'writer.{each.kind}')}"
    return el(f"div.statement.family-{agency.family}", el("p.muted", head), el("p", each.text) if each.text else None)
