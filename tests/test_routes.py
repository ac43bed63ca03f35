"""The doors beside the pages: who gets a seat and a key, what a tablet may send, and what every answer carries."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from anyio import fail_after
from meeting import CASES, FACILITATOR, LOG, ONE, ORGANISER, THREE, TWO, card_fields, hosted, opening
from starlette.applications import Starlette
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocketDisconnect
from test_house import aged

from facilitation import cards, commands
from facilitation.screen import asked
from facilitation.screen.headers import guard
from facilitation.screen.house import House
from facilitation.screen.parts import assets_version
from facilitation.screen.routes import MOST_BYTES, SEAT_VERBS, routes
from facilitation.screen.tokens import DAY
from facilitation.screen.visit import COOKIE
from facilitation.store.memory import MemoryStore
from facilitation.texts import say

CODE = "XN9P7T"


@pytest.fixture
def here(house):
    """No conference yet."""
    return house


def a_device(**options):
    """A visitor's browser: it keeps its own cookies and follows nothing by itself."""
    app = Starlette(routes=routes(), middleware=guard())
    return TestClient(app, follow_redirects=False, **options)


@pytest.fixture
def device(here):
    hosted(here)
    return a_device()


def goes_to(response):
    """Where an answer leads: (path, query)."""
    assert response.status_code == 303, response.text
    parts = urlsplit(response.headers["location"])
    return parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()}


def granted(here, device):
    """What a device's cookie says, but for the number drawn for it and the moments."""
    said = here.signed(device.cookies.get(COOKIE, ""))
    return {name: value for name, value in said.items() if name not in ("device", "given")}


def with_grants(here, **grants):
    """A device that already holds a cookie of this house."""
    device = a_device()
    device.cookies.set(COOKIE, here.sign(grants))
    return device


def seated_device(here, who=ONE):
    return with_grants(here, seats=[[LOG, who.seat]])


# --- joining ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["XN9P7T", "XN9-P7T", "xn9p7t", "ＸＮ９Ｐ７Ｔ", "xn9ーp7t", "xn9%20p7t"])
def test_a_code_takes_a_seat_however_it_is_typed(here, device, typed):
    before = set(here.conference(LOG).seats)
    path, query = goes_to(device.get(f"/join/{typed}"))
    (seat,) = set(here.conference(LOG).seats) - before
    assert (path, query["s"], granted(here, device)) == ("/seated", seat, {"seats": [[LOG, seat]]})
    assert here.signed(query["t"])["sat"] == [LOG, seat]
    assert here.conference(LOG).seats[seat].group == 0


@pytest.mark.parametrize("typed", ["AAAAAA", "XN9P7", "0O1I00", "あいう", "x" * 300])
def test_a_wrong_code_leads_back_to_the_front_page_and_is_kept_for_mending(here, device, typed):
    path, query = goes_to(device.get(f"/join/{typed}"))
    assert (path, query["wrong"], query["lang"]) == ("/", typed[:20], "ja")
    assert (len(here.conference(LOG).seats), set(granted(here, device)) - {"device"}) == (3, set())


def test_f11_a_device_that_sits_already_keeps_its_seat(here, device):
    _, first = goes_to(device.get(f"/join/{CODE}"))
    assert goes_to(device.get(f"/join/{CODE}?k={here.conference(LOG).secret}")) == ("/tablet", {"s": first["s"]})
    assert len(here.conference(LOG).seats) == 4


def test_f11_a_seat_given_a_second_time_would_be_seen(here, device, monkeypatch):
    """The planted fault: a door that does not look at what the device holds already."""
    monkeypatch.setattr(asked, "granted", lambda request: {})
    with pytest.raises(AssertionError):
        test_f11_a_device_that_sits_already_keeps_its_seat(here, device)


def test_a_further_seat_on_one_device_has_to_be_asked_for(here, device):
    _, first = goes_to(device.get(f"/join/{CODE}"))
    _, second = goes_to(device.get(f"/join/{CODE}?more=1"))
    assert granted(here, device) == {"seats": [[LOG, first["s"]], [LOG, second["s"]]]}
    assert goes_to(device.get(f"/join/{CODE}")) == ("/tablet", {"s": second["s"]})


