"""The house of one server: its password and tokens, its clock, and how conferences are found in it."""

import time
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from itsdangerous import TimestampSigner, URLSafeTimedSerializer
from meeting import CASES, FACILITATOR, ORGANISER, opening, refusal

from facilitation import commands
from facilitation.calendar import written
from facilitation.code import shown
from facilitation.conference import Conference
from facilitation.entries import Draft
from facilitation.screen import house as houses
from facilitation.screen.house import House, house, stand_in
from facilitation.screen.start import greet
from facilitation.screen.tokens import DAY, Tokens
from facilitation.store import ReadOnly
from facilitation.store.memory import MemoryStore


@pytest.fixture
def store():
    return MemoryStore()


@pytest.fixture
def here(store):
    return House(store, CASES)


def opened(here, code="XN9P7T", date="2024-03-01", **other):
    log = f"{date}-{code}"
    here.send(log, commands.open_conference, ORGANISER, **opening(code=code, date=date, **other))
    return log


# --- the first start -------------------------------------------------------------------------------------------------


def test_the_first_start_draws_a_password_and_no_later_one_does(here, store):
    again = House(store, CASES)
    assert (len(here.new_password), again.new_password) == (15, "")
    assert [again.password_is(word) for word in (here.new_password, f" {here.new_password}\n", "", "xn9", "admin")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert House(MemoryStore(), CASES).new_password != here.new_password


def test_the_password_stands_nowhere_in_the_store(here, store):
    assert here.new_password not in repr(store.entries(houses.LOG))


def test_the_password_is_said_once_and_the_start_link_at_every_start(here, store, capsys):
    greet(here)
    first = capsys.readouterr().out
    greet(House(store, CASES))
    second = capsys.readouterr().out
    assert (here.new_password in first, here.new_password in second) == (True, False)
    assert (f"/enter/{here.start_key}" in first, "/enter/" in second, here.start_key in second) == (True, True, False)


def test_a_new_password_takes_the_place_of_the_old_one_and_outlives_a_restart(here, store):
    here.set_password(" あたらしい合い言葉です \n")
    for each in (here, House(store, CASES)):
        assert each.password_is("あたらしい合い言葉です")
        assert not each.password_is(here.new_password)


def without_moments(granted):
    """What a device may do, but for since when."""
    return {name: value for name, value in granted.items() if name != "given"}


def test_a_new_password_ends_what_organisers_were_granted_before_and_nothing_else(here, store):
    old = here.sign({"organiser": here.keyring.turn, "seats": [["a", "b"]], "leads": ["a"]})
    here.set_password("あたらしい合い言葉です")
    new = here.sign({"organiser": here.keyring.turn})
    for each in (here, House(store, CASES)):
        assert without_moments(each.allowed(old)) == {"seats": [["a", "b"]], "leads": ["a"]}
        assert without_moments(each.allowed(new)) == {"organiser": 2}


def test_a_house_of_older_days_keeps_its_keys_behind_later_notes(here, store):
    """Settings were written whole, and read off the last entry whatever it was."""
    keys = here.keyring
    old = MemoryStore()
    for password in ("first", keys.password):
        settings = Draft("settings", "house", {"secret": keys.secret, "password": password})
        old.append(houses.LOG, "house", [settings], old.revision(houses.LOG), "2024-03-01T05:00:00Z")
    again = House(old, CASES)
    again.note("organiser", "signed_in", how="link")
    again.note("organiser", "downloaded", what="record", conference="2024-03-01-XN9P7T")
    restarted = House(old, CASES)
    assert (restarted.keyring, restarted.new_password) == (keys, "")
    assert restarted.password_is(here.new_password)


def test_of_two_servers_that_start_at_once_on_one_store_one_draws_the_password():
    class Late(MemoryStore):
        """To the second server the store looks empty until the first has written."""

        def revision(self, log):
            seen = super().revision(log)
            if seen and not getattr(self, "asked", False):
                self.asked = True
                return 0
            return seen

    store = Late()
    first = House(store, CASES)
    store.asked = False
    second = House(store, CASES)
    assert (bool(first.new_password), second.new_password) == (True, "")
    assert second.keyring == first.keyring
    assert second.password_is(first.new_password)


def test_a_note_that_cannot_be_written_stands_in_nobodys_way(here, store):
    store.append = lambda *args: (_ for _ in ()).throw(ReadOnly(path="x"))
    here.note("organiser", "signed_in", how="link")
    assert [entry.kind for entry in store.entries(houses.LOG)] == ["settings"]


def test_settings_are_no_conference(here):
    assert (here.conferences(), here.conference(houses.LOG).opened) == ([], False)


# --- tokens ----------------------------------------------------------------------------------------------------------


def aged(here, what, seconds):
    """A token of this house that was made `seconds` ago."""

    class Earlier(TimestampSigner):
        def get_timestamp(self):
            return super().get_timestamp() - seconds

    return URLSafeTimedSerializer(here.keyring.secret, salt="kaigi", signer=Earlier).dumps(what)


def test_a_token_says_what_was_signed_also_after_a_restart(here, store):
    what = {"seats": [["2024-03-01-XN9P7T", "ab12"]], "leads": []}
    assert here.signed(here.sign(what)) == House(store, CASES).signed(here.sign(what)) == what


def test_f10_a_house_that_draws_new_keys_at_a_start_would_be_seen(here, store, monkeypatch):
    """The planted fault: after a restart no tablet has its seat any more."""
    monkeypatch.setattr(houses, "Tokens", lambda secret: Tokens(f"{secret} of another start"))
    with pytest.raises(AssertionError):
        test_a_token_says_what_was_signed_also_after_a_restart(here, store)


def test_a_token_changed_in_one_letter_says_nothing(here):
    token = here.sign({"organiser": True})
    for at in range(0, len(token) - 1):  # the last letter carries bits that mean nothing
        other = "A" if token[at] != "A" else "B"
        assert here.signed(token[:at] + other + token[at + 1 :]) == {}


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "eyJvcmdhbmlzZXIiOnRydWV9", "\u3042", "." * 5000])
def test_what_is_no_token_says_nothing(here, token):
    assert here.signed(token) == {}


