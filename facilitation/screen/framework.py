"""What we change inside of what we build on, and why; the tests say when it can go. Nothing here is needed: where there
is no such place in it any more the server runs without, slower, and says so in one line."""

import logging
import socket
from asyncio import base_events
from functools import cache
from types import ModuleType

from streamlit import config


def send_at_once() -> None:
    """Small messages leave at once. The framework binds its socket without naming a protocol, and asyncio switches
    Nagle's algorithm off only where one is named: every answer in two pieces (a page's first message and the rest of
    its run) then waits for the other side's delayed acknowledgement, 40 ms on Linux and up to 200 ms on Windows.
    To be called before the first connection; an event loop of another kind (uvloop) does it by itself."""
    if _there(base_events, "_set_nodelay"):
        base_events._set_nodelay = _no_delay  # type: ignore[attr-defined]


def _no_delay(of: socket.socket) -> None:
    if of.family in (socket.AF_INET, socket.AF_INET6) and of.type == socket.SOCK_STREAM:
        of.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def keep_settings() -> None:
    """The settings of the look are read once. Every run of every page asks for them again, six times through all three
    hundred of the framework's: a twelfth of what it costs to open a tablet. Here they do not change while it runs."""
    if _there(config, "get_options_for_section"):
        config.get_options_for_section = cache(config.get_options_for_section)


def _there(of: ModuleType, name: str) -> bool:
    found = callable(getattr(of, name, None))
    if not found:
        about = {"about": {"missing": f"{of.__name__}.{name}"}}
        logging.getLogger(__name__).warning("a package is of another version; the server runs slower", extra=about)
    return found