def test_two_devices_are_two_seats(here, device):
    seats = {goes_to(each.get(f"/join/{CODE}"))[1]["s"] for each in (device, a_device(), a_device())}
    assert len(seats) == 3


def test_a_seat_of_another_conference_is_no_seat_here(here, device):
    other = "2024-04-01-AAAAAA"
    here.send(other, commands.open_conference, ORGANISER, **opening(code="AAAAAA"))
    goes_to(device.get(f"/join/{CODE}"))
    path, _ = goes_to(device.get("/join/AAAAAA"))
    assert (path, [log for log, _ in granted(here, device)["seats"]]) == ("/seated", [LOG, other])


def test_a_cookie_holds_the_last_eight_seats(here, device):
    seats = [goes_to(device.get(f"/join/{CODE}?more=1"))[1]["s"] for _ in range(9)]
    assert granted(here, device)["seats"] == [[LOG, seat] for seat in seats[1:]]


def test_nobody_joins_a_conference_that_ended_and_who_sat_there_comes_back_to_read(here, device):
    _, first = goes_to(device.get(f"/join/{CODE}"))
    here.send(LOG, commands.end_conference, FACILITATOR)
    assert goes_to(a_device().get(f"/join/{CODE}")) == ("/", {"refused": "conference.ended", "lang": "ja"})
    assert goes_to(device.get(f"/join/{CODE}")) == ("/tablet", {"s": first["s"]})


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(here, device):
    cookie = device.get(f"/join/{CODE}").headers["set-cookie"]
    words = {word.strip().lower() for word in cookie.split(";")[1:]}
    assert words == {"httponly", f"max-age={DAY}", "path=/", "samesite=lax"}
    secure = a_device(base_url="https://testserver").get(f"/join/{CODE}").headers["set-cookie"]
    assert "secure" in secure.lower()


def test_f23_a_cookie_cannot_be_forged_changed_or_brought_from_another_house(here, device):
    _, mine = goes_to(device.get(f"/join/{CODE}"))
    real = device.cookies[COOKIE]
    foreign = House(MemoryStore(), CASES).sign({"organiser": True})
    old = aged(here, {"organiser": True}, DAY + 60)
    for cookie in ("x", real[:-10] + "AAAAAAAAAA", "A" + real[1:], foreign, old, json.dumps({"organiser": True})):
        other = a_device()
        other.cookies.set(COOKIE, cookie)
        assert other.get(f"/record/{LOG}").status_code == 404
        assert goes_to(other.get(f"/seated?s={mine['s']}&t=")) == ("/tablet", {"s": mine["s"]})
        assert other.post("/do", json=_asked(mine["s"]), headers=OWN).status_code == 403


def test_a_device_that_took_the_cookie_goes_on_without_a_token(here, device):
    _, query = goes_to(device.get(f"/join/{CODE}"))
    assert goes_to(device.get("/seated", params=query)) == ("/tablet", {"s": query["s"]})


def test_a_device_that_refuses_cookies_carries_its_token_in_the_address(here, device):
    _, query = goes_to(device.get(f"/join/{CODE}"))
    device.cookies.clear()
    path, carrying = goes_to(device.get("/seated", params=query))
    assert (path, carrying["s"]) == ("/tablet", query["s"])
    assert here.carried(carrying["t"]) == [LOG, query["s"]]


def test_no_address_but_that_of_a_device_without_cookies_holds_what_opens_a_seat(here, device):
    """What `/seated` is asked with is a ticket: it opens nothing, and after a minute it is exchanged for nothing."""
    _, query = goes_to(device.get(f"/join/{CODE}"))
    stranger = a_device()
    assert stranger.get(f"/contacts/{LOG}?t={query['t']}").status_code == 404
    assert sent(stranger, {**_asked(query["s"]), "token": query["t"]})[0] == 403
    late = aged(here, {"sat": [LOG, query["s"]], "device": "x"}, 61)
    for ticket in (late, "x", "", here.sign({"carry": [LOG, ONE.seat]}), here.sign({"hand": [LOG, ONE.seat]})):
        assert goes_to(stranger.get("/seated", params={"s": query["s"], "t": ticket})) == ("/tablet", {"s": query["s"]})