def test_a_token_of_another_house_or_of_no_mapping_says_nothing(here):
    assert here.signed(House(MemoryStore(), CASES).sign({"organiser": True})) == {}
    assert here.signed(aged(here, ["organiser"], 0)) == {}


def test_a_token_grows_old(here):
    assert here.signed(aged(here, {"enter": True}, 50), max_age=60) == {"enter": True}
    assert here.signed(aged(here, {"enter": True}, 70), max_age=60) == {}
    assert here.signed(aged(here, {"seats": []}, DAY + 10)) == {}


# --- clocks, F13 -----------------------------------------------------------------------------------------------------


def timed(here, at):
    """A conference whose first scene was opened when the wall clock said `at`."""
    here.writer._clock = lambda: at
    log = opened(here)
    step = next(i for i, step in enumerate(here.conference(log).steps) if step.scene)
    here.send(log, commands.open_step, FACILITATOR, step=step, base=0)
    return log


def earlier(**ago):
    return written(datetime.now(UTC) - timedelta(**ago))


@pytest.mark.parametrize(
    "at", ["1970-01-01T00:00:00.000Z", *(earlier(days=n) for n in (1, 0, -1)), "2099-01-01T00:00:00.000Z"],
    ids=["long ago", "yesterday", "now", "tomorrow", "far ahead"],
)  # fmt: skip
def test_f13_a_timer_runs_from_its_press_whatever_the_wall_clock_said(here, at):
    log = timed(here, at)
    time.sleep(0.05)
    assert 0.05 <= here.spent(here.conference(log)) < 5


