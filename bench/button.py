"""The smallest page Streamlit can run, which the app is measured against: one button."""

import streamlit as st

st.button("press", key="press")
