"""On the tablet: the agency cards. Whom could I call, in two taps."""

from urllib.parse import quote

from facilitation import care, checking
from facilitation.agencies import AGENCIES, HINTS
from facilitation.audience import CONTACTS
from facilitation.conference import Conference
from facilitation.screen.parts import Node, el, painted, picture
from facilitation.screen.shared import shared
from facilitation.screen.table import Table
from facilitation.texts import say


def contacts(table: Table) -> None:
    """Whom could I call. The cards are asked for where somebody opens them (`/contacts`): they hold what everybody in
    the room has said, and would otherwise travel to every tablet with every card. While they are open the device hears
    when they change (`data_live`)."""
    conference = table.conference
    asked = f"/contacts/{conference.id}?lang={table.visitor.language}&at={conference.revision}"
    token = f"t={quote(table.token)}" if table.token else ""
    cards = el(
        "div.contacts",
        el("p.muted", table.say("contacts.coming")),
        data_from="&".join(filter(None, (asked, token))),
        data_live="?".join(filter(None, (f"/live/{conference.id}/{CONTACTS}", token))),
    )
    picture(el("details.own-map", el("summary", table.say("contacts.title")), cards), key="contacts")


@shared
def contact_cards(conference: Conference, spoken: str) -> bytes:
    """An agency type in two taps, with what its people said here and examples to start from: for every tablet alike."""
    return painted([_contact(conference, code, spoken) for code in conference.types])


def _contact(conference: Conference, code: str, spoken: str) -> Node:
    agency = AGENCIES[code]
    lines = [text for (_, kind), text in checking.lines(conference, spoken).items() if kind == code]
    cards = checking.cards(conference, spoken) if care.names_speakers(conference) else ()
    cans = [card.can for card in cards if card.can and card.type == code]
    said = el("ul", [el("li", f"「{text}」") for text in [*lines, *cans]])
    return el(
        "details.contact",
        el("summary", el(f"span.chip.family-{agency.family}", agency.short(spoken))),
        el("h3", say(spoken, "contacts.peer" if agency.peer else "contacts.asked")),
        said if lines or cans else el("p.muted", say(spoken, "contacts.none")),
        el("dl", [_hint(conference, code, field, spoken) for field in HINTS]),
    )


def _hint(conference: Conference, code: str, field: str, spoken: str) -> Node:
    """The organiser's own words, or an example that says it is one."""
    own = checking.hint(conference, code, field, spoken)
    text = own or AGENCIES[code].hint(field, spoken)
    example = None if own else el("span.muted", " ", say(spoken, "contacts.example"))
    return el("div", el("dt", say(spoken, f"contacts.{field}")), el("dd", text, example))
