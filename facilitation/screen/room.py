"""How devices reach the laptop: the address the QR carries."""

import os

from facilitation.conference import Conference
from facilitation.screen.network import addresses


def port() -> str:
    """The port this server listens on."""
    return os.environ.get("PORT") or "8501"


def candidates() -> list[str]:
    """Addresses to offer, the likeliest first; loopback where there is no network at all."""
    return [f"{address}:{port()}" for address in addresses()] or [f"localhost:{port()}"]


def address_of(conference: Conference) -> str:
    """What the facilitator chose, else the likeliest."""
    return conference.venue.address or candidates()[0]