def test_a_seat_is_handed_to_another_device_for_ten_minutes(here, device):
    token = here.sign({"hand": [LOG, ONE.seat]})
    path, query = goes_to(device.get(f"/seat/{token}"))
    assert (path, query["s"], granted(here, device)) == ("/seated", ONE.seat, {"seats": [[LOG, ONE.seat]]})
    assert here.signed(query["t"])["sat"] == [LOG, ONE.seat]
    late = aged(here, {"hand": [LOG, ONE.seat]}, 601)
    assert goes_to(a_device().get(f"/seat/{late}")) == ("/", {"refused": "seat.old_token", "lang": "ja"})


def test_a_seat_that_was_handed_on_stands_beside_those_the_device_had(here, device):
    _, mine = goes_to(device.get(f"/join/{CODE}"))
    device.get(f"/seat/{here.sign({'hand': [LOG, TWO.seat]})}")
    assert granted(here, device)["seats"] == [[LOG, mine["s"]], [LOG, TWO.seat]]


# --- keys ------------------------------------------------------------------------------------------------------------


def test_the_start_link_and_a_fresh_ticket_make_an_organiser(here, device):
    for key in (here.start_key, here.sign({"enter": True})):
        device = a_device()
        assert goes_to(device.get(f"/enter/{key}")) == ("/", {})
        assert granted(here, device) == {"organiser": True}


def test_a_key_keeps_what_the_device_had(here, device):
    _, mine = goes_to(device.get(f"/join/{CODE}"))
    device.get(f"/enter/{here.start_key}")
    assert granted(here, device) == {"seats": [[LOG, mine["s"]]], "organiser": True}


def test_f23_no_other_token_opens_the_organisers_door(here, device):
    for key in (
        "x",
        here.start_key[:-1],
        aged(here, {"enter": True}, 61),
        here.sign({"organiser": True}),
        here.sign({"carry": [LOG, ONE.seat]}),
        here.sign({"hand": [LOG, ONE.seat]}),
        House(MemoryStore(), CASES).sign({"enter": True}),
    ):
        assert goes_to(device.get(f"/enter/{key}")) == ("/", {"refused": "key", "lang": "ja"})
    assert COOKIE not in device.cookies


def test_f23_no_other_token_hands_a_seat_on(here, device):
    for token in ("x", here.sign({"carry": [LOG, ONE.seat]}), here.sign({"enter": True}), here.start_key):
        assert goes_to(device.get(f"/seat/{token}"))[1]["refused"] == "seat.old_token"
    assert COOKIE not in device.cookies


def test_a_second_facilitator_comes_in_with_the_conferences_key(here, device):
    key = here.conference(LOG).lead_key
    for _ in range(2):
        assert goes_to(device.get(f"/lead/{LOG}/{key}")) == ("/facilitate", {"c": LOG})
    assert granted(here, device) == {"leads": [LOG]}


def test_f23_a_wrong_key_or_another_conferences_key_leads_nothing(here, device):
    other = "2024-04-01-AAAAAA"
    here.send(other, commands.open_conference, ORGANISER, **opening(code="AAAAAA"))
    for log, key in (
        (LOG, "x"),
        (LOG, here.conference(other).lead_key),
        (LOG, here.conference(LOG).secret),
        ("2024-01-01-KKKKKK", "x"),
        ("house", "x"),
    ):
        assert goes_to(device.get(f"/lead/{log}/{key}")) == ("/", {"refused": "key", "lang": "ja"})
    assert COOKIE not in device.cookies


def test_leaving_takes_keys_and_seats_away(here, device):
    device.get(f"/enter/{here.start_key}")
    assert goes_to(device.get("/leave")) == ("/", {})
    assert COOKIE not in device.cookies


# --- what a tablet sends ---------------------------------------------------------------------------------------------

OWN = {"origin": "http://testserver"}


def _asked(seat=ONE.seat, verb="write_card", **fields):
    if verb == "write_card":
        fields = {"card": "card-0001", "base": 0, "key": "k", "fields": card_fields(), **fields}
    return {"log": LOG, "seat": seat, "verb": verb, "fields": fields}


