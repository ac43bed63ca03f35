"""F25: a conference is deleted with its name typed, can be taken back for thirty days, then is really gone."""

from datetime import UTC, datetime, timedelta
from itertools import chain, repeat

import pytest
from meeting import ADVISER, CASES, FACILITATOR, GUEST, LOG, ONE, ORGANISER, opening, refusal
from test_archive import SURVEY, everything, with_survey
from test_pages import press, said, sees, tap, visitor
from test_routes import goes_to, with_grants

from facilitation import cards, commands, deleting
from facilitation.calendar import written
from facilitation.export.archive import of_conference
from facilitation.export.merging import NotMerged, merge
from facilitation.screen.house import NOTES, House, stand_in
from facilitation.screen.sweeping import Sweeper
from facilitation.store import ReadOnly
from facilitation.store.memory import MemoryStore
from facilitation.store.sqlite import SQLiteStore


@pytest.fixture
def room():
    return with_survey()


@pytest.fixture
def here(room):
    house = House(room.store, CASES)
    stand_in(house)
    yield house
    stand_in(None)


def delete(here, named="春の検討会", who=ORGANISER):
    return here.send(LOG, deleting.delete_conference, who, named=named)


class Clock:
    """A laptop's clock, and how long the app has been running."""

    def __init__(self, now):
        self.now, self.seconds = now, 0.0

    def run(self, **gone):
        self.jump(**gone)
        self.seconds += timedelta(**gone).total_seconds()

    def jump(self, **gone):
        self.now += timedelta(**gone)

    def sweeper(self, here):
        return Sweeper(here, lambda: self.now, lambda: self.seconds)


def sweep(here, now):
    """The app is started at `now` and runs for an hour: what has gone."""
    clock = Clock(now)
    sweeper = clock.sweeper(here)
    assert sweeper.look() == []
    clock.run(hours=1)
    return sweeper.look()


def later(here, **gone):
    """A moment after the conference was deleted."""
    return datetime.fromisoformat(here.conference(LOG).deleted) + timedelta(**gone)


# --- the verbs -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("named", ["", "春", "春の検討会2", "XN9P7T", LOG])
def test_f25_another_name_deletes_nothing(here, named):
    assert refusal(delete, here, named) == ("deleting.name", {"name": "春の検討会"})
    assert here.conference(LOG).opened


@pytest.mark.parametrize("named", ["春の検討会", " 春の 検討会　"])
def test_f25_the_name_counts_not_how_it_is_spaced(here, named):
    delete(here, named)
    assert here.conference(LOG).deleted


@pytest.mark.parametrize("who", [FACILITATOR, ADVISER, ONE, GUEST])
def test_f25_only_an_organiser_deletes_and_takes_back(here, who):
    assert refusal(delete, here, who=who) == ("not_allowed", {})
    delete(here)
    assert refusal(here.send, LOG, deleting.take_back, who) == ("not_allowed", {})
    assert here.conference(LOG).deleted


def test_f25_it_leaves_every_list_and_closes_every_door(here):
    code, lead_key = here.conference(LOG).code, here.conference(LOG).lead_key
    delete(here)
    assert ([c.id for c in here.conferences()], [c.id for c in here.deleted()]) == ([], [LOG])
    assert (here.find(code), here.find_advised(here.conference(LOG).adviser_code)) == (None, None)
    device = with_grants(here)
    assert goes_to(device.get(f"/join/{code}"))[0] == "/"
    assert goes_to(device.get(f"/lead/{LOG}/{lead_key}"))[0] == "/"
    assert with_grants(here, organiser=here.keyring.turn).get(f"/record/{LOG}").status_code == 404
    assert device.get("/s/ABCDEF").status_code == 404


def test_f25_nothing_is_written_into_it_meanwhile(here):
    delete(here)
    for verb, who, fields in (
        (commands.write_line, ONE, {"type": "HC", "text": "x"}),
        (cards.write_card, ONE, {"card": "card-0099", "fields": {}}),
        (commands.set_venue, FACILITATOR, {"room": "x"}),
    ):
        assert refusal(here.send, LOG, verb, who, **fields) == ("conference.none", {})
    opened = here.send(LOG, commands.open_conference, ORGANISER, **opening())
    assert not opened.fresh


