"""Signing in through a house's own accounts, where a server offers it: the framework's `st.login` (OpenID Connect).

Offered where `secrets.toml` holds an `[auth]` section; a laptop has none and sees nothing of it. Who is an organiser is
said by its `[organisers]` section. A listed account gets the same grant as the password gives, for 24 hours.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from facilitation.accounts import listed
from facilitation.screen.parts import el, go, notice, picture
from facilitation.screen.visit import Visit

OURS = "_streamlit_user"
"""What the framework's own cookies begin with; leaving takes them away too."""


def offered() -> bool:
    """Whether this server has accounts."""
    return st.secrets.load_if_toml_exists() and "auth" in st.secrets


def come_in(visitor: Visit) -> None:
    """Who comes back from the provider goes on to the door that sets our cookie, or hears that the account is not on
    the list."""
    if not offered() or not st.user.get("is_logged_in"):
        return
    if listed(st.user.to_dict(), _rules()):
        go(f"/enter/{visitor.house.sign({'enter': 'account'})}")
    else:
        visitor.house.refused("account")
        notice(visitor.say("account.unlisted"))
        picture(el("p", el("a.quiet", visitor.say("account.leave"), href="/leave")), key="account-leave")


def ask(visitor: Visit) -> None:
    """The button that leads to the provider."""
    if offered() and st.button(visitor.say("account.sign_in"), key="account"):
        st.login()


def _rules() -> Mapping[str, Any]:
    found = st.secrets.to_dict().get("organisers", {})
    return found if isinstance(found, Mapping) else {}
