"""What a device was given ends a day later, by a clock that no jump of the wall moves."""

import time

import pytest
from meeting import CASES, LOG
from test_house import aged, without_moments
from test_routes import OWN, a_device, goes_to

from facilitation.screen import tokens
from facilitation.screen.grants import MOST, give, held
from facilitation.screen.house import House
from facilitation.screen.tokens import DAY
from facilitation.screen.visit import COOKIE

HOUR = 3600
EVERYTHING = {"organiser": 1, "leads": [LOG], "advises": [LOG], "seats": [[LOG, "seat-one"]], "walls": [LOG]}


@pytest.fixture
def wall(monkeypatch):
    """The wall clock, to be moved by seconds."""
    moved, real = [0], time.time
    monkeypatch.setattr(time, "time", lambda: real() + moved[0])
    return moved


@pytest.fixture
def passing(monkeypatch):
    """Time that really goes by, in seconds."""
    gone, real = [0.0], tokens._ticks
    monkeypatch.setattr(tokens, "_ticks", lambda: real() + gone[0])
    return gone


def a_card(device, seat="seat-one"):
    """What a tablet hears that sends."""
    asked = {"log": LOG, "seat": seat, "verb": "set_ready", "fields": {"group": 1, "step": 1, "ready": True}}
    return device.post("/do", json=asked, headers=OWN).status_code


# --- clocks, F13 -----------------------------------------------------------------------------------------------------

JUMPS = {"back 1 s": -1, "back 1 h": -HOUR, "back 1 d": -DAY, "ahead 1 d": DAY + 1, "ahead 2 d": 2 * DAY}


@pytest.mark.parametrize("seconds", [*JUMPS.values(), -time.time()], ids=[*JUMPS, "1970"])
def test_f13_a_wall_clock_that_jumps_throws_no_device_out(here, wall, seconds):
    device, before = a_device(), a_device()
    before.cookies.set(COOKIE, here.sign({**EVERYTHING, "device": "before"}))
    carried, ticket = here.sign({"carry": [LOG, "seat-one"]}), here.sign({"enter": "password"})
    wall[0] = seconds
    after = here.sign({**EVERYTHING, "device": "after"})
    assert without_moments(here.allowed(before.cookies[COOKIE])) == {**EVERYTHING, "device": "before"}
    assert without_moments(here.allowed(after)) == {**EVERYTHING, "device": "after"}
    assert here.signed(carried) and here.signed(ticket, max_age=60)
    assert before.get(f"/record/{LOG}").status_code == 200
    assert device.get(f"/record/{LOG}").status_code == 404
    assert a_card(before) != 403 and a_card(device) == 403
    wall[0] = 0
    assert without_moments(here.allowed(after)) == {**EVERYTHING, "device": "after"}


def test_f13_a_house_that_starts_again_with_its_clock_behind_knows_its_devices(here, wall):
    cookie = here.sign({**EVERYTHING, "device": "x"})
    for behind in (HOUR, 2 * DAY):
        wall[0] = -behind
        again = House(here.store, CASES)
        assert without_moments(again.allowed(cookie)) == {**EVERYTHING, "device": "x"}
        assert again.signed(here.sign({"carry": [LOG, "seat-one"]}))


def test_f13_two_servers_whose_clocks_differ_take_each_others_cookies(here, wall):
    wall[0] = 90
    ahead = House(here.store, CASES)
    assert here.allowed(ahead.sign({"leads": [LOG]}))["leads"] == [LOG]
    assert ahead.allowed(here.sign({"leads": [LOG]}))["leads"] == [LOG]


def test_f13_by_the_wall_clock_alone_they_would_be_out(here, wall, monkeypatch):
    monkeypatch.setattr(tokens, "steady", lambda: lambda: time.time())
    planted = House(here.store, CASES)
    cookie = planted.sign(EVERYTHING)
    wall[0] = DAY + 2
    assert planted.allowed(cookie) == {} and here.allowed(cookie)