def sent(device, asked, **headers):
    response = device.post("/do", content=json.dumps(asked).encode(), headers=OWN | headers)
    return response.status_code, response.json()


def told_of(key):
    """What a device is told, in words, that is refused for `key`."""
    return {"refused": [say("ja", f"refused.{key}")], "fields": []}


def test_a_card_is_acknowledged_with_the_revision_it_has_in_the_log(here, device):
    device = seated_device(here)
    status, told = sent(device, _asked())
    entry = here.store.entries(LOG)[-1]
    assert (status, told) == (200, {"revision": entry.revision, "at": entry.at, "fresh": True})
    assert (entry.kind, entry.author, entry.key, entry.body["can"]) == (
        "card_written",
        "seat:seat-one",
        "k",
        card_fields()["can"],
    )


def test_f08_what_is_sent_again_gets_the_same_answer_and_writes_nothing(here, device):
    device = seated_device(here)
    _, first = sent(device, _asked())
    revision = here.store.revision(LOG)
    assert sent(device, _asked()) == (200, {**first, "fresh": False})
    assert here.store.revision(LOG) == revision


def test_each_verb_of_a_tablet_goes_through_this_door(here, device):
    device = seated_device(here)
    asked = {
        "write_card": {},
        "set_table": {"people": {"HC": 2}},
        "write_line": {"type": "HC", "text": "電話を", "key": "line"},
        "accept_rules": {},
        "set_ready": {"ready": True},
    }
    assert {verb: sent(device, _asked(verb=verb, **fields))[0] for verb, fields in asked.items()} == dict.fromkeys(
        asked, 200
    )
    base = here.conference(LOG).cards["card-0001"].revision
    assert sent(device, _asked(verb="withdraw_card", card="card-0001", base=base))[0] == 200
    assert {*asked, "withdraw_card"} <= set(SEAT_VERBS)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_refusal_names_every_wrong_field_in_the_visitors_language(here, device, language):
    device = seated_device(here)
    device.get(f"/lang/{language}")
    fields = {"scene": 9, "type": "X", "stage": "S2", "can": "あ" * 401}
    assert sent(device, _asked(fields=fields)) == (
        422,
        {
            "refused": [
                say(language, "refused.card.scene_closed"),
                say(language, "refused.card.type", found="X"),
                say(language, "refused.card.long", most=400, length=401),
            ],
            "fields": ["scene", "type", "can"],
        },
    )
    assert here.conference(LOG).cards == {}


def test_a_refusal_as_a_whole_names_no_field(here, device):
    here.send(LOG, commands.end_conference, FACILITATOR)
    assert sent(seated_device(here), _asked()) == (
        422,
        told_of("conference.ended"),
    )


def test_f23_a_seat_of_another_device_is_not_written_for(here, device):
    foreign = say("ja", "refused.seat.unknown")
    for asking in (a_device(), seated_device(here, THREE), with_grants(here, organiser=True, leads=[LOG])):
        assert sent(asking, _asked(ONE.seat)) == (403, {"refused": [foreign], "fields": []})
    other_log = {**_asked(), "log": "2024-04-01-AAAAAA"}
    assert sent(seated_device(here), other_log)[0] == 403
    assert here.conference(LOG).cards == {}


def test_a_device_without_cookies_writes_with_its_token_and_only_for_that_seat(here, device):
    token = here.sign({"carry": [LOG, ONE.seat]})
    assert sent(a_device(), {**_asked(), "token": token})[0] == 200
    assert sent(a_device(), {**_asked(TWO.seat), "token": token})[0] == 403
    for wrong in (here.sign({"hand": [LOG, ONE.seat]}), aged(here, {"carry": [LOG, ONE.seat]}, DAY + 60), "x", None, 5):
        assert sent(a_device(), {**_asked(card="card-0002"), "token": wrong})[0] == 403


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://testserver:81", "null", "http://testserver.evil.example"]
)
def test_f23_another_site_sends_nothing_through_a_visitors_browser(here, device, origin):
    assert sent(seated_device(here), _asked(), origin=origin) == (403, told_of("origin"))
    assert here.conference(LOG).cards == {}


