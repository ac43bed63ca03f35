"""An adviser's way in and what the device may send: code, link, forged, another conference; never as a seat."""

import re

import pytest
from meeting import LOG, ONE, ORGANISER, card_fields, hosted, opening
from starlette.applications import Starlette
from starlette.testclient import TestClient

from facilitation import advice, cards, commands, remarks
from facilitation.access import Who
from facilitation.screen.routes import routes
from facilitation.screen.visit import COOKIE, adviser

OTHER = "2024-03-02-AAAAAA"
ORIGIN = {"origin": "http://testserver"}


@pytest.fixture
def house(house):
    """Two conferences; the first with a card of group 1."""
    hosted(house)
    house.send(OTHER, commands.open_conference, ORGANISER, **opening(code="AAAAAA"))
    house.send(LOG, cards.write_card, ONE, card="card-0001", fields=card_fields())
    return house


@pytest.fixture
def device(house):
    """A device that follows no link by itself."""
    return TestClient(Starlette(routes=routes()), follow_redirects=False)


def arrives(device, house, log=LOG, role="医師"):
    """Join as an adviser by the typed code and take a role."""
    device.get(f"/advise/{log}/{house.conference(log).adviser_code}")
    ticket = house.sign({"adviser": [log, role]})
    return device.get(f"/adviser/{ticket}")


def sends(device, verb, log=LOG, seat="", **fields):
    return device.post("/do", json={"log": log, "seat": seat, "verb": verb, "fields": fields}, headers=ORIGIN)


def granted(device, house):
    return house.signed(device.cookies.get(COOKIE, ""))


def own(device, house, about=""):
    return advice.own_note(adviser(granted(device, house), LOG), about)


# --- the way in ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", [str, str.lower, lambda code: f"{code[:3]}-{code[3:]}"])
def test_the_typed_code_lets_a_device_advise_this_conference_alone(device, house, typed):
    answer = device.get(f"/advise/{LOG}/{typed(house.conference(LOG).adviser_code)}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/advise?c={LOG}")
    assert granted(device, house)["advises"] == [LOG]
    assert re.search("httponly.*samesite=lax", answer.headers["set-cookie"].lower())


def test_the_link_of_the_qr_lets_a_device_in_by_its_longer_key(device, house):
    conference = house.conference(LOG)
    answer = device.get(f"/advise/{LOG}/{conference.adviser_code}?k={conference.adviser_key}")
    assert answer.headers["location"] == f"/advise?c={LOG}"
    assert len(conference.adviser_key) >= 22


@pytest.mark.parametrize(
    "path",
    [
        f"/advise/{LOG}/AAAAAA",
        f"/advise/{LOG}/XN9P7T",
        f"/advise/{LOG}/-",
        f"/advise/{LOG}/%E3%81%82",
        "/advise/2024-01-01-NOBODY/AAAAAA",
        "/advise/house/AAAAAA",
    ],
)
def test_a_wrong_code_opens_nothing(device, house, path):
    answer = device.get(path)
    assert answer.headers["location"].startswith("/?refused=key")
    assert set(granted(device, house)) <= {"device"}


def test_a_wrong_key_is_refused_even_beside_the_right_code_and_a_code_of_another_conference_too(device, house):
    code = house.conference(LOG).adviser_code
    for path in (f"/advise/{LOG}/{code}?k=wrong", f"/advise/{OTHER}/{code}"):
        assert device.get(path).headers["location"].startswith("/?refused=key")


def test_a_conference_of_older_days_has_no_adviser_code_and_nobody_guesses_an_empty_one(device, house):
    keys = {"secret": "s", "lead_key": "l"}
    house.send("old", commands.open_conference, ORGANISER, **opening(code="MMMMMM", keys=keys))
    assert house.conference("old").adviser_code == ""
    for path in ("/advise/old/-", "/advise/old/-?k=", "/advise/old/AAAAAA"):
        assert device.get(path).headers["location"].startswith("/?refused=key")


def test_the_frameworks_own_addresses_below_the_page_are_left_alone(device):
    assert device.get("/advise/_stcore/health").status_code == 404


def test_a_forged_cookie_grants_nothing(device, house):
    device.cookies.set(COOKIE, "eyJhZHZpc2VzIjpbInh4Il19.forged.signature")
    assert sends(device, "star", card="card-0001", starred=True).status_code == 403


def test_an_adviser_code_is_found_for_the_front_page_and_is_no_join_code(device, house):
    code = house.conference(LOG).adviser_code
    assert house.find_advised(code).id == LOG
    assert house.find_advised("999999") is None
    assert house.find(code) is None


# --- the role in words -----------------------------------------------------------------------------------------------


def test_the_role_is_kept_in_the_cookie(device, house):
    arrives(device, house, role="回復施設")
    who = adviser(granted(device, house), LOG)
    assert (who.role, who.words, len(who.seat)) == ("adviser", "回復施設", 12)


def test_a_role_that_this_house_did_not_sign_is_not_taken(device, house):
    device.get(f"/advise/{LOG}/{house.conference(LOG).adviser_code}")
    assert device.get("/adviser/forged").headers["location"].startswith("/?refused=key")
    assert (
        device.get(f"/adviser/{house.sign({'adviser': [OTHER, '医師']})}").headers["location"].startswith("/?refused")
    )
    assert adviser(granted(device, house), LOG).words == ""


