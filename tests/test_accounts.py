"""Organisers by a house's own accounts: whose account counts, and that nothing of it shows where there is none."""

import time

import pytest
import streamlit as st
from hypothesis import given
from hypothesis import strategies as some
from meeting import CASES
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest
from test_pages import MENU, links, press, sees
from test_pages import given as shown

from facilitation.accounts import DAY, listed, login
from facilitation.screen import account
from facilitation.screen.house import House, stand_in
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


def test_a_sign_in_has_a_number_of_its_own_for_a_day():
    now = 1_800_000_000.0
    claims = {
        "iss": "https://login.example.jp",
        "sub": "1",
        "iat": int(now),
        "nonce": "a",
        "email": "yamada@example.jp",
    }
    found = login(claims, "secret", now)
    assert len(found) == 12 and login({**claims, "email": "x", "exp": 5}, "secret", now + 3600) == found
    others = [login({**claims, name: value}, "secret", now) for name, value in (("iat", int(now) - 1), ("nonce", "b"))]
    others += [login({**claims, "sub": "2"}, "secret", now), login(claims, "another house", now)]
    assert len({found, *others}) == 5
    assert login(claims, "secret", now - 2 * DAY) == found, "a clock that is behind turns nobody away"
    assert login(claims, "secret", now + DAY + 1) == ""
    assert [login({**claims, "iat": at}, "secret", now) for at in (None, "", "now", [])] == [""] * 4


# --- the front page --------------------------------------------------------------------------------------------------


def front(user=None, **secrets):
    at = AppTest.from_file(MENU, default_timeout=30)
    at.secrets.update(secrets)
    at.user = user or {"is_logged_in": False}
    return at.run()


AUTH = {"auth": {"redirect_uri": "http://localhost/oauth2callback", "cookie_secret": "x" * 32}}


def yamada(**other):
    """What the framework tells of an account that came in just now."""
    said = {"is_logged_in": True, "email": "yamada@example.jp", "email_verified": True, "sub": "1"}
    return {**said, "iat": int(time.time()), "nonce": "one", **other}


def test_a_laptop_without_accounts_shows_nothing_of_them(here):
    at = front(yamada())
    assert sees(at, say("ja", "account.sign_in"), say("ja", "account.unlisted")) == [False, False]
    assert shown(at, "kaigi_go") is None


def test_a_listed_account_goes_on_to_the_door_that_makes_an_organiser(here):
    ticket = shown(front(yamada(), **AUTH, organisers=RULES), "kaigi_go")["to"]
    device = TestClient(Starlette(routes=routes()), follow_redirects=False)
    assert here.allowed(device.get(ticket).cookies[COOKIE])["organiser"] == 1
    entry = here.store.entries("house")[-1]
    assert (entry.author, entry.kind, set(entry.body)) == ("organiser", "signed_in", {"how", "login"})
    assert entry.body["how"] == "account" and entry.body["login"] in here.keyring.used
    assert "yamada" not in repr(here.store.entries("house"))


@pytest.mark.parametrize(
    "user",
    [yamada(email="suzuki@example.jp"), yamada(email_verified=None)],
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
        assert shown(front(yamada(), **AUTH, **rules), "kaigi_go") is None


def test_who_has_not_signed_in_there_is_asked_and_led_to_the_provider(here, monkeypatch):
    led = []
    monkeypatch.setattr(st, "login", lambda *asked: led.append(asked))
    at = front(**AUTH, organisers=RULES)
    press(at, say("ja", "account.sign_in"))
    assert led == [()]
    assert shown(at, "kaigi_go") is None


def by_ticket(at, *cookies):
    """A device that goes where the page leads it, with cookies of the framework's; its answer."""
    device = TestClient(Starlette(routes=routes()), follow_redirects=False)
    for name in cookies:
        device.cookies.set(name, "x")
    return device.get(shown(at, "kaigi_go")["to"])


def test_a_sign_in_opens_once_whoever_brings_the_frameworks_cookie_again(here):
    one = yamada()
    answer = by_ticket(front(one, **AUTH, organisers=RULES))
    for each in (here, House(here.store, CASES)):
        stand_in(each)
        at = front(one, **AUTH, organisers=RULES)
        assert shown(at, "kaigi_go") is None, "no visit, no other device and no other server comes in by it"
        assert sees(at, say("ja", "account.sign_in"), say("ja", "account.unlisted")) == [True, False]
    here.set_password("合い言葉は春の野原の菜の花")
    assert here.allowed(answer.cookies[COOKIE]).get("organiser") is None
    assert shown(front(one, **AUTH, organisers=RULES), "kaigi_go") is None
    again = by_ticket(front(yamada(nonce="two"), **AUTH, organisers=RULES))
    assert here.allowed(again.cookies[COOKIE])["organiser"] == 2


def test_who_was_taken_off_the_list_is_not_let_in_by_an_earlier_sign_in(here):
    by_ticket(front(yamada(), **AUTH, organisers=RULES))
    for nonce in ("one", "two"):
        assert shown(front(yamada(nonce=nonce), **AUTH, organisers={"emails": ["x@example.jp"]}), "kaigi_go") is None


@pytest.mark.parametrize("at", [int(time.time()) - DAY - 60, 0, None], ids=["yesterday", "1970", "never"])
def test_a_sign_in_a_day_old_is_none(here, at):
    front_page = front(yamada(iat=at), **AUTH, organisers=RULES)
    assert (shown(front_page, "kaigi_go"), sees(front_page, say("ja", "account.sign_in"))) == (None, [True])


def test_the_door_takes_the_frameworks_cookies(here):
    names = (account.OURS, f"{account.OURS}_tokens", f"{account.OURS}_1")
    answer = by_ticket(front(yamada(), **AUTH, organisers=RULES), *names)
    gone = [line.partition("=")[0] for line in answer.headers.get_list("set-cookie") if "Max-Age=0" in line]
    assert tuple(gone) == names and COOKIE in answer.cookies


def test_leaving_takes_the_frameworks_cookies_along(here):
    device = TestClient(Starlette(routes=routes()), follow_redirects=False)
    for name in (COOKIE, account.OURS, f"{account.OURS}_tokens", f"{account.OURS}_1", "kaigi_language"):
        device.cookies.set(name, "x")
    gone = [cookie.partition("=")[0] for cookie in device.get("/leave").headers.get_list("set-cookie")]
    assert gone == [COOKIE, account.OURS, f"{account.OURS}_tokens", f"{account.OURS}_1"]


def test_the_frameworks_cookies_are_named_as_we_think():
    from streamlit.web.server.starlette.starlette_server_config import TOKENS_COOKIE_NAME, USER_COOKIE_NAME

    assert USER_COOKIE_NAME == account.OURS and TOKENS_COOKIE_NAME.startswith(account.OURS)
