"""The safety panel (domain §5.6), the same on every screen: it asks the server for nothing and is logged nowhere."""

from collections.abc import Callable, Mapping

from facilitation.conference import Venue
from facilitation.export.markup import markup
from facilitation.screen.parts import Node, el

LINES: Mapping[str, str] = {"line1": "0570-064-556", "line2": "0120-279-338", "line3": "0120-061-338"}
"""National lines (2024); the organiser verifies them before every conference (domain §5.6)."""

SITE = "https://www.mhlw.go.jp/mamorouyokokoro/"

TAGS = frozenset(("details", "summary", "div", "p", "h3", "dl", "dt", "dd", "ul", "li", "a", "bdi"))

Say = Callable[[str], str]
"""Gives a text in the visitor's language."""


def safety(say: Say, venue: Venue) -> Node:
    """The button; it opens on the device itself."""
    return el("details.safety", el("summary", say("safety.button")), panel(say, venue))


def panel(say: Say, venue: Venue) -> Node:
    """Whom to turn to."""
    own = [
        (say("safety.person"), venue.person),
        (say("safety.room"), venue.room),
        (say("safety.contacts"), venue.contacts),
    ]
    known = [el("div", el("dt", name), el("dd", text)) for name, text in own if text]
    lines = [
        el("li", say(f"safety.{name}"), " ", el("a", number, href=f"tel:{number}")) for name, number in LINES.items()
    ]
    return el(
        "div.panel",
        el("p", say("safety.intro")),
        el("dl", known) if known else el("p", say("safety.ask_staff")),
        el("h3", say("safety.national")),
        el("ul", lines, el("li", el("a", say("safety.more"), href=SITE, rel="noreferrer", target="_blank"))),
        el("p.emergency", say("safety.emergency")),
    )


def written(part: Node) -> str:
    """The button or its panel for a page that no component draws; what people typed is escaped."""
    return markup(part, TAGS, ("tel:", SITE))
