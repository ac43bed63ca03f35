"""On the tablet: the agency cards. Whom could I call, in two taps."""

from facilitation import checking
from facilitation.agencies import AGENCIES
from facilitation.screen.parts import Node, el, picture
from facilitation.screen.table import Table

HINTS = ("role", "strong", "hard", "need")


def contacts(table: Table) -> None:
    """Whom could I call: an agency type in two taps, with what its people said here and examples to start from."""
    say = table.say
    cards = [_contact(table, code) for code in table.conference.types]
    picture(el("details.own-map", el("summary", say("contacts.title")), el("div.contacts", cards)), key="contacts")


def _contact(table: Table, code: str) -> Node:
    conference, say, spoken = table.conference, table.say, table.visitor.language
    agency = AGENCIES[code]
    lines = [text for (_, kind), text in checking.lines(conference, spoken).items() if kind == code]
    cans = [card.can for card in checking.cards(conference, spoken) if card.can and card.type == code]
    said = el("ul", [el("li", f"「{text}」") for text in [*lines, *cans]])
    return el(
        "details.contact",
        el("summary", el(f"span.chip.family-{agency.family}", agency.short(spoken))),
        el("h3", say("contacts.peer" if agency.peer else "contacts.asked")),
        said if lines or cans else el("p.muted", say("contacts.none")),
        el("dl", [_hint(table, code, field) for field in HINTS]),
    )


def _hint(table: Table, code: str, field: str) -> Node:
    """The organiser's own words, or an example that says it is one."""
    own = checking.hint(table.conference, code, field, table.visitor.language)
    text = own or AGENCIES[code].hint(field, table.visitor.language)
    example = None if own else el("span.muted", " ", table.say("contacts.example"))
    return el("div", el("dt", table.say(f"contacts.{field}")), el("dd", text, example))
