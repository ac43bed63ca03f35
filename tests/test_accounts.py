"""Organisers by a house's own accounts: whose account counts, and that nothing of it shows where there is none."""

import pytest
import streamlit as st
from hypothesis import given
from hypothesis import strategies as some
from meeting import a_house, hosted
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest
from test_pages import MENU, links, press, sees
from test_pages import given as shown

from facilitation.accounts import listed
from facilitation.screen import account
from facilitation.screen.house import stand_in
from facilitation.screen.routes import routes
from facilitation.screen.visit import COOKIE
from facilitation.texts import say

RULES = {"emails": ["Yamada@example.jp"], "claim": "groups", "values": ["kaigi-organisers", 7]}


@pytest.mark.parametrize(
    ("claims", "comes_in"),
    [
        ({"email": "yamada@example.jp", "email_verified": True}, True),
        ({"email": "YAMADA@EXAMPLE.JP", "email_verified": True}, True),
        ({"email": "yamada@example.jp"}, False),
        ({"email": "yamada@example.jp", "email_verified": False}, False),
        ({"email": "yamada@example.jp", "email_verified": "true"}, False),
        ({"email": "suzuki@example.jp", "email_verified": True}, False),
        ({"email": "yamada@example.jp.evil.example", "email_verified": True}, False),
        ({"email": "", "email_verified": True}, False),
        ({"groups": ["staff", "kaigi-organisers"]}, True),
        ({"groups": "kaigi-organisers"}, True),
        ({"groups": [7]}, True),
        ({"groups": ["kaigi"]}, False),
        ({"groups": None}, False),
        ({"roles": ["kaigi-organisers"]}, False),
        ({}, False),
    ],
)
def test_an_account_counts_by_a_verified_address_or_by_a_claim(claims, comes_in):
    assert listed(claims, RULES) is comes_in


@given(some.dictionaries(some.text(max_size=8), some.one_of(some.text(max_size=8), some.lists(some.text(max_size=4)))))
def test_without_a_rule_nobody_comes_in(claims):
    lists = ({}, {"emails": []}, {"emails": ""}, {"claim": "sub"}, {"values": ["x"]}, {"claim": "", "values": ["x"]})
    for none in lists:
        assert not listed(claims, none)


# --- the front page --------------------------------------------------------------------------------------------------


@pytest.fixture
def here():
    house = a_house()
    stand_in(house)
    hosted(house)
    yield house
    stand_in(None)


def front(user=None, **secrets):
    at = AppTest.from_file(MENU, default_timeout=30)
    at.secrets.update(secrets)
    at.user = user or {"is_logged_in": False}
    return at.run()


AUTH = {"auth": {"redirect_uri": "http://localhost/oauth2callback", "cookie_secret": "x" * 32}}
YAMADA = {"is_logged_in": True, "email": "yamada@example.jp", "email_verified": True}


def test_a_laptop_without_accounts_shows_nothing_of_them(here):
    at = front(YAMADA)
    assert sees(at, say("ja", "account.sign_in"), say("ja", "account.unlisted")) == [False, False]
    assert shown(at, "kaigi_go") is None


def test_a_listed_account_goes_on_to_the_door_that_makes_an_organiser(here):
    ticket = shown(front(YAMADA, **AUTH, organisers=RULES), "kaigi_go")["to"]
    device = TestClient(Starlette(routes=routes()), follow_redirects=False)
    assert here.allowed(device.get(ticket).cookies[COOKIE])["organiser"] == 1
    entry = here.store.entries("house")[-1]
    assert (entry.author, entry.kind, entry.body) == ("organiser", "signed_in", {"how": "account"})
    assert "yamada" not in repr(here.store.entries("house"))


@pytest.mark.parametrize(
    "user",
    [
        {"is_logged_in": True, "email": "suzuki@example.jp", "email_verified": True},
        {"is_logged_in": True, "email": "yamada@example.jp"},
    ],
)
def test_another_account_hears_that_it_is_not_listed_and_can_be_changed(here, user):
    at = front(user, **AUTH, organisers=RULES)
    assert (shown(at, "kaigi_go"), sees(at, say("ja", "account.unlisted"), say("ja", "home.title"))) == (
        None,
        [True, False],
    )
    assert "/leave" in links(at)


def test_a_server_without_a_list_lets_no_account_in(here):
    for rules in ({}, {"organisers": {}}, {"organisers": {"emails": []}}):
        assert shown(front(YAMADA, **AUTH, **rules), "kaigi_go") is None


def test_who_has_not_signed_in_there_is_asked_and_led_to_the_provider(here, monkeypatch):
    led = []
    monkeypatch.setattr(st, "login", lambda *asked: led.append(asked))
    at = front(**AUTH, organisers=RULES)
    press(at, say("ja", "account.sign_in"))
    assert led == [()]
    assert shown(at, "kaigi_go") is None


def test_leaving_takes_the_frameworks_cookies_along(here):
    device = TestClient(Starlette(routes=routes()), follow_redirects=False)
    for name in (COOKIE, account.OURS, f"{account.OURS}_tokens", f"{account.OURS}_1", "kaigi_language"):
        device.cookies.set(name, "x")
    gone = [cookie.partition("=")[0] for cookie in device.get("/leave").headers.get_list("set-cookie")]
    assert gone == [COOKIE, account.OURS, f"{account.OURS}_tokens", f"{account.OURS}_1"]


def test_the_frameworks_cookies_are_named_as_we_think():
    from streamlit.web.server.starlette.starlette_server_config import TOKENS_COOKIE_NAME, USER_COOKIE_NAME

    assert USER_COOKIE_NAME == account.OURS and TOKENS_COOKIE_NAME.startswith(account.OURS)
