"""The page a browser gets first: the framework's own, with our look in it from the start.

Left to the components the look would arrive with the first of them, and everything drawn by then would jump: a press
on a button that moves away under the finger goes nowhere (seen in one of eighty first presses on a busy machine).
"""

import re
from functools import cache, partial
from html import escape
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import BaseRoute, Route
from streamlit.file_util import get_static_dir

from facilitation.conference import Venue
from facilitation.screen import asked
from facilitation.screen.parts import assets_version
from facilitation.screen.safety import safety, written
from facilitation.texts import say

NAMES = (
    *("open", "facilitate", "projector", "map", "check"),
    *("tablet", "advise", "hello"),
    *("survey", "results", "year"),
    *("password", "audit", "keeping", "along", "bring"),
)
"""The pages beside the front page, by the last part of their address."""

SOON = ("picture.js", "dress.js", "fresh.js", "timer.js", "live.js", "hold.js")
"""Scripts nearly every page draws with: asked for together with the page, not after its first run."""


async def first_page(request: Request) -> HTMLResponse:
    """`/` and the pages: the shell in which the framework draws, in the visitor's language."""
    return HTMLResponse(shell(asked.language(request)), headers={"Cache-Control": "no-cache"})


@cache
def shell(spoken: str) -> str:
    """The framework's page as installed. Our look stands behind its styles, so that it wins where both speak."""
    here = f"/assets/{assets_version()}"
    title, wait, script = (escape(say(spoken, key)) for key in ("app.title", "app.opening", "app.no_script"))
    look = f'<link id="kaigi-look" rel="stylesheet" href="{here}/look.css">'
    soon = "".join(f'<link rel="modulepreload" href="{here}/{name}">' for name in SOON)
    care = written(safety(partial(say, spoken), Venue()))
    first = f'<div id="root"><div class="opening kaigi"><p><b>{title}</b> {wait}</p>{care}</div></div>'
    page = Path(get_static_dir(), "index.html").read_text("utf-8")
    for there, ours in (
        (r'<html lang="en">', f'<html lang="{spoken}">'),
        (r"<title>Streamlit</title>", f"<title>{title}</title>"),
        (r'<link\s+rel="preload"[^>]*as="font"[^>]*>', ""),  # of a font that no page of ours uses
        (r'<link rel="service-desc"[^>]*>', ""),  # of an interface that is switched off
        (r"</head>", f"{soon}</head>"),
        (r"<noscript>.*?</noscript>", f"{look}<noscript><p>{script}</p></noscript>"),
        (r'<div id="root"></div>', first),
    ):
        page, found = re.subn(there, ours, page, flags=re.DOTALL)
        assert found, f"the framework's page has no {there}"
    return page


def routes() -> list[BaseRoute]:
    """The addresses that show a page."""
    return [Route(address, first_page) for address in ("/", *(f"/{name}" for name in NAMES))]