def test_f13_a_wall_clock_that_jumps_while_a_timer_runs_does_not_move_it(here, monkeypatch):
    log = timed(here, earlier())
    before = here.spent(here.conference(log))

    class Tomorrow(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(days=1)

    monkeypatch.setattr(houses, "datetime", Tomorrow)
    assert before <= here.spent(here.conference(log)) < before + 5


def test_f13_a_timer_by_the_wall_clock_would_be_seen(here, monkeypatch):
    """The planted fault: what has gone by is the difference of two times of day."""
    wall_clock = SimpleNamespace(monotonic=lambda: houses.datetime.now(UTC).timestamp())
    monkeypatch.setattr(houses, "time", wall_clock)
    with pytest.raises(AssertionError):
        test_f13_a_wall_clock_that_jumps_while_a_timer_runs_does_not_move_it(here, monkeypatch)


def test_f13_after_a_restart_the_entrys_time_has_to_do_within_a_day(store):
    spent = {}
    for name, at in {"90 s": earlier(seconds=90), "future": earlier(days=-1), "1970": "1970-01-01T00:00:00Z"}.items():
        store = MemoryStore()
        log = timed(House(store, CASES), at)
        again = House(store, CASES)
        spent[name] = round(again.spent(again.conference(log)))
    late = spent.pop("90 s") - 90  # a slow machine takes a moment to open the house again
    assert 0 <= late < 30 and spent == {"future": 0, "1970": DAY}


def test_a_paused_timer_stands_and_goes_on_from_there(here):
    log = timed(here, "1970-01-01T00:00:00Z")
    here.send(log, commands.pause_timer, FACILITATOR, spent=61.5)
    assert here.spent(here.conference(log)) == 61.5
    here.send(log, commands.resume_timer, FACILITATOR)
    assert 61.5 <= here.spent(here.conference(log)) < 66


def test_f13_order_is_by_revision_when_the_clock_runs_backwards(here):
    ticks = iter(["2024-03-01T05:00:00Z", "2099-01-01T00:00:00Z", "1970-01-01T00:00:00Z"])
    here.writer._clock = lambda: next(ticks)
    log = opened(here)
    here.send(log, commands.set_venue, FACILITATOR, room="先")
    here.send(log, commands.set_venue, FACILITATOR, room="後")
    assert here.conference(log).venue.room == "後"
    assert House(here.store, CASES).conference(log).venue.room == "後"


def test_f13_an_order_by_time_would_be_seen(here, monkeypatch):
    """The planted fault: a store that reads back by the times of its entries."""
    by_revision = here.store.entries
    by_time = lambda log, after=0: tuple(sorted(by_revision(log, after), key=lambda entry: entry.at))  # noqa: E731
    monkeypatch.setattr(here.store, "entries", by_time)
    with pytest.raises(AssertionError):
        test_f13_order_is_by_revision_when_the_clock_runs_backwards(here)


# --- conferences -----------------------------------------------------------------------------------------------------


def test_a_conference_is_found_by_its_code(here):
    log = opened(here)
    opened(here, "AAAAAA")
    assert [here.find(code).id for code in ("XN9P7T", shown("XN9P7T"))] == [log, log]
    assert (here.find("KKKKKK"), here.find(""), here.find("9P7T")) == (None, None, None)


def test_conferences_stand_by_date_the_newest_first(here):
    for code, date in (("CCCCCC", "2024-03-01"), ("AAAAAA", "2024-05-01"), ("DDDDDD", "2024-03-01")):
        opened(here, code, date)
    assert [conference.code for conference in here.conferences()] == ["AAAAAA", "DDDDDD", "CCCCCC"]


def test_a_new_log_has_a_code_nobody_has(here):
    log, code = here.new_log("2024-03-01")
    assert log == f"2024-03-01-{code}"
    assert here.find(code) is None
    opened(here, code)
    assert here.find(code).id == log


def test_a_case_comes_in_the_visitors_language_and_a_lost_one_is_named(here, store):
    conference = here.conference(opened(here))
    assert (here.case(conference, "ja"), here.case(conference, "en")) == (CASES["case2"]["ja"], CASES["case2"]["en"])
    without = House(store, {})
    assert refusal(without.case, without.conference(conference.id), "ja") == ("case.gone", {"case": "case2"})


def test_a_conference_nobody_opened_is_empty(here):
    assert here.conference("2024-01-01-KKKKKK") == Conference("2024-01-01-KKKKKK")


def test_one_house_stands_in_for_another():
    first, second = House(MemoryStore(), {}), House(MemoryStore(), {})
    stand_in(first)
    stand_in(second)
    assert house() is second
    stand_in(None)
    assert houses._instead == []