def test_time_that_really_goes_by_ends_what_was_given(here, passing):
    cookie, ticket = here.sign(EVERYTHING), here.sign({"enter": "password"})
    passing[0] = 62
    assert here.signed(ticket, max_age=60) == {} and here.allowed(cookie)
    passing[0] = DAY - 10
    assert without_moments(here.allowed(cookie)) == EVERYTHING
    passing[0] = DAY + 2
    assert here.allowed(cookie) == {}


# --- each for a day --------------------------------------------------------------------------------------------------


def test_going_through_another_door_does_not_prolong_what_a_device_had(here, passing):
    device = a_device()
    device.get(f"/enter/{here.start_key}")
    device.get(f"/lead/{LOG}/{here.conference(LOG).lead_key}")
    passing[0] = 23.5 * HOUR
    path, _ = goes_to(device.get(f"/join/{LOG[-6:]}"))
    assert path == "/seated"
    passing[0] = 24 * HOUR - 10
    assert set(here.allowed(device.cookies[COOKIE])) == {"device", "organiser", "leads", "seats", "given"}
    passing[0] = 24 * HOUR + 10
    left = here.allowed(device.cookies[COOKIE])
    assert set(left) == {"device", "seats", "given"}
    assert device.get(f"/record/{LOG}").status_code == 404 and a_card(device, left["seats"][0][1]) != 403
    device.get(f"/advise/{LOG}/x?k={here.conference(LOG).adviser_key}")
    passing[0] = 47.5 * HOUR + 10
    assert set(here.allowed(device.cookies[COOKIE])) == {"device", "advises", "given"}


@pytest.mark.parametrize(
    ("door", "kind"), [("/enter/{start}", "organiser"), ("/lead/{log}/{lead}", "leads"), ("/seat/{hand}", "seats")]
)
def test_who_comes_in_again_by_the_same_door_has_a_whole_day_again(here, passing, door, kind):
    def come_in(device):
        keys = {"start": here.start_key, "log": LOG, "lead": here.conference(LOG).lead_key}
        device.get(door.format(**keys, hand=here.sign({"hand": [LOG, "seat-one"]})))

    once, twice = a_device(), a_device()
    come_in(once)
    come_in(twice)
    passing[0] = 20 * HOUR
    come_in(twice)
    passing[0] = 43 * HOUR
    assert kind not in here.allowed(once.cookies[COOKIE])
    found = here.allowed(twice.cookies[COOKIE])
    assert found[kind] in (1, [LOG], [[LOG, "seat-one"]]), "once, not twice"


def test_an_older_cookie_without_moments_holds_for_a_day_from_its_signing(here):
    young, old = (aged(here, {**EVERYTHING, "device": "x"}, seconds) for seconds in (23 * HOUR, 25 * HOUR))
    assert without_moments(here.allowed(young)) == {**EVERYTHING, "device": "x"}
    assert here.allowed(old) == {}
    device = a_device()
    device.cookies.set(COOKIE, young)
    moments = here.allowed(device.get(f"/join/{LOG[-6:]}?more=1").cookies[COOKIE])["given"]
    assert sorted(round((here.moment() - at) / HOUR) for at in moments.values()) == [0, 23, 23, 23, 23, 23]


def test_moments_of_what_fell_out_of_the_cookie_go_with_it():
    granted = {}
    for number in range(MOST + 2):
        granted = give(granted, "seats", [LOG, f"s{number}"], float(number))
    kept = held(granted, 0.0, 20.0)
    assert [seat for _, seat in kept["seats"]] == list(kept["given"]) == [f"s{number}" for number in range(2, MOST + 2)]
    assert held(granted, 0.0, DAY + MOST + 0.5)["seats"] == [[LOG, f"s{MOST + 1}"]]
    assert held(granted, 0.0, 2 * DAY) == {}