def test_f25_taken_back_it_is_as_it_was(here):
    before = here.conference(LOG)
    delete(here)
    here.send(LOG, deleting.take_back, ORGANISER)
    now = here.conference(LOG)
    assert (now.cards, now.lines, now.opened, now.deleted) == (before.cards, before.lines, True, "")
    assert sweep(here, datetime.now(UTC) + timedelta(days=400)) == []
    assert here.find("XN9P7T") == now


# --- thirty days -----------------------------------------------------------------------------------------------------


def test_f25_before_thirty_days_nothing_goes(here):
    delete(here)
    assert sweep(here, later(here, days=29, hours=23)) == []
    assert [c.id for c in here.deleted()] == [LOG]


def test_f25_after_thirty_days_it_is_gone_with_its_survey(here):
    delete(here)
    assert set(sweep(here, later(here, days=30))) == {LOG, SURVEY}
    assert not {LOG, SURVEY} & set(here.store.logs())
    assert set(here.store.forgotten()) == {LOG, SURVEY}
    assert here.deleted() == []
    assert "待てます" not in repr((everything(here.store), here.writer._known, here.surveys.writer._known))
    assert here.store.entries("house")[-1].kind == "forgotten"
    assert sweep(here, later_day(here)) == []


def later_day(here):
    return datetime.now(UTC) + timedelta(days=1000)


# --- F13: a clock that is wrong --------------------------------------------------------------------------------------

TODAY = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)
"""Later than anything that stands in the house."""


def clocked(here, *moments):
    """The clock at each of the next entries; the last moment stays."""
    ticks = chain(moments, repeat(moments[-1]))
    here.writer._clock = here.keeper._clock = lambda: written(next(ticks))


@pytest.mark.parametrize("wrong", [datetime(1970, 1, 1, tzinfo=UTC), datetime(2015, 1, 1, tzinfo=UTC)])
def test_f13_f25_deleted_while_the_clock_had_gone_back_it_has_its_thirty_days(here, wrong):
    clocked(here, TODAY, wrong)
    here.send(LOG, commands.set_venue, FACILITATOR, room="和室")
    delete(here)
    assert sweep(here, TODAY + timedelta(days=29)) == []
    assert sweep(here, TODAY + timedelta(days=30)) == [SURVEY, LOG]


def test_f13_f25_the_house_knows_the_time_where_the_conference_is_an_old_one(here):
    wrong = datetime(1970, 1, 1, tzinfo=UTC)
    clocked(here, TODAY, wrong)
    here.note("organiser", "signed_in", how="link")
    here.note("organiser", "signed_in", how="link")
    here.send(LOG, deleting.delete_conference, ORGANISER, named="春の検討会", known=here.latest())
    assert sweep(here, TODAY + timedelta(days=29)) == []
    assert sweep(here, TODAY + timedelta(days=30)) == [SURVEY, LOG]


def test_f13_a_house_whose_clock_was_ahead_once_does_not_keep_what_is_deleted_long_after_for_ever(here):
    clocked(here, datetime(2062, 4, 10, tzinfo=UTC), TODAY)
    for _ in range(NOTES + 1):
        here.note("organiser", "signed_in", how="link")
    assert here.latest() == written(TODAY)


@pytest.mark.parametrize("days", [31, 400, 13000])
def test_f13_f25_a_clock_that_jumps_ahead_while_the_app_runs_is_not_followed(here, days):
    delete(here)
    clock = Clock(later(here, hours=1))
    sweeper = clock.sweeper(here)
    clock.jump(days=days)
    for _ in range(60):
        assert sweeper.look() == []
        clock.run(minutes=10)


def test_f13_f25_a_clock_that_was_ahead_at_the_start_and_is_set_right_within_the_hour_takes_nothing(here):
    delete(here)
    clock = Clock(later(here, days=400))
    sweeper = clock.sweeper(here)
    for _ in range(6):
        assert sweeper.look() == []
        clock.run(minutes=9)
    clock.jump(days=-399)
    for _ in range(12):
        assert sweeper.look() == []
        clock.run(minutes=10)


