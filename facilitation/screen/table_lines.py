"""On the tablet: one line per agency type at the table, while agencies introduce themselves."""

from typing import Any

from facilitation import limits, written
from facilitation.screen.parts import el, picture, text_fields
from facilitation.screen.table import Table


def line_form(table: Table) -> None:
    """A field for each type that sits here; it keeps what is typed and sends it by itself."""
    picture(el("h1.ask", table.say("tablet.line")), key="ask-lines")
    text_fields(_lines(table), key="lines")


def _lines(table: Table) -> dict[str, Any]:
    conference, base = table.conference, table.base()
    base["words"] |= {"save": table.say("advise.save"), "draft": table.say("advise.draft")}
    return {
        **base,
        "keep": f"{base['keep']}-lines",
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
