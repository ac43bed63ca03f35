"""Guessing at the door (F22): how much is listened to in a minute, and who is never kept waiting."""

import random
from dataclasses import replace
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from meeting import ADVISER, CASES, FACILITATOR, LOG, ONE, ORGANISER, a_house, hosted, opening, refusal
from starlette.applications import Starlette
from starlette.testclient import TestClient, WebSocketDenialResponse
from test_routes import goes_to, granted, with_grants
from zxcvbn.matching import RANKED_DICTIONARIES

from facilitation import code as codes
from facilitation import commands, passwords, survey_commands
from facilitation.access import Refused
from facilitation.screen.headers import guard
from facilitation.screen.house import House, stand_in
from facilitation.screen.room import survey_path
from facilitation.screen.routes import routes
from facilitation.store.memory import MemoryStore
from facilitation.store.sqlite import SQLiteStore
from facilitation.store.tries import LIMITS, Tries
from facilitation.texts import say

CODE = "XN9P7T"
WRONG = [left + right + "AAAA" for left in codes.LETTERS for right in codes.LETTERS]
ALL = len(codes.LETTERS) ** codes.LENGTH


class Clock:
    """A clock that is put forward by hand."""

    def __init__(self, at=6_000_000):
        self.at = at

    def __call__(self):
        return self.at


@pytest.fixture
def clock():
    return Clock()


def heard(tries, what, device, found=None):
    """Whether somebody was listened to."""
    looked = []
    try:
        tries.listen(what, device, lambda: looked.append(1) or found)
    except Refused:
        assert not looked, "looked first and refused afterwards"
        return False
    return True


# --- the limits ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", LIMITS)
def test_a_device_is_heard_so_often_a_minute_and_again_in_the_next(clock, what):
    tries, most = Tries(MemoryStore(), clock), LIMITS[what].device
    assert [heard(tries, what, "one") for _ in range(most + 3)] == [True] * most + [False] * 3
    assert heard(tries, what, "two")
    clock.at += 60
    assert heard(tries, what, "one")


@pytest.mark.parametrize("what", LIMITS)
def test_devices_without_a_cookie_share_the_limit_of_the_house(clock, what):
    tries, most = Tries(MemoryStore(), clock), LIMITS[what].house
    assert sum(heard(tries, what, "") for _ in range(most + 20)) == most
    assert not heard(tries, what, "one")


def test_codes_and_passwords_are_counted_apart(clock):
    tries = Tries(MemoryStore(), clock)
    assert sum(heard(tries, "code", "") for _ in range(100)) == 60
    assert heard(tries, "password", "")


def test_what_is_right_is_never_counted(clock):
    tries = Tries(MemoryStore(), clock)
    assert all(heard(tries, "code", "one", found="it") for _ in range(500))


def test_a_refusal_says_when_to_come_back(clock):
    tries = Tries(MemoryStore(), clock)
    clock.at += 17
    for _ in range(10):
        heard(tries, "code", "one")
    assert refusal(tries.listen, "code", "one", lambda: "it") == ("tries.wait", {"seconds": 43})


def test_f22_a_restart_forgets_nothing_and_servers_on_one_store_count_together(tmp_path, clock):
    first, second = (SQLiteStore(tmp_path / "conferences.db") for _ in range(2))
    servers = [Tries(first, clock), Tries(second, clock)]
    assert sum(heard(servers[n % 2], "code", "") for n in range(90)) == 60
    first.close()
    again = SQLiteStore(tmp_path / "conferences.db")
    assert not heard(Tries(again, clock), "code", "")
    for store in (second, again):
        store.close()


def test_a_store_that_takes_no_writing_is_counted_in_memory(clock):
    class ForViewing(MemoryStore):
        read_only = True

        def add(self, names, minute):
            raise AssertionError("written into a read-only store")

    tries = Tries(ForViewing(), clock)
    assert sum(heard(tries, "password", "one") for _ in range(9)) == 5


# --- F22: four hours from fifty addresses ----------------------------------------------------------------------------

HOURS = 4 * 60
AT_MOST = 898
"""Wrong codes in any four hours, wherever they begin: 241 minutes are touched."""


def chance(asked, conferences):
    """Of at least one hit, bounded from above: `asked` different codes out of all, three open at each conference, the
    guests', the advisers' and its survey's."""
    return asked * 3 * conferences / ALL


def greedy(minute):
    """More than is ever heard, from fifty addresses, without a pause."""
    return 1.3


