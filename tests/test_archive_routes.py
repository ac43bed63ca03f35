"""Taking a conference along and bringing one, through the doors a browser uses."""

import pytest
from meeting import CASES, LOG, ORGANISER, a_house
from test_archive import AT, SURVEY, everything, say, with_survey
from test_routes import OWN, with_grants

from facilitation import holding
from facilitation.export.archive import of_conference, pack
from facilitation.export.archive_guard import MOST_BYTES
from facilitation.export.archive_reading import read
from facilitation.screen.house import House, stand_in
from facilitation.screen.routes_archive import AROUND


@pytest.fixture
def room():
    return with_survey()


@pytest.fixture
def laptop(room):
    """A house whose store holds an evening with its survey."""
    here = House(room.store, CASES)
    stand_in(here)
    yield here
    stand_in(None)


@pytest.fixture
def centre(house):
    """No conference yet."""
    return house


def organiser(here):
    return with_grants(here, organiser=here.keyring.turn)


def brings(here, data, what="take", **fields):
    answer = organiser(here).post(f"/bring/{what}", files={"file": ("a.zip", data)}, data=fields, headers=OWN)
    return answer.status_code, answer.json()


def test_the_file_is_the_archive_and_its_name_says_internal(laptop):
    answer = organiser(laptop).post(f"/archive/{LOG}", data={"passphrase": ""}, headers=OWN)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E5%86%85%E9%83%A8%E7%94%A8-")
    assert answer.headers["cache-control"] == "no-store"
    assert [log.log for log in read(answer.content).logs] == [LOG, SURVEY]


def test_with_a_passphrase_it_is_sealed_and_a_short_one_is_said(laptop):
    device = organiser(laptop)
    answer = device.post(f"/archive/{LOG}", data={"passphrase": "ひみつのことばです"}, headers=OWN)
    assert "まず電話を".encode() not in answer.content
    assert read(answer.content, "ひみつのことばです").logs[0].log == LOG
    short = device.post(f"/archive/{LOG}", data={"passphrase": "みじかい"}, headers=OWN)
    assert (short.status_code, short.text) == (422, "合言葉は8字以上にしてください。")


def test_that_it_was_taken_along_is_noted(laptop):
    organiser(laptop).post(f"/archive/{LOG}", headers=OWN)
    noted = laptop.store.entries("house")[-1]
    assert (noted.kind, noted.author, noted.body) == ("downloaded", "organiser", {"what": "archive", "conference": LOG})


@pytest.mark.parametrize("granted", [{}, {"leads": [LOG]}, {"advises": [LOG]}, {"seats": [[LOG, "seat-one"]]}])
def test_f23_nobody_but_an_organiser_takes_along_or_brings(laptop, granted):
    device, before = with_grants(laptop, **granted), everything(laptop.store)
    assert device.post(f"/archive/{LOG}", headers=OWN).status_code == 404
    assert device.post("/bring/take", files={"file": b"x"}, headers=OWN).status_code == 403
    assert everything(laptop.store) == before


def test_f23_another_site_takes_nothing_along_and_brings_nothing(laptop):
    device = organiser(laptop)
    for headers in ({"origin": "http://elsewhere.example"}, {}):
        assert device.post(f"/archive/{LOG}", headers=headers).status_code == 404
        assert device.post("/bring/look", files={"file": b"x"}, headers=headers).status_code == 403


def test_a_look_says_what_would_happen_and_changes_nothing(centre, room):
    data = pack(of_conference(room.store, LOG, AT))
    assert brings(centre, data, "look") == (
        200,
        {
            "ok": True,
            "changes": True,
            "lines": [
                f"{LOG}「春の検討会」：新しく入れます（21件）。",
                f"{SURVEY}「春の検討会」：新しく入れます（2件）。",
            ],
        },
    )
    assert centre.conferences() == []


def test_what_is_brought_is_a_conference_like_any_other(centre, room):
    data = pack(of_conference(room.store, LOG, AT))
    status, answer = brings(centre, data)
    assert (status, answer["ok"]) == (200, True)
    assert [conference.title for conference in centre.conferences()] == ["春の検討会"]
    assert centre.find("XN9P7T").id == LOG
    assert centre.surveys.survey(SURVEY).opened
    assert brings(centre, data)[1] == {
        "ok": True,
        "changes": False,
        "lines": [
            f"{LOG}「春の検討会」：同じものがあったので、そのままです。",
            f"{SURVEY}「春の検討会」：同じものがあったので、そのままです。",
        ],
    }


def test_a_sealed_file_asks_for_its_passphrase(centre, room):
    data = pack(of_conference(room.store, LOG, AT), "ひみつのことばです")
    assert brings(centre, data)[1] == {
        "ok": False,
        "sealed": True,
        "lines": ["このファイル: 合言葉で閉じられています。合言葉を入れてください。"],
    }
    assert brings(centre, data, passphrase="ひみつのことばです")[1]["ok"]


def test_a_copy_that_went_another_way_is_refused(centre, room):
    data = pack(of_conference(room.store, LOG, AT))
    brings(centre, data)
    say(centre.store, "会議室")
    say(room.store, "和室")
    before = everything(centre.store)
    for what in ("look", "take"):
        answer = brings(centre, pack(of_conference(room.store, LOG, AT)), what)[1]
        assert (answer["ok"], "22件目から" in answer["lines"][0]) == (False, True)
    assert {log: before[log] for log in (LOG, SURVEY)} == {log: centre.store.entries(log) for log in (LOG, SURVEY)}


def test_a_case_that_is_not_here_is_said(room):
    here = House(a_house().store, {})
    stand_in(here)
    try:
        lines = brings(here, pack(of_conference(room.store, LOG, AT)))[1]["lines"]
    finally:
        stand_in(None)
    assert lines[-1].startswith("この会の事例「case2」は、ここにはありません。")


def test_f17_a_file_that_is_too_large_is_refused_unread(centre):
    headers = {**OWN, "content-length": str(MOST_BYTES + AROUND + 1), "content-type": "multipart/form-data"}
    answer = organiser(centre).post("/bring/take", content=b"x", headers=headers)
    assert (answer.status_code, answer.json()["lines"]) == (413, ["ファイルが大きすぎます（20メガバイトまで）。"])


@pytest.mark.parametrize("data", [b"", b"dear diary", b"PK\x05\x06" + b"\0" * 18])
def test_f17_what_is_no_archive_is_said(centre, data):
    status, answer = brings(centre, data)
    assert (status, answer["ok"]) == (200, False)
    assert answer["lines"][0].startswith("このファイル: ")


def test_f17_a_form_that_is_none_is_refused(centre):
    broken = {**OWN, "content-type": "multipart/form-data; boundary=x"}
    assert organiser(centre).post("/bring/take", content=b"--y\r\n", headers=broken).status_code in (200, 400)
    assert centre.conferences() == []


def test_words_erased_elsewhere_leave_what_this_house_knows(centre, room):
    brings(centre, pack(of_conference(room.store, LOG, AT)))
    assert "待てます" in repr(centre.conference(LOG))
    room.send(holding.erase, ORGANISER, about="card:card-0001", upto=room.now.revision)
    brings(centre, pack(of_conference(room.store, LOG, AT)))
    assert "待てます" not in repr((centre.writer._known, everything(centre.store)))
