"""What happened, as a table to take along: for organisers alone."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from facilitation.keyring import LOG as HOUSE
from facilitation.screen import asked, audit_words
from facilitation.screen.audit import told
from facilitation.screen.house import house


def audit_sheet(request: Request) -> Response:
    """`/audit-sheet/<log>`: every line of the house (`house`) or of a conference, as CSV."""
    log, here = request.path_params["log"], house()
    conference = here.conference(log)
    if not asked.granted(request).get("organiser") or not (log == HOUSE or conference.opened):
        return PlainTextResponse("404", 404)
    here.note("organiser", "downloaded", what="audit", conference="" if log == HOUSE else log)
    content = audit_words.sheet(told(here, log), conference.seats, asked.language(request))
    name = quote(f"audit-{log}.csv")
    headers = {**asked.NOT_KEPT, "Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(content, media_type="text/csv", headers=headers)


def routes() -> list[BaseRoute]:
    """The one."""
    return [Route("/audit-sheet/{log}", audit_sheet)]
