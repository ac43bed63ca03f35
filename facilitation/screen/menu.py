"""The menu: every page, its title and its frame. Hidden: pages lead to each other."""

import streamlit as st

from facilitation.screen.first_page import NAMES
from facilitation.screen.frame import frame, headed
from facilitation.screen.house import PAGES, house
from facilitation.screen.visit import Visit, spoken, visit

with headed(Visit(spoken(), house(), {})):  # a store that is damaged may not tell who this is
    visitor = visit()
st.set_page_config(
    page_title=visitor.say("app.title"), page_icon="🍵", layout="wide", initial_sidebar_state="collapsed"
)
welcome = st.Page(PAGES / "welcome.py", title=visitor.say("app.title"), default=True)
others = [st.Page(PAGES / f"{name}.py", url_path=name, title=visitor.say(f"page.{name}")) for name in NAMES]
page = st.navigation([welcome, *others], position="hidden")
frame(visitor, page.url_path or "welcome")
page.run()