def test_f13_f25_a_server_that_runs_for_weeks_does_not_wait_for_a_restart(here):
    delete(here)
    clock = Clock(later(here, days=1))
    sweeper = clock.sweeper(here)
    days = 0
    while not sweeper.look():
        clock.run(hours=1)
        days += 1 / 24
    assert 29 <= days < 29.2


@pytest.mark.parametrize("brought", ["9999-12-31T23:59:59Z", "2024-99-99"])
def test_f25_a_time_that_is_none_stops_neither_the_sweep_nor_the_list(here, brought):
    here.writer._clock = lambda: brought
    delete(here)
    assert sweep(here, TODAY) == []
    assert sees(organiser("bring"), "春の検討会") == [True]


def test_f25_a_conference_deleted_again_has_its_thirty_days_again(here):
    delete(here)
    here.send(LOG, deleting.take_back, ORGANISER)
    delete(here)
    assert sweep(here, later(here, days=29)) == []


def test_f25_no_copy_brings_it_back(here):
    copy = of_conference(here.store, LOG, "")
    delete(here)
    sweep(here, later(here, days=31))
    with pytest.raises(NotMerged):
        merge(here.store, copy, "")
    assert LOG not in here.store.logs()


def test_f25_its_code_is_never_given_to_another(here, monkeypatch):
    delete(here)
    sweep(here, later(here, days=31))
    drawn = iter(["XN9P7T", "KKKKKK"])
    monkeypatch.setattr("facilitation.registry.new_code", lambda: next(drawn))
    assert here.new_log("2024-03-01") == ("2024-03-01-KKKKKK", "KKKKKK")


def test_f25_it_is_gone_from_the_files(room, tmp_path):
    store = SQLiteStore(tmp_path / "conferences.db")
    for log, kind in ((LOG, "conference"), (SURVEY, "survey")):
        store.receive(log, kind, room.store.entries(log), 0)
    here = House(store, CASES)
    delete(here)
    sweep(here, later(here, days=30))
    words = ["待てます".encode(), "よかったです".encode(), "春の検討会".encode()]
    assert not [path.name for path in tmp_path.iterdir() for word in words if word in path.read_bytes()]
    store.close()


def test_f25_a_store_that_takes_no_writing_keeps_it(here, monkeypatch):
    delete(here)

    def refuse(self, log, at):
        raise ReadOnly(path="x")

    monkeypatch.setattr(MemoryStore, "forget", refuse)
    with pytest.raises(ReadOnly):
        sweep(here, later(here, days=31))
    assert [c.id for c in here.deleted()] == [LOG]


# --- on screen -------------------------------------------------------------------------------------------------------


def organiser(page, **query):
    return visitor(page, {"organiser": True}, **query)


def test_f25_the_organiser_types_the_name_and_finds_it_in_the_list(here):
    at = press(organiser("along", c=LOG), "この会を消す…")
    at.text_input[-1].set_value("ちがう名前")
    at = press(at, "消す（30日は戻せます）")
    assert here.conference(LOG).opened
    assert sees(at, "会の名前がちがいます。消すときは「春の検討会」と入れてください。") == [True]
    at.text_input[-1].set_value("春の検討会")
    press(at, "消す（30日は戻せます）")
    assert here.conference(LOG).deleted
    assert here.store.entries(LOG)[-1].body["known"] == here.latest() > ""
    front = organiser("welcome")
    assert sees(front, "春の検討会") == [False]
    found = organiser("bring")
    assert sees(found, "春の検討会", "消した会") == [True, True]
    tap(found, LOG)
    assert here.conference(LOG).opened


def test_f25_one_press_deletes_nothing(here):
    at = press(organiser("along", c=LOG), "この会を消す…")
    assert here.conference(LOG).opened
    press(at, "やめる")
    assert here.conference(LOG).opened


def test_f25_a_facilitator_has_no_such_page(here):
    at = visitor("along", {"leads": [LOG]}, c=LOG)
    assert not [button.label for button in at.button]
    assert "この会を消す" not in " ".join(said(at))


def test_f25_a_tablet_of_a_deleted_conference_finds_no_seat(here):
    delete(here)
    at = visitor("tablet", s=ONE.seat, t=here.sign({"carry": [LOG, ONE.seat]}))
    assert sees(at, "待てます") == [False]
