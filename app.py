"""The server: the pages, our own routes beside them, what happens at start and at the end.

`streamlit run app.py` finds `app`. The menu lies in `facilitation/screen/menu.py` and not here, because a folder
`pages/` beside the *script* lets a cold server run a deep-linked page without the menu, its guard and its language.
"""

import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from facilitation.screen.closed import answered, begin, closed, end
from facilitation.screen.framework import keep_settings, send_at_once
from facilitation.screen.headers import guard
from facilitation.screen.open_files import ask_for_files
from facilitation.screen.routes import at_once, routes
from facilitation.screen.server import choose_words, traffic
from facilitation.screen.straight import straight
from facilitation.screen.trouble import say_instead
from facilitation.store import StoreError

SHORT_TURNS = 0.0005
"""Seconds a thread computes before another may: with Python's 5 ms the event loop, which lets go of its turn at every
message, came last when sixty pages were drawn (a card on the wall after 1.15 s, with this after 0.2 s)."""

FULL_ROUNDS = 300
"""Rounds of the garbage collector between two full ones, in which nothing else runs for 60 to 120 ms: with Python's
ten, nine of them came while sixty tablets joined and wrote. The small rounds, 6 ms at most, stay as they are."""


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """Open the house, say where its door is, and take what is loaded out of the garbage collector's rounds."""
    choose_words()
    ask_for_files()
    send_at_once()
    keep_settings()
    begin()
    sys.setswitchinterval(SHORT_TURNS)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*gc.get_threshold()[:2], FULL_ROUNDS)
    yield
    end()


SAID = {StoreError: answered}
"""What a route of ours answers where the store refuses: before the framework's layers as behind them."""

app = st.App(
    "facilitation/screen/menu.py",
    routes=routes(),
    middleware=[*traffic(), *guard(), *closed(), *straight(at_once(), SAID)],
    lifespan=lifespan,
    on_script_error=say_instead,
    exception_handlers=SAID,
)
