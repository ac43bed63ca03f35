"""Open a conference in three steps."""

import streamlit as st

from facilitation.screen.opening import opening
from facilitation.screen.visit import visit

visitor = visit()
if visitor.organiser:
    opening(visitor)
else:
    st.warning(visitor.say("refused.not_allowed"))
