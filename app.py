"""The server: the pages, our own routes beside them, what happens at start and at the end.

`streamlit run app.py` finds `app`. The menu lies in `facilitation/screen/menu.py` and not here, because a folder
`pages/` beside the *script* lets a cold server run a deep-linked page without the menu, its guard and its language.
"""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from facilitation.screen.closed import answered, begin, closed, end
from facilitation.screen.headers import guard
from facilitation.screen.routes import routes
from facilitation.screen.trouble import say_instead
from facilitation.store import StoreError


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """Open the house, say where its door is, and take what is loaded out of the garbage collector's rounds."""
    begin()
    gc.collect()
    gc.freeze()
    yield
    end()


app = st.App(
    "facilitation/screen/menu.py",
    routes=routes(),
    middleware=[*guard(), *closed()],
    lifespan=lifespan,
    on_script_error=say_instead,
    exception_handlers={StoreError: answered},
)
