"""The sheet of keys, for those who lead: printed before the conference, needed if a device dies in the middle of it."""

from contextlib import suppress

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from facilitation.access import Refused
from facilitation.export.keys import key_sheet
from facilitation.screen import asked
from facilitation.screen.house import house
from facilitation.screen.network import qr
from facilitation.screen.room import address_of, advise_address, join_address, lead_address


def keys(request: Request) -> Response:
    """`/keys/<conference>`."""
    conference = asked.led(request)
    if conference is None:
        return PlainTextResponse("404", 404)
    spoken = asked.language(request)
    asked.taken(request, conference, "keys")
    links = {
        "lead": lead_address(conference),
        "advise": advise_address(conference),
        "join": join_address(conference),
    }
    title = conference.title
    with suppress(Refused):  # the keys open what they open, whether its case is here or not
        title = title or house().case(conference, spoken).title
    pictures = {name: qr(link) for name, link in links.items()}
    sheet = key_sheet(conference, title, address_of(conference), pictures, spoken)
    return HTMLResponse(sheet, headers=asked.NOT_KEPT)


def routes() -> list[BaseRoute]:
    """The one."""
    return [Route("/keys/{log}", keys)]
