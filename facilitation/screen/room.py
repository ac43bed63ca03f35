"""How devices reach the laptop: the address the QR carries."""

import os

from facilitation.conference import Conference
from facilitation.screen.network import addresses
from facilitation.survey_round import SurveyRound


def port() -> str:
    """The port this server listens on."""
    return os.environ.get("PORT") or "8501"


def candidates() -> list[str]:
    """Addresses to offer, the likeliest first; loopback where there is no network at all."""
    return [f"http://{address}:{port()}" for address in addresses()] or [f"http://localhost:{port()}"]


def address_of(conference: Conference) -> str:
    """What the facilitator chose or typed (`192.168.0.12:8501`, `https://…`), else the likeliest."""
    chosen = conference.venue.address.strip().rstrip("/")
    if not chosen:
        return candidates()[0]
    return chosen if "://" in chosen else f"http://{chosen}"


def advise_address(conference: Conference) -> str:
    """What the QR for advisers holds: their code, and a key that nobody types and no limit touches."""
    path = f"/advise/{conference.id}/{conference.adviser_code}"
    return f"{address_of(conference)}{path}?k={conference.adviser_key}"


def lead_address(conference: Conference) -> str:
    """What the QR for a second facilitator holds."""
    return f"{address_of(conference)}/lead/{conference.id}/{conference.lead_key}"


def join_address(conference: Conference) -> str:
    """What the QR for guests holds: the code and the secret that no limit of wrong codes touches."""
    return f"{address_of(conference)}/join/{conference.code}?k={conference.secret}"


def survey_path(survey: SurveyRound) -> str:
    """The page of a survey on a phone, with the key that no limit of wrong codes touches."""
    return f"/s/{survey.code}?k={survey.key}"


def survey_address(survey: SurveyRound, conference: Conference | None) -> str:
    """What the QR of a survey holds, and the link to send."""
    return address_of(conference or Conference("")) + survey_path(survey)