def test_without_an_origin_nothing_is_taken(here, device):
    assert seated_device(here).post("/do", json=_asked()).status_code == 403


def test_f09_a_card_that_comes_after_its_tablet_was_moved_is_its_former_tables(here, device):
    device = seated_device(here)
    here.send(LOG, commands.move_seat, ONE, seat=ONE.seat, group=2)
    for card, group in (("card-1001", 1), ("card-1002", 2), ("card-1003", None)):
        asked = _asked(card=card, key=card)
        assert sent(device, {**asked, "group": group} if group else asked)[0] == 200
    cards_of = {card.id: card.group for card in here.conference(LOG).cards.values()}
    assert cards_of == {"card-1001": 1, "card-1002": 2, "card-1003": 2}
    assert sent(device, {**_asked(card="card-1004", key="card-1004"), "group": 3})[0] == 422


@pytest.mark.parametrize("group", ["1", [1], 1.0, {}, None, True])
def test_a_group_that_is_no_number_is_no_form(here, device, group):
    assert sent(seated_device(here), {**_asked(), "group": group}) == (400, told_of("no_form"))


def test_f18_what_is_far_too_long_is_said_to_be(here, device):
    device = seated_device(here)
    assert sent(device, _asked(fields=card_fields(can="あ" * MOST_BYTES))) == (413, told_of("too_much"))


MALFORMED = {
    "nothing": b"",
    "no JSON": b"can=x",
    "half": b'{"log": "',
    "not UTF-8": b'{"log": "\xff"}',
    "a list": b"[]",
    "a number": b"5",
    "a text": b'"x"',
    "null": b"null",
    "no fields of ours": b"{}",
    "no verb": json.dumps({"log": LOG, "seat": ONE.seat}).encode(),
    "very deep": b"[" * 60_000,
    "fields that are a list": json.dumps({**_asked(), "fields": [1]}).encode(),
    "fields that are a text": json.dumps({**_asked(), "fields": "can"}).encode(),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_what_is_no_command_is_refused_as_such(here, device, name):
    answer = seated_device(here).post("/do", content=MALFORMED[name], headers=OWN)
    assert (answer.status_code, answer.json()) == (400, told_of("no_form"))


@pytest.mark.parametrize(
    "verb",
    ["open_conference", "open_step", "hide_card", "move_seat", "end_conference", "__class__", "", ["write_card"]],
)
def test_f23_no_other_verb_goes_through_a_tablets_door(here, device, verb):
    revision = here.store.revision(LOG)
    assert sent(seated_device(here), {**_asked(), "verb": verb}) == (400, told_of("no_form"))
    assert here.store.revision(LOG) == revision


@pytest.mark.parametrize(
    ("verb", "fields"),
    [
        ("write_card", {}),
        ("write_card", {"card": 5, "fields": {}}),
        ("write_card", {"card": "card-0001", "fields": ["can"]}),
        ("write_card", {"card": "card-0001", "fields": "can"}),
        ("write_card", {"card": "card-0001", "fields": card_fields(), "who": "organiser"}),
        ("write_card", {"card": "card-0001", "fields": card_fields(), "key": 7}),
        ("set_table", {"people": ["HC"]}),
        ("set_table", {"people": {"HC": "two"}}),
        ("write_line", {"type": "HC", "text": None}),
        ("set_ready", {"ready": True, "conference": {}}),
        ("set_ready", {"ready": 1}),
        ("set_ready", {"ready": "yes"}),
        ("set_table", {"people": {"HC": 1.5}}),
        ("set_table", {"people": {"HC": True}}),
        ("write_card", {"card": "card-0001", "fields": card_fields(scene=True)}),
        ("write_card", {"card": "card-0001", "fields": card_fields(consent="yes")}),
        ("review_map", {"note": "note-0001", "about": 1.5, "text": "話す"}),
        ("review_map", {"note": "note-0001", "about": True, "text": "話す"}),
    ],
)
def test_fields_of_the_wrong_kind_are_refused_and_break_nothing(here, device, verb, fields):
    asked = {"log": LOG, "seat": ONE.seat, "verb": verb, "fields": fields}
    revision = here.store.revision(LOG)
    status, told = sent(seated_device(here), asked)
    assert (status, told["refused"]) == (422, [say("ja", "refused.form", found=name) for name in told["fields"]])
    assert told["fields"]
    assert here.store.revision(LOG) == revision


LONE = "\ud800"


@pytest.mark.parametrize(
    ("verb", "fields"),
    [
        ("write_card", {"card": "card-0001", "fields": card_fields(type=f"X{LONE}")}),
        ("set_table", {"people": {f"X{LONE}": 1}}),
        ("write_line", {"type": f"X{LONE}", "text": "話す"}),
        ("write_line", {"type": "HC", "text": "話す", f"more{LONE}": 1}),
        ("keep_words", {"about": LONE, "base": 1}),
    ],
)
def test_f19_a_lone_surrogate_is_refused_in_words_that_can_be_sent(here, device, verb, fields):
    status, told = sent(seated_device(here), {"log": LOG, "seat": ONE.seat, "verb": verb, "fields": fields})
    assert status == 422 and told["refused"]


def test_f19_a_lone_surrogate_in_words_is_left_out_and_harms_no_file(here, device):
    device = seated_device(here)
    assert sent(device, _asked(fields=card_fields(can=f"話{LONE}す")))[0] == 200
    assert here.conference(LOG).cards["card-0001"].can == "話す"
    assert with_grants(here, organiser=True).get(f"/record/{LOG}").status_code == 200


def test_a_token_a_seat_and_a_log_of_lone_surrogates_are_nobodys(here, device):
    for name in ("token", "seat", "log"):
        assert sent(a_device(), {**_asked(), name: LONE})[0] == 403


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 5000])
def test_a_number_that_no_log_can_hold_is_no_form(here, device, number):
    content = json.dumps(_asked(base=7)).replace("7", number).encode()
    assert seated_device(here).post("/do", content=content, headers=OWN).status_code == 400


