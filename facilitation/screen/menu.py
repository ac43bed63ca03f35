"""The menu: every page, its title and its frame. Hidden: pages lead to each other.

Which page it is has to be told before the store is asked: a browser whose page came to nothing asks for that one again.
"""

import streamlit as st

from facilitation.screen.first_page import NAMES
from facilitation.screen.frame import frame, headed
from facilitation.screen.house import PAGES
from facilitation.screen.trouble import say_instead
from facilitation.screen.visit import stranger, visit
from facilitation.store import StoreError

somebody = stranger()
st.set_page_config(
    page_title=somebody.say("app.title"), page_icon="🍵", layout="wide", initial_sidebar_state="collapsed"
)
welcome = st.Page(PAGES / "welcome.py", title=somebody.say("app.title"), default=True)
others = [st.Page(PAGES / f"{name}.py", url_path=name, title=somebody.say(f"page.{name}")) for name in NAMES]
page = st.navigation([welcome, *others], position="hidden")
try:
    with headed(somebody):
        visitor = visit()
    frame(visitor, page.url_path or "welcome")
    page.run()
except StoreError as refusal:  # said here, a page that asks again and again writes no traceback each time
    if not say_instead(refusal):
        raise
