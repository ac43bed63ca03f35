"""Who leaves stays out: a copy of the cookie opens nothing any more, no route, page or stream, on no server."""

import ast

import pytest
from meeting import CASES, LOG, a_house
from starlette.testclient import WebSocketDenialResponse
from streamlit.testing.v1 import AppTest
from test_audit import noted
from test_pages import said, visitor
from test_routes import OWN, a_device, goes_to
from test_who_may import GRANTS, SEATS, TRAVELS, here  # noqa: F401

from facilitation.screen.house import PAGES, House, stand_in
from facilitation.screen.visit import COOKIE
from facilitation.texts import say

LOG_PAGE = {"organiser": "audit", "facilitator": "facilitate", "adviser": "advise"}
HOLDS = [device for device, grants in GRANTS.items() if grants and device != "wall"]


def come_in(here, device):  # noqa: F811
    """A device with its grants, and the copy that somebody made of its cookie."""
    cookie = here.sign({**GRANTS[device], "device": f"number-of-{device}"})
    client = a_device()
    client.cookies.set(COOKIE, cookie)
    return client, cookie


def with_copy(cookie):
    copy = a_device()
    copy.cookies.set(COOKIE, cookie)
    return copy


@pytest.mark.parametrize("device", HOLDS)
def test_a_copy_of_a_cookie_opens_nothing_once_its_device_left(here, device):  # noqa: F811
    client, cookie = come_in(here, device)
    assert here.allowed(cookie)
    assert goes_to(client.get("/leave")) == ("/", {})
    for each in (here, House(here.store, CASES)):
        assert each.allowed(cookie) == {}, "this house, and another server on the same store"
    copy = with_copy(cookie)
    for what in ("record/{}", "keys/{}", "contacts/{}", "parts/{}/group-1?run=1", "audit-sheet/{}"):
        assert copy.get("/" + what.format(LOG)).status_code == 404, what
    for verb in TRAVELS:
        asked = {"log": LOG, "seat": SEATS.get(device, ""), "verb": verb, "fields": {}}
        assert copy.post("/do", json=asked, headers=OWN).status_code == 403, verb
    for view in ("lead", "projector", "group-1"):
        with pytest.raises(WebSocketDenialResponse), copy.websocket_connect(f"/live/{LOG}/{view}"):
            pass


@pytest.mark.parametrize("door", ["join", "hand"])
def test_what_a_device_carried_in_its_address_goes_when_it_leaves(here, door):  # noqa: F811
    """The seat's token of a device whose cookie did not come back at first, read off its address by another one."""
    device, where = (
        a_device(),
        f"/join/{LOG[-6:]}" if door == "join" else f"/seat/{here.sign({'hand': [LOG, 'seat-one']})}",
    )
    _, ticket = goes_to(device.get(where))
    _, carried = goes_to(a_device().get("/seated", params=ticket))
    seat, token = carried["s"], carried["t"]
    asked = {"log": LOG, "seat": seat, "token": token, "verb": "set_ready", "fields": {}}

    def opened(other, server):
        page = visitor("tablet", s=seat, t=token)
        return (
            other.get(f"/contacts/{LOG}?t={token}").status_code,
            other.post("/do", json=asked, headers=OWN).status_code,
            say("ja", "tablet.no_seat") in said(page),
            server.carried(token),
        )

    assert opened(a_device(), here) == (200, 422, False, [LOG, seat])
    device.get("/leave")
    for server in (here, House(here.store, CASES)):
        assert opened(a_device(), server) == (404, 403, True, None)
    with pytest.raises(WebSocketDenialResponse), a_device().websocket_connect(f"/live/{LOG}/contacts?t={token}"):
        pass
    again = goes_to(a_device().get("/seated", params=ticket))[1]
    assert here.carried(again["t"]) is None, "nor does the ticket bring another"


def test_before_it_left_the_copy_would_have_opened_them(here):  # noqa: F811
    """The other side: without leaving, the copy is as good as the cookie."""
    _, cookie = come_in(here, "organiser")
    assert [with_copy(cookie).get(f"/{path}/{LOG}").status_code for path in ("record", "keys", "audit-sheet")] == [
        200
    ] * 3


@pytest.mark.parametrize("device", LOG_PAGE)
def test_a_page_that_is_still_open_is_not_found_any_more(here, device, monkeypatch):  # noqa: F811
    client, cookie = come_in(here, device)
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", {COOKIE: cookie})
    at = visitor(LOG_PAGE[device], {}, c=LOG)
    assert say("ja", "not_found.here") not in said(at)
    client.get("/leave")
    assert say("ja", "not_found.here") in said(at.run())