def test_a_revision_that_no_log_reaches_has_the_page_run(here, device):
    assert seated_device(here).get(f"/parts/{LOG}/group-1?run={'9' * 5000}").json() == {"run": True}


def test_a_key_that_no_index_holds_is_refused(here, device):
    revision = here.store.revision(LOG)
    assert sent(seated_device(here), _asked(verb="write_line", type="HC", text="話す", key="k" * 3000))[0] == 422
    assert here.store.revision(LOG) == revision


def test_an_advisers_star_is_yes_or_no(here, device):
    here.send(LOG, cards.write_card, ONE, card="card-0001", fields=card_fields())
    advising = with_grants(here, advises=[LOG], roles={LOG: "医師"}, device="d")
    for starred in ("yes", 1, None):
        asked = _asked("", "star", card="card-0001", starred=starred)
        assert sent(advising, asked)[0] == 422
    assert here.conference(LOG).stars == ()


def test_only_a_post_does_something(here, device):
    assert seated_device(here).get("/do", headers=OWN).status_code == 405


# --- the record, health, language ------------------------------------------------------------------------------------


def test_the_record_is_for_those_who_lead(here, device):
    for leading in (with_grants(here, organiser=True), with_grants(here, leads=[LOG])):
        answer = leading.get(f"/record/{LOG}")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''record-{LOG}.html"
        assert say("ja", "fictional.short") in answer.text
    shown = with_grants(here, organiser=True).get(f"/record/{LOG}?show=1&lang=en")
    assert shown.headers["content-disposition"].startswith("inline;")
    assert say("en", "fictional.short") in shown.text


def test_f23_for_everybody_else_there_is_no_record(here, device):
    for other in (a_device(), seated_device(here), with_grants(here, leads=["2024-04-01-AAAAAA"], walls=[LOG])):
        assert (other.get(f"/record/{LOG}").status_code, other.get(f"/record/{LOG}").text) == (404, "404")


@pytest.mark.parametrize("log", ["2024-01-01-KKKKKK", "house", "..%2f..%2fetc%2fpasswd"])
def test_a_conference_that_is_not_there_has_no_record(here, device, log):
    assert with_grants(here, organiser=True).get(f"/record/{log}").status_code == 404