def in_bursts(minute):
    """More than a whole minute's worth now and then, so as to stay below what makes a house hear less."""
    return 2 if minute % 40 == 0 else 0


def patient(minute):
    """As many as are heard in the long run, then everything at once."""
    return 1 if minute % 120 > 100 else 0.06


def guessed(tries, clock, minutes, way):
    """How many were heard in each minute: half of the devices keep their cookies, half throw them away."""
    heard_in, due = [], 0.0
    for minute in range(minutes):
        due += 50 * way(minute)
        now, due = int(due), due - int(due)
        heard_in.append(sum(heard(tries, "code", f"device {n % 50}" if n % 2 else "") for n in range(now)))
        clock.at += 60
    return heard_in


@pytest.mark.parametrize("way", [greedy, in_bursts, patient], ids=lambda way: way.__name__)
def test_f22_four_hours_of_guessing_hardly_ever_open_a_door(clock, way):
    """In the worst four of eight hours, begun in the worst second of a minute."""
    tries = Tries(MemoryStore(), clock)
    clock.at += 59
    heard_in = guessed(tries, clock, 2 * HOURS, way)
    asked = max(sum(heard_in[n : n + HOURS + 1]) for n in range(len(heard_in) - HOURS))
    assert 0 < asked <= AT_MOST
    assert [chance(asked, conferences) <= 3e-4 for conferences in (1, 3, 20)] == [True] * 3


def test_f22_without_the_fewer_a_minute_twenty_conferences_would_be_found_too_easily(clock, monkeypatch):
    """The planted fault: as many in the fourth hour as in the first minute."""
    monkeypatch.setitem(LIMITS, "code", replace(LIMITS["code"], afterwards=60))
    asked = sum(guessed(Tries(MemoryStore(), clock), clock, HOURS + 1, greedy))
    assert (chance(asked, 1) <= 3e-4, chance(asked, 20) <= 3e-4) == (True, False)


def evening_of(rooms, wrong, clock, tries, seed=1):
    """Rooms of sixty that type in the same five minutes, some of them wrong and then right; how many had to wait."""
    drawn = random.Random(seed)
    typed = []
    for room in range(rooms):
        for guest in range(60):
            at, device = drawn.uniform(0, 300), f"{room}-{guest}" if drawn.random() < 0.5 else ""
            slips = 1 if guest < 60 * wrong else 0
            typed += [(at + 8 * n, None if n < slips else "it", device) for n in range(slips + 1)]
    start, waited = clock.at, 0
    for at, found, device in sorted(typed, key=lambda each: each[0]):
        clock.at = start + int(at)
        waited += not heard(tries, "code", device, found)
    return waited


@pytest.mark.parametrize(("rooms", "wrong"), [(1, 0.1), (1, 0.5), (3, 0.3), (20, 0.1)])
def test_f22_rooms_of_sixty_that_mistype_are_never_held_up(clock, rooms, wrong):
    assert evening_of(rooms, wrong, clock, Tries(MemoryStore(), clock)) == 0


def test_f22_one_evening_after_the_other_leaves_nothing_behind(clock):
    """Twenty rooms, and twenty more within the same four hours, are heard like the first."""
    tries = Tries(MemoryStore(), clock)
    assert [evening_of(20, 0.1, clock, tries, seed) for seed in range(3)] == [0, 0, 0]


def test_f22_when_the_guessing_stops_who_types_right_is_heard_at_once_and_some_may_mistype(clock):
    tries = Tries(MemoryStore(), clock)
    guessed(tries, clock, 30, greedy)
    assert all(heard(tries, "code", f"guest {n}", found="it") for n in range(60))
    assert [heard(tries, "code", "a guest") for _ in range(2)] == [True, False]
    clock.at += 60
    assert heard(tries, "code", "a guest", found="it")