def test_two_roles_at_one_device_are_two_advisers(device, house):
    arrives(device, house, role="医師")
    first = adviser(granted(device, house), LOG)
    arrives(device, house, role="家族会")
    assert adviser(granted(device, house), LOG).seat != first.seat
    arrives(device, house, role="医師")
    assert adviser(granted(device, house), LOG) == first


# --- what the device may send ----------------------------------------------------------------------------------------


def test_an_adviser_stars_and_comments(device, house):
    arrives(device, house)
    assert sends(device, "star", card="card-0001", starred=True).status_code == 200
    answer = sends(device, "comment", note=own(device, house), about="", text="待つことも支援です", key="k" * 24)
    assert answer.json()["fresh"] is True
    now = house.conference(LOG)
    assert [card.id for card in remarks.quotes(now)] == ["card-0001"]
    assert [(note.by, note.text) for note in remarks.remarks(now, "ja")] == [("医師", "待つことも支援です")]


def test_a_comment_sent_twice_is_written_once(device, house):
    arrives(device, house)
    first, second = (
        sends(device, "comment", note=own(device, house), about="", text="同じことば", key="k" * 24).json()
        for _ in range(2)
    )
    assert (first["revision"], second["fresh"]) == (second["revision"], False)


@pytest.mark.parametrize("verb", ["write_card", "withdraw_card", "set_table", "accept_rules", "review_map"])
def test_an_adviser_sends_no_verb_of_a_table(device, house, verb):
    arrives(device, house)
    before = house.conference(LOG).revision
    answer = sends(device, verb, card="card-0002", fields={"scene": 1, "type": "HC", "stage": "S4", "can": "x"})
    assert answer.status_code == 403
    assert house.conference(LOG).revision == before


@pytest.mark.parametrize("verb", ["open_step", "hide_card", "end_conference", "open_conference", "__class__"])
def test_no_device_sends_a_verb_that_is_not_on_the_list(device, house, verb):
    arrives(device, house)
    assert sends(device, verb).status_code == 400


def test_a_seat_neither_stars_nor_comments(device, house):
    device.cookies.set(COOKIE, house.sign({"seats": [[LOG, ONE.seat]]}))
    for verb, fields in (
        ("star", {"card": "card-0001", "starred": True}),
        ("comment", {"note": "note-0001", "about": "", "text": "x"}),
    ):
        assert sends(device, verb, seat=ONE.seat, **fields).status_code == 403
        assert sends(device, verb, **fields).status_code == 403
    assert house.conference(LOG).stars == ()


def test_an_adviser_does_not_borrow_a_seat_by_naming_it(device, house):
    arrives(device, house)
    fields = {"card": "card-0001", "base": house.conference(LOG).cards["card-0001"].revision}
    assert sends(device, "withdraw_card", seat=ONE.seat, **fields).status_code == 403
    assert house.conference(LOG).cards["card-0001"].readable


def test_an_adviser_of_one_conference_is_nobody_in_another(device, house):
    arrives(device, house)
    before = house.conference(OTHER).revision
    assert sends(device, "comment", log=OTHER, note="note-0001", about="", text="x").status_code == 403
    assert house.conference(OTHER).revision == before


def test_an_adviser_without_a_role_is_asked_for_it(device, house):
    device.get(f"/advise/{LOG}/{house.conference(LOG).adviser_code}")
    answer = sends(device, "comment", note=own(device, house), about="", text="x")
    assert (answer.status_code, answer.json()["refused"]) == (422, ["先に、どの立場からの助言かを選んでください。"])


def test_an_adviser_does_not_write_over_another_ones_comment(device, house):
    note = "ab12cd34ef56-whole"
    house.send(LOG, advice.comment, Who("adviser", "ab12cd34ef56", "家族会"), note=note, about="", text="家族の声")
    arrives(device, house)
    assert sends(device, "comment", note=note, about="", text="別のことば").status_code == 422
    assert house.conference(LOG).notes[note].text == "家族の声"


@pytest.mark.parametrize("grant", [{"leads": [LOG]}, {"organiser": True}])
def test_those_who_lead_star_and_comment_from_their_own_cookie(device, house, grant):
    device.cookies.set(COOKIE, house.sign(grant))
    assert sends(device, "star", card="card-0001", starred=True).status_code == 200
    assert sends(device, "comment", note="desk-0001", about="stage:S4", text="x").status_code == 200
    assert sends(device, "write_card", card="card-0002", fields={}).status_code == 403


@pytest.mark.parametrize(
    "fields",
    [
        {"note": 5, "about": "", "text": "x"},
        {"note": "note-0001", "about": 5, "text": "x"},
        {"note": "note-0001", "about": "", "text": ["x"]},
        {"note": "note-0001", "about": ""},
        {"note": "note-0001", "about": "", "text": "x", "by": "主催者"},
    ],
)
def test_a_comment_of_a_wrong_form_is_no_servers_mistake(device, house, fields):
    arrives(device, house)
    assert sends(device, "comment", **fields).status_code in (400, 422)
    assert house.conference(LOG).notes == {}


def test_from_another_site_nothing_is_taken(device, house):
    arrives(device, house)
    body = {"log": LOG, "seat": "", "verb": "star", "fields": {"card": "card-0001", "starred": True}}
    assert device.post("/do", json=body, headers={"origin": "http://elsewhere"}).status_code == 403