def test_health_tells_what_a_watcher_needs_and_nothing_else(here, device):
    assert device.get("/healthz").json() == {"status": "ok", "schema": 0, "store": "memory"}


def test_a_language_is_kept_on_the_device_and_the_visitor_goes_on_where_they_were(here, device):
    answer = device.get("/lang/en?to=/tablet%3Fs%3Dab%26t%3Dx")
    assert goes_to(answer) == ("/tablet", {"s": "ab", "t": "x"})
    assert device.cookies["kaigi_language"] == "en"
    assert goes_to(device.get("/join/nothing"))[1]["lang"] == "en"


def test_a_language_that_is_not_spoken_is_not_kept(here, device):
    assert goes_to(device.get("/lang/xx?to=/open")) == ("/open", {})
    assert "kaigi_language" not in device.cookies


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "evil.example",
        "javascript:alert(1)",
        " //evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/%09/evil.example",
        "/\r\nSet-Cookie: kaigi=x",
        "",
    ],
)
def test_the_switch_of_language_leads_to_no_other_site(here, device, to):
    answer = device.get("/lang/en", params={"to": to})
    where = answer.headers["location"]
    assert answer.status_code == 303
    assert re.match(r"/(?![/\\])", where), where
    assert not re.search(r"[\s\\]", where)
    assert "evil.example" not in (urlsplit(where).netloc, urlsplit(where.replace("%09", "").replace("%0A", "")).scheme)
    assert COOKIE not in answer.cookies


# --- every answer ----------------------------------------------------------------------------------------------------

ANSWERS = (
    "/healthz",
    f"/join/{CODE}",
    "/join/nothing",
    "/seated",
    "/leave",
    "/lang/en",
    f"/record/{LOG}",
    "/do",
    "/nowhere",
    f"/assets/{assets_version()}/look.css",
    f"/assets/{assets_version()}/nothing.js",
)


@pytest.mark.parametrize("address", ANSWERS)
def test_f21_every_answer_carries_its_policy(here, device, address):
    carried(device.get(address))


@pytest.mark.parametrize("answer", ["/record", "/do"])
def test_f21_also_those_that_are_given_to_a_few(here, device, answer):
    if answer == "/do":
        carried(seated_device(here).post("/do", json=_asked(), headers=OWN))
        carried(seated_device(here).post("/do", json={}, headers=OWN))
    else:
        carried(with_grants(here, organiser=True).get(f"/record/{LOG}?show=1"))


def carried(response):
    headers = response.headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert (policy["default-src"], policy["img-src"], policy["object-src"], policy["frame-ancestors"]) == (
        "'self'",
        "'self' data: blob:",
        "'none'",
        "'self'",
    )
    assert [headers[name] for name in ("x-content-type-options", "x-frame-options", "referrer-policy")] == [
        "nosniff",
        "SAMEORIGIN",
        "same-origin",
    ]


def test_assets_are_kept_for_a_year_at_an_address_that_changes_with_them(here, device):
    answer = device.get(f"/assets/{assets_version()}/look.css")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "public, max-age=31536000, immutable")
    assert device.get("/assets/000000000000/look.css").status_code == 404
    assert device.get(f"/assets/{assets_version()}/..%2fhouse.py").status_code == 404


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8501", "testserver.evil.example", "", "localhost.evil.example", "8.8.8.8"]
)
def test_a_name_this_machine_does_not_answer_to_is_refused(here, device, host):
    answer = device.get("/healthz", headers={"host": host})
    assert (answer.status_code, answer.text) == (421, "421 unknown host")
    carried(answer)


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8501", "127.0.0.1:8501", "[::1]:8501", "[::1]", "LOCALHOST:8501"]
)
def test_the_machines_own_names_are_answered(here, device, host):
    assert device.get("/healthz", headers={"host": host}).status_code == 200


def test_further_names_can_be_allowed(here, device, monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "kaigi.example.jp, Other.Example")
    names = ("kaigi.example.jp", "other.example:8501", "third.example")
    assert [a_device().get("/healthz", headers={"host": name}).status_code for name in names] == [200, 200, 421]


# --- the change stream -----------------------------------------------------------------------------------------------


