"""The server: the pages, our own routes beside them, what happens at start and at the end.

`streamlit run app.py` finds `app`. The menu lies in `facilitation/screen/menu.py` and not here, because a folder
`pages/` beside the *script* lets a cold server run a deep-linked page without the menu, its guard and its language.
"""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from facilitation.screen.headers import guard
from facilitation.screen.house import house
from facilitation.screen.routes import routes
from facilitation.screen.start import greet


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """Open the house, say where its door is, and take what is loaded out of the garbage collector's rounds."""
    here = house()
    here.catch_up()
    greet(here)
    here.watch.start()
    gc.collect()
    gc.freeze()
    yield
    here.watch.stop()
    here.store.close()


app = st.App("facilitation/screen/menu.py", routes=routes(), middleware=guard(), lifespan=lifespan)