def test_f22_four_hours_later_a_house_hears_as_many_as_before(clock):
    tries = Tries(MemoryStore(), clock)
    guessed(tries, clock, 12, greedy)
    clock.at += HOURS * 60
    assert sum(heard(tries, "code", "") for _ in range(80)) == 60


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 90), st.sampled_from(["", "a", "b", "c"]), st.booleans()), max_size=400),
    st.integers(0, 59),
)
def test_f22_in_no_minute_more_wrong_ones_are_heard_than_allowed(guesses, begin):
    clock = Clock(6_000_000 + begin)
    tries, wrong = Tries(MemoryStore(), clock), {}
    for pause, device, right in guesses:
        clock.at += pause // 30
        if heard(tries, "code", device, found="it" if right else None) and not right:
            for name in ("all", device):
                wrong[name, clock.at // 60] = wrong.get((name, clock.at // 60), 0) + 1
    assert all(n <= (60 if name in ("all", "") else 10) for (name, _), n in wrong.items())


# --- at the doors themselves -----------------------------------------------------------------------------------------


@pytest.fixture
def here(clock):
    house = a_house()
    house.tries = Tries(house.store, clock)
    stand_in(house)
    hosted(house)
    yield house
    stand_in(None)


def a_device(address="testclient"):
    app = Starlette(routes=routes(), middleware=guard())
    return TestClient(app, follow_redirects=False, client=(address, 50000))


def besiege(here, door="/join/"):
    """Fifty addresses that keep no cookie use up what the house listens to."""
    for n, code in enumerate(WRONG[:80]):
        answer = a_device(f"10.0.0.{n % 50}").get(door + code)
        assert (answer.status_code, answer.headers.get("location", "")[:2]) in ((303, "/?"), (404, ""), (429, ""))


def test_f22_a_device_is_told_kindly_to_wait_and_a_neighbour_behind_the_same_address_is_not(here):
    mine, neighbour = a_device("10.0.0.1"), a_device("10.0.0.1")
    for code in WRONG[:11]:  # the first one comes without a cookie
        assert "wrong" in goes_to(mine.get(f"/join/{code}"))[1]
    waits = goes_to(mine.get(f"/join/{CODE}"))
    assert waits == ("/", {"refused": "tries.wait", "wait": "60", "lang": "ja"})
    assert goes_to(neighbour.get(f"/join/{CODE}"))[0] == "/seated"


def test_f22_a_right_code_opens_nothing_either_while_the_house_is_besieged_and_does_a_minute_later(here, clock):
    besiege(here)
    guest = a_device()
    assert goes_to(guest.get(f"/join/{CODE}"))[1]["refused"] == "tries.wait"
    assert len(here.conference(LOG).seats) == 3
    clock.at += 60
    assert goes_to(guest.get(f"/join/{CODE}"))[0] == "/seated"


def test_f22_who_comes_by_the_qr_and_who_sits_already_never_waits(here):
    sitting = with_grants(here, seats=[[LOG, ONE.seat]])
    besiege(here)
    conference = here.conference(LOG)
    for _ in range(30):
        assert goes_to(a_device().get(f"/join/{CODE}?k={conference.secret}"))[0] == "/seated"
    assert goes_to(sitting.get(f"/join/{CODE}")) == ("/tablet", {"s": ONE.seat})
    assert goes_to(sitting.get(f"/join/{CODE}?more=1"))[0] == "/seated"
    adviser = a_device().get(f"/advise/{LOG}/{conference.adviser_code}?k={conference.adviser_key}")
    assert goes_to(adviser) == ("/advise", {"c": LOG})
    second = a_device().get(f"/lead/{LOG}/{conference.lead_key}")
    assert goes_to(second) == ("/facilitate", {"c": LOG})
    assert len(here.conference(LOG).secret) * 6 >= 64


def test_f22_a_wrong_secret_is_a_typed_code_and_is_counted(here):
    besiege(here)
    for key in ("x", "", here.conference(LOG).lead_key):
        assert goes_to(a_device().get(f"/join/{CODE}?k={key}"))[1]["refused"] == "tries.wait"


def test_f22_sixty_guests_who_type_the_right_code_at_once_all_get_in(here):
    answers = [goes_to(a_device().get(f"/join/{CODE}"))[0] for _ in range(60)]
    assert answers == ["/seated"] * 60


@pytest.mark.parametrize("door", ["/join/", f"/advise/{LOG}/", "/advise/2024-01-01-NOBODY/", "/s/"])
def test_f22_every_door_that_takes_a_typed_code_counts_with_the_others(here, door):
    besiege(here, door)
    for path in (f"/join/{CODE}", f"/join/{here.conference(LOG).adviser_code}"):
        assert goes_to(a_device().get(path))[1]["refused"] == "tries.wait"
    typed = f"/advise/{LOG}/{here.conference(LOG).adviser_code}"
    assert goes_to(a_device().get(typed))[1]["refused"] == "tries.wait"


@pytest.fixture
def survey(here):
    """A survey that takes answers."""
    log = here.surveys.open(ORGANISER, kind="visit", types=("HC",), date="2024-03-01")
    here.surveys.send(log, survey_commands.open_form, ORGANISER, form="visit")
    return here.surveys.survey(log)


def test_f22_sixty_phones_that_typed_a_survey_s_code_at_once_all_come_in_and_stay(here, survey):
    """Behind one address; what is right is never counted, and who is in holds the key."""
    doors = [a_device("10.0.0.1").get(f"/s/{survey.code}").headers["location"] for _ in range(60)]
    assert doors == [survey_path(survey)] * 60
    assert goes_to(a_device().get(f"/join/{survey.code}"))[0] == f"/s/{survey.code}"
    besiege(here, "/s/")
    phones = [a_device("10.0.0.1").get(door) for door in doors]
    assert [phone.status_code for phone in phones] == [200] * 60
    assert a_device().get(f"/s/{survey.code}/now?k={survey.key}").json()["states"]["visit"] == "open"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_f22_who_typed_wrong_survey_codes_is_asked_kindly_to_wait(here, clock, survey, language):
    device = a_device()
    assert [device.get(f"/s/{code}").status_code for code in WRONG[:11]] == [404] * 11  # the first without a cookie
    waits = device.get(f"/s/{survey.code}?lang={language}")
    assert waits.status_code == 429
    assert escape(say(language, "refused.tries.wait", seconds=60)) in waits.text
    assert escape(say(language, "answering.wait_title")) in waits.text
    assert goes_to(device.get(f"/join/{CODE}"))[1]["refused"] == "tries.wait"
    clock.at += 60
    assert device.get(f"/s/{survey.code}").status_code == 303


@pytest.mark.parametrize("what", ["now", "code", "known", "answer", "check"])
def test_f22_nothing_that_a_phone_asks_tells_which_surveys_exist(here, survey, what):
    def asks(code, key):
        path, headers = f"/s/{code}/{what}?k={key}", {"origin": "http://testserver"}
        answer = a_device().get(path) if what == "now" else a_device().post(path, json={}, headers=headers)
        return answer.status_code, answer.json()

    none = (422, {"refused": [say("ja", "refused.poll.none")], "fields": []})
    wrong = [(survey.code, ""), (survey.code, "x"), (survey.code, here.conference(LOG).secret), (WRONG[0], survey.key)]
    assert [asks(*each) for each in wrong] == [none] * 4
    assert asks(survey.code, survey.key) != none


def test_f22_a_survey_that_is_over_is_no_door_to_guess_at(here, survey):
    for form in ("pre", "visit"):
        here.surveys.send(survey.id, survey_commands.close_form, ORGANISER, form=form)
    assert a_device().get(f"/s/{survey.code}").status_code == 404
    assert a_device().get(survey_path(survey)).status_code == 200


def test_f22_the_key_of_a_survey_is_its_own_and_tells_nothing_of_what_marks_are_made_with(here, survey):
    other = here.surveys.open(ORGANISER, kind="visit", types=("HC",), date="2024-03-02")
    assert len(survey.key) * 4 >= 96 and survey.key != here.surveys.survey(other).key
    assert survey.key not in survey.secret and survey.secret not in survey.key


def test_an_advisers_code_opens_the_advisers_page_from_the_same_field_and_is_shut_with_the_conference(here):
    code = here.conference(LOG).adviser_code
    device = a_device()
    assert goes_to(device.get(f"/join/{code}")) == ("/advise", {"c": LOG})
    here.send(LOG, commands.end_conference, FACILITATOR)
    assert goes_to(a_device().get(f"/join/{code}"))[1]["wrong"] == code
    assert goes_to(device.get(f"/join/{code}")) == ("/advise", {"c": LOG})
    assert ADVISER.role == "adviser" and granted(here, device)["advises"] == [LOG]


def test_f22_the_change_stream_tells_nobody_which_codes_exist(here):
    """It is named by the conference's log, whose name holds the code: only who is in may listen."""
    for log in (LOG, "2024-03-01-AAAAAA"):
        for view in ("lead", "projector", "group-1"):
            with pytest.raises(WebSocketDenialResponse) as shut, a_device().websocket_connect(f"/live/{log}/{view}"):
                pass
            assert (shut.value.status_code, shut.value.text) == (403, "403")


def test_that_the_limit_was_reached_is_noted_once_a_minute(here):
    besiege(here)
    noted = [entry for entry in here.store.entries("house") if entry.kind == "limit_reached"]
    assert 1 <= len(noted) <= 2
    assert {(entry.author, entry.body["what"]) for entry in noted} == {("house", "code")}


# --- the password ----------------------------------------------------------------------------------------------------


def test_a_right_password_is_refused_as_well_after_too_many_wrong_ones(here, clock):
    assert [here.password_is(f"wrong {n}", "one") for n in range(5)] == [False] * 5
    assert refusal(here.password_is, here.new_password, "one")[0] == "tries.wait"
    assert here.password_is(here.new_password, "two")
    clock.at += 60
    assert here.password_is(here.new_password, "one")


def test_at_most_two_passwords_are_checked_at_once(monkeypatch):
    import threading
    import time

    inside, most, lock = [0], [0], threading.Lock()

    class Slow:
        def verify(self, kept, typed):
            with lock:
                inside[0] += 1
                most[0] = max(most[0], inside[0])
            time.sleep(0.02)
            with lock:
                inside[0] -= 1
            return True

    monkeypatch.setattr(passwords, "PasswordHasher", Slow)
    threads = [threading.Thread(target=passwords.fits, args=("x", "y")) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [2]


@pytest.mark.parametrize(
    ("typed", "again", "key"),
    [
        ("short", "short", "new_password.length"),
        ("あ" * 11, "あ" * 11, "new_password.length"),
        ("x" * 201, "x" * 201, "new_password.length"),
        ("aaaabbbbcccc", "aaaabbbbcccc", "new_password.common"),
        ("つなぐ事例検討会の鍵です", "つなぐ事例検討会の鍵でず", "new_password.again"),
    ],
)
def test_a_new_password_is_long_enough_uncommon_and_typed_twice_the_same(typed, again, key):
    assert refusal(passwords.acceptable, typed, again)[0] == key


LEAKED = """1234567890123456789 12345678901234567890 102030405060 123456789123456 1q2w3e4r5t6y abc123456789
    administrator changeme1234 combat123654 demon1q2w3e4r5t gettherefast internazionale password1234 p@ssword1234
    passwordpassword playstation2 qwertyasdfgh qwertyuiop123 welcome12345"""
"""Of twelve characters and more, from lists of what was found in leaks."""

OURS = "hokenjo20240301 hokenjo-hokenjo 事例検討会パスワード2024 kaigikaigikaigi ああああああああああああ"


@pytest.mark.parametrize("typed", [*LEAKED.split(), *OURS.split()])
def test_a_password_that_is_widely_used_or_made_of_what_stands_on_the_door_is_refused(typed):
    assert refusal(passwords.acceptable, typed, typed) == ("new_password.common", {})


def test_no_password_of_the_known_thirty_thousand_is_taken():
    """Also in capitals, in full width and with a digit behind it."""
    known = [password for password in RANKED_DICTIONARIES["passwords"] if len(password) >= passwords.LEAST - 1]
    assert len(known) > 300
    full = {n: n + 0xFEE0 for n in range(0x21, 0x7F)}
    tried = [(each, each.upper(), each.translate(full), f"{each}1") for each in known]
    assert [each for several in tried for each in several if len(each) >= passwords.LEAST and taken(each)] == []


def taken(password):
    try:
        return passwords.acceptable(password, password) == password
    except Refused:
        return False


@pytest.mark.parametrize(
    "chosen",
    [
        "つなぐ 事例検討会の 鍵です",
        "correct horse battery staple",
        "合い言葉は春の野原です。",
        "XN9-P7T-4KD-W3Y",
        "春の野原を三人で歩いた日の空は、まだ少し寒かった。" * 3,
    ],
)
def test_a_long_password_is_taken_as_it_is_whatever_its_characters(chosen):
    assert passwords.acceptable(f" {chosen} ", f"{chosen}\n") == chosen


def test_what_is_no_hash_of_ours_fits_nothing_and_a_huge_text_is_not_even_hashed(monkeypatch):
    assert not passwords.fits("x", "no hash at all")
    monkeypatch.setattr(passwords, "PasswordHasher", None)
    assert not passwords.fits("x" * 201, "$argon2id$")


def test_a_second_house_on_the_store_knows_the_new_password_at_once(here):
    other = House(here.store, CASES)
    here.set_password("合い言葉は春の野原です")
    assert other.password_is("合い言葉は春の野原です")
    assert not other.password_is(here.new_password)


def test_a_second_conference_can_be_opened_beside(here):
    """The door finds each by its own code."""
    here.send("2024-04-01-AAAAAA", commands.open_conference, ORGANISER, **opening(code="AAAAAA"))
    path, query = goes_to(a_device().get("/join/AAAAAA"))
    assert (path, query["s"] in here.conference("2024-04-01-AAAAAA").seats) == ("/seated", True)
