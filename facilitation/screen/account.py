"""Signing in through a house's own accounts, where a server offers it: the framework's `st.login` (OpenID Connect).

Offered where `secrets.toml` holds an `[auth]` section; a laptop has none and sees nothing of it. Who is an organiser is
said by its `[organisers]` section. A listed account gets the same grant as the password gives, for 24 hours.

The framework keeps its own cookie for thirty days. To us it says only that somebody signed in at a moment: that opens
the door once and within a day, and the door takes the cookie away. Whoever wants in again signs in again.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response

from facilitation.accounts import listed, login
from facilitation.screen.parts import el, go, notice, picture
from facilitation.screen.visit import Visit

OURS = "_streamlit_user"
"""What the framework's own cookies begin with; the door and leaving take them away."""


def offered() -> bool:
    """Whether this server has accounts."""
    return st.secrets.load_if_toml_exists() and "auth" in st.secrets


def come_in(visitor: Visit) -> None:
    """Who comes back from the provider goes on to the door that sets our cookie, or hears that the account is not on
    the list. A sign-in that opened before, or is a day old, is none."""
    if not offered() or not st.user.get("is_logged_in"):
        return
    here, claims = visitor.house, st.user.to_dict()
    found = login(claims, here.keyring.secret, here.moment())
    if not found or found in here.keyring.used:
        return
    if listed(claims, _rules()):
        go(f"/enter/{here.sign({'enter': 'account', 'login': found})}")
    else:
        visitor.house.refused("account")
        notice(visitor.say("account.unlisted"))
        picture(el("p", el("a.quiet", visitor.say("account.leave"), href="/leave")), key="account-leave")


def ask(visitor: Visit) -> None:
    """The button that leads to the provider."""
    if offered() and st.button(visitor.say("account.sign_in"), key="account"):
        st.login()


def forget(request: Request, response: Response) -> None:
    """Take the framework's cookies off the device."""
    for name in request.cookies:
        if name.startswith(OURS):
            response.delete_cookie(name)


def _rules() -> Mapping[str, Any]:
    found = st.secrets.to_dict().get("organisers", {})
    return found if isinstance(found, Mapping) else {}