def test_others_stay_in_and_the_device_comes_in_again_with_another_number(here):  # noqa: F811
    client, cookie = come_in(here, "organiser")
    _, others = come_in(here, "facilitator")
    client.get("/leave")
    client.cookies.clear()
    assert here.allowed(others)["leads"] == [LOG]
    client.get(f"/enter/{here.start_key}")
    again = here.allowed(client.cookies[COOKIE])
    assert (again["organiser"], again["device"] in here.keyring.left, here.allowed(cookie)) == (1, False, {})


def test_every_cookie_that_a_door_gives_has_a_number_and_keeps_it_from_door_to_door(here):  # noqa: F811
    client = a_device()
    numbers = []
    for door in (f"/join/{LOG[-6:]}", f"/enter/{here.start_key}", f"/lead/{LOG}/{here.conference(LOG).lead_key}"):
        client.get(door)
        numbers.append(here.signed(client.cookies[COOKIE])["device"])
    assert len(set(numbers)) == 1 and len(numbers[0]) == 12
    other = a_device()
    other.get(f"/join/{LOG[-6:]}")
    assert here.signed(other.cookies[COOKIE])["device"] != numbers[0]


def test_leaving_is_noted_once_by_role_and_a_device_that_holds_nothing_leaves_no_note(here):  # noqa: F811
    for device, author in (("organiser", "organiser"), ("seat", "seat:seat-one")):
        client, cookie = come_in(here, device)
        client.get("/leave")
        with_copy(cookie).get("/leave")
        assert [line[:2] for line in noted(here)][-1] == (author, "signed_out")
    before = noted(here)
    for grants in ({}, {"device": "a number alone"}):
        client = a_device()
        client.cookies.set(COOKIE, here.sign(grants))
        client.get("/leave")
    a_device().get("/leave")
    assert len(before) == 2 and noted(here) == before


def test_a_new_password_ends_every_organisers_cookie_and_no_other_but_by_leaving(here):  # noqa: F811
    cookies = {device: come_in(here, device)[1] for device in ("organiser", "facilitator", "seat")}
    here.set_password("合い言葉は春の野原の菜の花")
    assert {device: set(here.allowed(cookie)) - {"device", "given"} for device, cookie in cookies.items()} == {
        "organiser": set(),
        "facilitator": {"leads"},
        "seat": {"seats"},
    }


@pytest.mark.parametrize("page", ["welcome", "audit", "facilitate", "survey"])
def test_a_new_password_ends_an_organisers_page_that_is_open(here, page, monkeypatch):  # noqa: F811
    _, cookie = come_in(here, "organiser")
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", {COOKIE: cookie})
    at = visitor(page, {}, **({"c": LOG} if page != "survey" else {}))
    closed = say("ja", "door.ask") if page == "welcome" else say("ja", "not_found.here")
    assert closed not in said(at)
    here.set_password("合い言葉は春の野原の菜の花")
    assert closed in said(at.run())


def test_nothing_that_a_pages_session_holds_makes_an_organiser(here, monkeypatch):  # noqa: F811
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", {})
    at = visitor("audit", {"organiser": here.keyring.turn, "leads": [LOG]}, c=LOG)
    assert say("ja", "not_found.here") in said(at)


def in_parts():
    """A page of one part; the password is changed between the page's own run and its part's."""
    import streamlit as st

    from facilitation.screen.visit import stays, visit

    visitor = visit()
    st.text(f"organiser: {visitor.organiser}")
    if visitor.organiser:
        visitor.house.set_password("合い言葉は春の野原の菜の花")
    stays(visitor)
    st.text("the part")


def test_a_part_of_a_page_is_drawn_for_who_the_visitor_still_is(here, monkeypatch):  # noqa: F811
    for device in ("organiser", "facilitator"):
        _, cookie = come_in(here, device)
        monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", {COOKIE: cookie})
        at = AppTest.from_function(in_parts).run()
        assert [each.value for each in at.text] == ["organiser: False", "the part"]
    assert here.keyring.turn == 2


def test_every_part_of_a_page_asks():
    parts = [
        ast.unparse(each)
        for page in PAGES.glob("*.py")
        for each in ast.walk(ast.parse(page.read_text("utf-8")))
        if isinstance(each, ast.FunctionDef) and "st.fragment" in ast.unparse(each)
    ]
    assert len(parts) >= 7
    assert [part for part in parts if "standing(visitor" not in part and "stays(visitor" not in part] == []


def test_a_store_for_viewing_clears_the_device_all_the_same():
    house = a_house()
    stand_in(house)
    house.store.read_only = True
    client, _ = come_in(house, "organiser")
    assert "kaigi=" in client.get("/leave").headers["set-cookie"]
    stand_in(None)
