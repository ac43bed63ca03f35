"""The sheet of keys: what the organiser keeps in a pocket in case the facilitator's device dies in mid-conference."""

from collections.abc import Mapping

from facilitation.calendar import shown_date
from facilitation.code import long_code, shown
from facilitation.conference import Conference
from facilitation.export.record import PAGES
from facilitation.texts import say

STEPS = ("screen", "server", "other", "paper")
"""What may have died, and what to do then."""


def key_sheet(conference: Conference, title: str, address: str, codes: Mapping[str, str], language: str) -> str:
    """One HTML page to print. `codes`: the QR pictures of `lead`, `advise` and `join` as data addresses."""
    typed = {
        "lead": shown(long_code(conference.lead_key)),
        "advise": shown(conference.adviser_code),
        "join": shown(conference.code),
    }
    return PAGES.get_template("keys.html").render(
        say=lambda key, **params: say(language, key, **params),
        language=language,
        conference=conference,
        title=title,
        date=shown_date(conference.date, language),
        address=address,
        doors=[(name, codes[name], typed[name]) for name in typed if typed[name]],
        steps=STEPS,
    )