@pytest.fixture
def stream(here):
    """The organiser's browser, whose sockets all live in one loop, as they do in the server."""
    hosted(here)
    with with_grants(here, organiser=True) as device:
        yield device


def listening(device, view, log=LOG):
    return device.websocket_connect(f"/live/{log}/{view}")


def heard(socket):
    """The next number a listener is told; a failure, not a test that never ends, where none comes."""

    async def soon():
        with fail_after(5):
            return await socket._send_rx.receive()

    return int(socket.portal.call(soon)["text"])


def write(here, who, card):
    return here.send(LOG, cards.write_card, who, card=card, fields=card_fields()).revision


def test_a_listener_hears_the_revision_at_once_and_again_after_a_commit(here, stream):
    with listening(stream, "lead") as lead:
        assert heard(lead) == here.store.revision(LOG)
        revision = write(here, ONE, "card-0001")
        assert heard(lead) == revision


def test_only_the_views_that_see_a_change_hear_of_it(here, stream):
    with (
        listening(stream, "group-1") as first,
        listening(stream, "group-2") as second,
        listening(stream, "projector") as wall,
    ):
        before = {heard(socket) for socket in (first, second, wall)}
        written = write(here, ONE, "card-0001")
        assert [heard(socket) for socket in (first, wall)] == [written, written]
        everybody = here.send(LOG, commands.set_venue, FACILITATOR, room="相談室").revision
        assert [heard(socket) for socket in (first, second, wall)] == [everybody] * 3
        shown = here.send(LOG, commands.show_on_projector, FACILITATOR, show="map").revision
        assert heard(wall) == shown
        last = write(here, TWO, "card-0002")
        assert [heard(socket) for socket in (second, wall)] == [last, last]
        assert len(before) == 1


def test_another_conference_is_not_heard_here(here, stream):
    other = "2024-04-01-AAAAAA"
    here.send(other, commands.open_conference, ORGANISER, **opening(code="AAAAAA"))
    with listening(stream, "lead") as mine, listening(stream, "lead", other) as theirs:
        assert (heard(mine) > 1, heard(theirs)) == (True, 1)
        revision = write(here, ONE, "card-0001")
        assert heard(mine) == revision
        here.send(other, commands.set_groups, ORGANISER, groups=4)
        assert heard(theirs) == 2


def test_a_name_nobody_opened_has_no_stream_and_leaves_nothing_behind(here, stream):
    with pytest.raises(WebSocketDisconnect), listening(stream, "lead", "2024-04-01-BBBBBB") as nobody:
        heard(nobody)
    assert "2024-04-01-BBBBBB" not in here.hub._listeners


def test_a_view_that_saw_nothing_since_comes_back_to_its_own_last_change(here, stream):
    last = here.hub.revision(LOG, "group-2")
    write(here, ONE, "card-0001")
    with listening(stream, "group-2") as second:
        assert heard(second) == last < here.store.revision(LOG)


def test_many_changes_at_once_are_few_numbers_rising_to_the_newest(here, stream):
    with listening(stream, "group-1") as first:
        start = heard(first)
        newest = [write(here, ONE, f"card-{n:04}") for n in range(40)][-1]
        numbers = [start]
        while numbers[-1] != newest:
            numbers.append(heard(first))
        assert numbers == sorted(set(numbers))


def test_two_commits_told_in_the_wrong_order_leave_the_higher_revision(here, stream):
    start = here.store.revision(LOG)
    for revision in (start + 2, start + 1):
        here.hub.publish(LOG, {"group-1": revision})
    assert here.hub.revision(LOG, "group-1") == start + 2


def test_the_house_knows_how_many_listen(here, stream):
    with listening(stream, "devices", "check") as one:
        heard(one)
        with listening(stream, "devices", "check") as two:
            heard(two)
            assert here.hub.listening("check", "devices") == 2
    stream.get("/healthz")
    assert here.hub.listening("check", "devices") == 0


def test_a_socket_under_a_foreign_name_is_closed(here, stream):
    with (
        pytest.raises(WebSocketDenialResponse) as closed,
        stream.websocket_connect(f"/live/{LOG}/lead", headers={"host": "evil.example"}),
    ):
        pass
    assert closed.value.status_code == 421
    carried(closed.value)
