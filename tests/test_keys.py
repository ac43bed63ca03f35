"""The sheet of keys: what it holds, what its long code opens, and that a conference goes on when a device dies."""

import re
from html import unescape

from meeting import CASES, FACILITATOR, LOG, ONE, ORGANISER, card_fields, opening
from starlette.testclient import TestClient
from test_routes import OWN, a_device, goes_to, granted, with_grants

from facilitation import cards, commands
from facilitation.code import LENGTH, LETTERS, LONG, long_code, read_code, shown
from facilitation.screen.house import House, stand_in
from facilitation.store.tries import Tries
from facilitation.texts import say


def lead_code(here):
    return long_code(here.conference(LOG).lead_key)


def test_a_long_code_is_always_the_same_and_tells_nothing_of_its_key():
    keys = [f"key {n}" for n in range(300)]
    found = [long_code(key) for key in keys]
    assert found == [long_code(key) for key in keys]
    assert {len(code) for code in found} == {LONG}
    assert len(set(found)) == len(found)
    assert set("".join(found)) == set(LETTERS)
    assert len(LETTERS) ** LONG > 2**54


def test_a_long_code_is_read_however_it_is_typed():
    code = long_code("key")
    typed = shown(code)
    assert re.fullmatch(r"(\w{3}-){3}\w{3}", typed)
    for form in (typed, typed.lower(), typed.replace("-", ""), typed.replace("-", "ー"), f" {typed} "):
        assert (read_code(form, LONG), read_code(form)) == (code, None)
    assert read_code("XN9P7T", LONG) is None and read_code("XN9P7T", LENGTH) == "XN9P7T"


def test_the_sheet_holds_the_three_ways_in_and_what_to_do(here):
    for language in ("ja", "en"):
        sheet = with_grants(here, leads=[LOG]).get(f"/keys/{LOG}?lang={language}")
        assert (sheet.status_code, sheet.headers["cache-control"]) == (200, "no-store")
        now = here.conference(LOG)
        for words in (shown(lead_code(here)), shown(now.adviser_code), shown(now.code), now.title):
            assert words in sheet.text
        for step in ("screen", "server", "other", "paper"):
            assert say(language, f"keys.then_{step}") in unescape(sheet.text)
        assert sheet.text.count("data:image/svg+xml") == 3
        assert now.lead_key not in sheet.text, "the key itself stands in the QR alone"


def test_a_title_on_the_sheet_is_text_and_nothing_else(here):
    other = "2024-04-01-AAAAAA"
    title = "<img src=x onerror=alert(1)>"
    here.send(other, commands.open_conference, ORGANISER, **opening(code="AAAAAA", title=title))
    sheet = with_grants(here, organiser=True).get(f"/keys/{other}").text
    assert "<img src=x" not in sheet and "&lt;img src=x" in sheet


def test_the_long_code_opens_the_desk_of_its_conference_on_any_device(here):
    device = a_device()
    assert goes_to(device.get(f"/join/{shown(lead_code(here))}")) == ("/facilitate", {"c": LOG})
    assert granted(here, device) == {"leads": [LOG]}
    entry = here.store.entries("house")[-1]
    assert (entry.author, entry.kind, entry.body) == ("facilitator", "signed_in", {"how": "code", "conference": LOG})


def test_a_wrong_long_code_is_a_wrong_code_and_is_counted(here):
    here.tries = Tries(here.store, lambda: 0.0)  # all within one minute, whenever this runs
    wrong = long_code("another key")
    assert "wrong" in goes_to(a_device().get(f"/join/{wrong}"))[1]
    for _ in range(70):
        a_device().get(f"/join/{wrong}")
    assert goes_to(a_device().get(f"/join/{lead_code(here)}"))[1]["refused"] == "tries.wait"


def test_the_long_code_goes_on_opening_after_the_end_so_that_it_can_be_reopened(here):
    here.send(LOG, commands.end_conference, FACILITATOR)
    assert goes_to(a_device().get(f"/join/{lead_code(here)}"))[0] == "/facilitate"


def test_the_conference_goes_on_when_the_facilitators_device_dies(here):
    """The desk is gone; a tablet writes meanwhile; another device takes over with the code from the paper."""
    tablet = with_grants(here, seats=[[LOG, ONE.seat]])
    fields = {"card": "card-0001", "base": 0, "key": "k", "fields": card_fields()}
    asked = {"log": LOG, "seat": ONE.seat, "verb": "write_card", "fields": fields}
    assert tablet.post("/do", json=asked, headers=OWN).status_code == 200
    spare = a_device()
    spare.get(f"/join/{lead_code(here)}")
    assert spare.get(f"/record/{LOG}").status_code == 200


def test_after_a_restart_on_the_same_data_seats_leaders_and_paper_still_hold(here):
    seat, lead = with_grants(here, seats=[[LOG, ONE.seat]]), with_grants(here, leads=[LOG])
    code = lead_code(here)
    again = House(here.store, CASES)
    stand_in(again)
    assert goes_to(seat.get("/join/XN9P7T")) == ("/tablet", {"s": ONE.seat})
    assert lead.get(f"/record/{LOG}").status_code == 200
    assert goes_to(a_device().get(f"/join/{code}"))[0] == "/facilitate"


def test_a_tablet_that_lost_its_cookie_is_given_its_seat_by_the_new_desk(here):
    """Another computer, another address: the tablet's cookie does not come along, its seat does."""
    here.send(LOG, cards.write_card, ONE, card="card-0001", fields=card_fields())
    device: TestClient = a_device()
    path, query = goes_to(device.get(f"/seat/{here.sign({'hand': [LOG, ONE.seat]})}"))
    assert (path, query["s"]) == ("/seated", ONE.seat)
    assert granted(here, device)["seats"] == [[LOG, ONE.seat]]
    assert here.conference(LOG).seats[ONE.seat].group == 1
