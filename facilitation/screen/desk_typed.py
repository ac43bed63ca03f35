"""A form of the desk: what is typed into it stays on the device until it is saved."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import streamlit as st

from facilitation.screen.desk import Desk
from facilitation.screen.parts import kept_form


@contextmanager
def kept_until_saved(desk: Desk, form: str, fields: Mapping[str, tuple[str, str]], save: str) -> Iterator[None]:
    """Draw `form` in here. `fields`: label and saved text of each text field by name; `save`: the button's words.

    The framework sends nothing of a form before its button is pressed: what was typed would be gone with another tab
    of the desk, a reload, a restart.
    """
    given = [{"name": name, "label": label, "saved": saved} for name, (label, saved) in fields.items()]
    words = {"unsaved": desk.say("desk.unsaved", save=save), "meanwhile": desk.say("desk.meanwhile")}
    with st.container(key=f"typed-{form}"):
        with st.form(form, border=False):
            yield
        kept_form({"log": desk.conference.id, "form": form, "fields": given, "words": words})
