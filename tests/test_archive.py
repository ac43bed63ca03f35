"""A conference as a file: what is in it, what is refused with which problems, and what taking it in does."""

import hashlib
import io
import json
import runpy
import time
import warnings
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from meeting import LOG, ORGANISER
from test_recorded_logs import NAMES, recorded
from test_written import evening

from facilitation import fold as folding
from facilitation import holding, survey_fold
from facilitation.entries import Draft, Entry
from facilitation.export.archive import Archive, Log, file_name, of_conference, pack
from facilitation.export.archive_guard import MOST_BYTES
from facilitation.export.archive_problem import BadArchive
from facilitation.export.archive_reading import read
from facilitation.export.merging import NotMerged, merge, plan
from facilitation.export.sealing import seal
from facilitation.fold import fold
from facilitation.log_shape import SHAPES, wrong_fields
from facilitation.store.memory import MemoryStore
from facilitation.store.sqlite import SQLiteStore
from facilitation.texts import catalogue

AT = "2024-03-02T00:00:00Z"
SURVEY = "survey-2024-03-01-ABCDEF"
SAMPLES = sorted((Path(__file__).parent / "archives_bad").glob("*.kaigi"))
BOMBS = ("bomb", "bombs", "lying_bomb", "many_parts", "deep", "long_line")
GENEROUS = 0.5
"""Seconds of computing: each is refused in under 0.05 s on two cores; this leaves room for a slower machine."""


def with_survey():
    """The store of an evening whose conference has a survey of its own."""
    room = evening()
    opened = {"kind": "visit", "code": "ABCDEF", "secret": "s", "forms": ["pre"], "title": "春の検討会"}
    opened["conference"] = LOG
    answer = {"form": "pre", "code": "KMQ3", "rows": [["P3", "", 4]], "texts": ["F1"], "F1": "よかったです"}
    drafts = [Draft("survey_opened", "organiser", opened), Draft("answer_given", "", answer, "k1")]
    room.store.append(SURVEY, "survey", drafts, 0, "2024-03-01")
    room.store.append(LOG, "conference", [Draft("survey_linked", "organiser", {"survey": SURVEY})], 20, AT)
    return room


def everything(store):
    return {log: store.entries(log) for log in store.logs()}


def copied(store):
    """A store with the same conference, by way of a file."""
    other = MemoryStore()
    merge(other, read(pack(of_conference(store, LOG, AT))), AT)
    return other


def say(store, text="もう一つ", log=LOG):
    store.append(log, "conference", [Draft("venue_set", "organiser", {"room": text})], store.revision(log), AT)


# --- what is in it ---------------------------------------------------------------------------------------------------


def test_a_file_gives_back_what_went_in_with_times_and_keys():
    store = with_survey().store
    packed = of_conference(store, LOG, AT)
    assert [(log.log, log.kind) for log in packed.logs] == [(LOG, "conference"), (SURVEY, "survey")]
    assert read(pack(packed)) == packed
    assert everything(copied(store)) == everything(store)


@pytest.mark.parametrize("name", NAMES)
def test_every_recorded_log_travels(name):
    entries = tuple(replace(entry, log=LOG) for entry in recorded(name))
    packed = Archive((Log(LOG, "conference", entries),), {}, AT)
    assert read(pack(packed)) == packed
    assert [list(wrong_fields(entry)) for entry in entries] == [[] for _ in entries]


def test_a_person_who_opens_the_file_sees_that_it_is_internal_and_which_case_it_is():
    packed = of_conference(with_survey().store, LOG, AT)
    file = zipfile.ZipFile(io.BytesIO(pack(packed)))
    assert file.namelist() == ["manifest.json", "内部用-internal.txt", "entries-1.jsonl", "entries-2.jsonl"]
    listed = json.loads(file.read("manifest.json"))
    assert listed["marking"].startswith("内部用")
    assert (listed["format"], listed["version"]) == ("kaigi-archive", 1)
    assert [(log["case"], log["case_version"], log["entries"]) for log in listed["logs"]] == [
        ("case2", "1", 21),
        ("", "", 2),
    ]
    assert file_name(packed) == f"内部用-{LOG}.kaigi.zip"


def test_a_survey_goes_along_once_and_only_with_the_conference_it_belongs_to():
    """A log that was brought may name any survey, or one twice: another conference's would be told, and deleted."""
    store, other = with_survey().store, "survey-2024-03-01-KMQ3AT"
    foreign = Draft(
        "survey_opened", "organiser", {**store.entries(SURVEY)[0].body, "conference": "x", "code": "KMQ3AT"}
    )
    store.append(other, "survey", [foreign], 0, AT)
    links = [Draft("survey_linked", "organiser", {"survey": survey}) for survey in (SURVEY, other, LOG)]
    store.append(LOG, "conference", links, store.revision(LOG), AT)
    packed = of_conference(store, LOG, AT)
    assert [log.log for log in packed.logs] == [LOG, SURVEY]
    assert read(pack(packed)) == packed


def test_a_log_that_says_the_same_thousands_of_times_is_no_bomb_when_it_is_taken_along():
    """Which was brought in a file that packs nothing."""
    entries = evening().store.entries(LOG)
    told = [Entry(LOG, n, "venue_set", "organiser", {"room": "x" * 190_000}, AT) for n in range(21, 51)]
    packed = Archive((Log(LOG, "conference", (*entries[:20], *told)),))
    assert read(pack(packed)) == packed


def test_held_back_words_travel_with_their_state():
    room = evening()
    room.send(holding.hold_words, ORGANISER, about="note:note-0001", hidden=True)
    assert fold(None, LOG, copied(room.store).entries(LOG)).held == {"note:note-0001"}


def test_the_settings_of_a_house_never_travel():
    store = MemoryStore()
    store.append("house", "house", [Draft("settings", "house", {"password": "geheim"})], 0, AT)
    with pytest.raises(KeyError):
        of_conference(store, "house", AT)


# --- under a passphrase ----------------------------------------------------------------------------------------------


def test_a_sealed_file_opens_with_its_passphrase_on_any_keyboard_and_with_no_other():
    packed = of_conference(evening().store, LOG, AT)
    data = pack(packed, "ひみつのことば１２")
    assert "まず電話を".encode() not in data
    assert read(data, " ひみつのことば12") == packed
    for wrong, key in (("", "sealed"), ("ひみつのことば", "passphrase")):
        with pytest.raises(BadArchive) as refused:
            read(data, wrong)
        assert [problem.key for problem in refused.value.problems] == [key]


def test_a_sealed_file_that_was_changed_does_not_open():
    data = pack(of_conference(evening().store, LOG, AT), "ひみつのことばです")
    for at in (20, 40, len(data) // 2, len(data) - 1):
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        with pytest.raises(BadArchive):
            read(changed, "ひみつのことばです")


def test_a_short_passphrase_is_refused():
    with pytest.raises(ValueError):
        seal(b"x", "1234567")


# --- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_f17_a_bad_archive_has_exactly_its_problems(sample):
    began = time.thread_time()
    with pytest.raises(BadArchive) as refused:
        read(sample.read_bytes())
    spent = time.thread_time() - began
    found = [problem.line("en") for problem in refused.value.problems]
    assert found == json.loads(sample.with_suffix(".problems.json").read_text("utf-8"))
    assert spent < GENEROUS, sample.stem
    assert all(problem.line("ja") for problem in refused.value.problems)


def test_f17_every_kind_of_problem_but_size_has_a_sample():
    told = {key for key in catalogue("en") if key.startswith("archive.bad.")}
    seen = set()
    for sample in SAMPLES:
        with pytest.raises(BadArchive) as refused:
            read(sample.read_bytes())
        seen |= {f"archive.bad.{problem.key}" for problem in refused.value.problems}
    assert told - seen == {"archive.bad.too_big", "archive.bad.passphrase"}


def test_f17_a_file_that_is_too_large_is_refused_unread():
    with pytest.raises(BadArchive) as refused:
        read(b"\0" * (MOST_BYTES + 1))
    assert [problem.key for problem in refused.value.problems] == ["too_big"]


def test_f17_the_samples_that_would_blow_up_would_blow_up():
    """The harness: unpacked as they are, the bombs are large, so that refusing them is worth something."""
    for name in ("bomb", "bombs"):
        path = next(sample for sample in SAMPLES if sample.stem == name)
        assert sum(part.file_size for part in zipfile.ZipFile(path).infolist()) > 100 * path.stat().st_size


def tried(data):
    """Whether a file is taken in; whatever it is, it is a clean yes or a refusal by name."""
    store = MemoryStore()
    try:
        merge(store, read(data), AT)
    except BadArchive as refused:
        assert refused.problems
        assert dict(store.logs()) == {}
        return False
    return True


GOOD = pack(of_conference(with_survey().store, LOG, AT))


@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_f17_a_file_with_one_byte_changed_is_taken_whole_or_refused(at, change):
    tried(GOOD[:at] + bytes([GOOD[at] ^ change]) + GOOD[at + 1 :])


@given(st.binary(max_size=2000))
def test_f17_bytes_of_any_kind_are_refused(data):
    assert not tried(data)
    assert not tried(data + b"PK\x05\x06" + data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


def zipped(manifest, *lines):
    """An archive whose list of contents and lines say whatever is asked."""
    content = "".join(json.dumps(line) + "\n" for line in lines).encode()
    log = {"log": LOG, "kind": "conference", "entries": len(lines), "sha256": hashlib.sha256(content).hexdigest()}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        base = {"format": "kaigi-archive", "version": 1, "logs": [log], "forgotten": []}
        packed.writestr("manifest.json", json.dumps({**base, **manifest}))
        packed.writestr("entries-1.jsonl", content)
    return file.getvalue()


FIRST = next(line for line in zipfile.ZipFile(io.BytesIO(GOOD)).read("entries-1.jsonl").decode().splitlines())
KINDS = st.sampled_from([entry.kind for name in NAMES for entry in recorded(name)])


@given(st.dictionaries(st.sampled_from(["format", "version", "logs", "forgotten", "x"]), JSON, max_size=3))
def test_f17_any_list_of_contents_is_taken_or_refused(manifest):
    tried(zipped(manifest, json.loads(FIRST)))


@given(KINDS, st.dictionaries(st.sampled_from(["card", "group", "type", "text", "step", "note", "by"]), JSON), JSON)
def test_f17_any_second_entry_is_taken_or_refused(kind, body, author):
    row = {"revision": 2, "kind": kind, "author": author, "body": body, "at": AT, "key": ""}
    tried(zipped({}, json.loads(FIRST), row))


def test_f17_an_entry_that_was_taken_in_can_be_folded():
    row = {"revision": 2, "kind": "tea_served", "author": "", "body": {"cups": [1, {"a": None}]}, "at": AT, "key": ""}
    assert tried(zipped({}, json.loads(FIRST), row)), "an unknown kind is kept"


# --- taking it in ----------------------------------------------------------------------------------------------------


def outcomes(steps):
    return [(step.outcome, step.entries) for step in steps]


def taken(store, packed):
    return outcomes(merge(store, packed, AT))


def test_the_same_archive_twice_is_no_harm():
    store, packed = MemoryStore(), of_conference(with_survey().store, LOG, AT)
    assert taken(store, packed) == [("new", 21), ("new", 2)]
    before = everything(store)
    assert taken(store, packed) == [("same", 0), ("same", 0)]
    assert everything(store) == before


def test_a_longer_copy_continues_and_a_shorter_one_changes_nothing():
    laptop = with_survey().store
    centre, short = copied(laptop), of_conference(laptop, LOG, AT)
    say(laptop)
    say(laptop)
    assert taken(centre, of_conference(laptop, LOG, AT)) == [("longer", 2), ("same", 0)]
    assert taken(centre, short) == [("shorter", 2), ("same", 0)]
    assert everything(centre) == everything(laptop)


def test_a_copy_that_went_another_way_is_refused_with_the_entry_where_it_did():
    laptop = with_survey().store
    centre = copied(laptop)
    say(laptop, "和室")
    say(laptop, "洋室")
    say(centre, "会議室")
    before = everything(centre)
    with pytest.raises(NotMerged) as refused:
        merge(centre, of_conference(laptop, LOG, AT), AT)
    assert [(step.log, step.outcome, step.revision) for step in refused.value.steps if step.refused] == [
        (LOG, "diverged", 22)
    ]
    assert everything(centre) == before


def test_nothing_is_taken_in_where_one_log_of_several_is_refused():
    laptop = with_survey().store
    centre = MemoryStore()
    centre.append(SURVEY, "survey", [Draft("survey_opened", "organiser", {})], 0, "2024-03-01")
    before = everything(centre)
    with pytest.raises(NotMerged):
        merge(centre, of_conference(laptop, LOG, AT), AT)
    assert everything(centre) == before


def test_a_log_that_is_of_another_kind_here_is_refused():
    centre = MemoryStore()
    centre.append(LOG, "survey", [Draft("survey_opened", "organiser", {})], 0, AT)
    with pytest.raises(NotMerged) as refused:
        merge(centre, of_conference(evening().store, LOG, AT), AT)
    assert outcomes(refused.value.steps) == [("other_kind", 0)]


@pytest.mark.parametrize("difference", [{"author": "seat:x"}, {"at": AT}, {"kind": "tea_served"}, {"key": "other"}])
def test_entries_that_differ_in_anything_are_not_the_same(difference):
    entries = evening().store.entries(LOG)
    centre = MemoryStore()
    centre.receive(LOG, "conference", [*entries[:4], replace(entries[4], **difference)], 0)
    step = plan(centre, Archive((Log(LOG, "conference", entries),)))[0]
    assert (step.outcome, step.revision) == ("diverged", 5)


# --- what was erased -------------------------------------------------------------------------------------------------


def erase(room, about="card:card-0001"):
    room.send(holding.erase, ORGANISER, about=about, upto=room.now.revision)


def test_erased_words_leave_the_other_side_too():
    room = evening()
    centre = copied(room.store)
    assert "待てます" in repr(everything(centre))
    erase(room)
    assert taken(centre, of_conference(room.store, LOG, AT)) == [("longer", 3)]
    assert "待てます" not in repr(everything(centre))
    assert everything(centre) == everything(room.store)


def test_an_older_copy_does_not_bring_erased_words_back():
    room = evening()
    old = of_conference(room.store, LOG, AT)
    erase(room)
    before = everything(room.store)
    assert taken(room.store, old) == [("shorter", 3)]
    assert everything(room.store) == before


def test_a_file_that_forgot_to_blank_what_it_says_was_erased_is_taken_in_blanked():
    room = evening()
    words = room.store.entries(LOG)
    erase(room)
    careless = (*words, *room.store.entries(LOG)[len(words) :])
    centre = MemoryStore()
    merge(centre, Archive((Log(LOG, "conference", careless),)), AT)
    assert everything(centre) == everything(room.store)


def test_a_conference_that_was_erased_here_never_comes_back():
    store = with_survey().store
    packed = of_conference(store, LOG, AT)
    store.forget(LOG, "2024-04-01T00:00:00Z")
    before = everything(store)
    with pytest.raises(NotMerged) as refused:
        merge(store, packed, AT)
    assert [(step.outcome, step.at) for step in refused.value.steps] == [("gone", "2024-04-01T00:00:00Z"), ("same", "")]
    assert everything(store) == before


def test_the_tombstone_of_a_conference_travels_and_erases_it_there():
    laptop = evening().store
    centre = copied(laptop)
    laptop.forget(LOG, "2024-04-01T00:00:00Z")
    tombstone = read(pack(of_conference(laptop, LOG, AT)))
    assert taken(centre, tombstone) == [("erases", 20)]
    assert (everything(centre), list(centre.forgotten())) == ({}, [LOG])
    assert taken(centre, tombstone) == [("erased", 0)]


def test_a_tombstone_never_erases_anything_but_conferences_and_surveys():
    centre = MemoryStore()
    centre.append("audit-2024", "audit", [Draft("noted", "", {})], 0, AT)
    with pytest.raises(NotMerged):
        merge(centre, Archive((), {"audit-2024": AT}), AT)
    assert dict(centre.logs()) == {"audit-2024": 1}


def test_words_that_came_in_and_were_erased_are_in_no_file(tmp_path):
    room = evening()
    store = SQLiteStore(tmp_path / "conferences.db")
    merge(store, of_conference(room.store, LOG, AT), AT)
    erase(room)
    merge(store, of_conference(room.store, LOG, AT), AT)
    assert not [path.name for path in tmp_path.iterdir() if "待てます".encode() in path.read_bytes()]
    assert [path.name for path in tmp_path.iterdir() if "うちも".encode() in path.read_bytes()] == []
    assert store.entries(LOG) == room.store.entries(LOG)
    store.close()


def test_somebody_who_writes_while_an_archive_is_taken_in_is_not_overwritten():
    laptop = evening().store
    centre = copied(laptop)
    say(laptop)

    class Busy(MemoryStore):
        def receive(self, log, kind, entries, after):
            if not self.revision("other"):
                MemoryStore.receive(self, "other", "conference", [Entry("other", 1, "x", "", {}, AT)], 0)
                say(self, "会議室")
            super().receive(log, kind, entries, after)

    busy = Busy()
    busy._logs, busy._kinds = dict(centre._logs), dict(centre._kinds)
    with pytest.raises(NotMerged) as refused:
        merge(busy, of_conference(laptop, LOG, AT), AT)
    assert outcomes(refused.value.steps) == [("diverged", 0)]
    assert busy.entries(LOG)[-1].body == {"room": "会議室"}


def test_every_bad_sample_has_its_maker():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = dict(runpy.run_path(str(SAMPLES[0].parent / "make.py"))["samples"]())
    assert {sample.stem for sample in SAMPLES} == set(made)


def test_f17_every_kind_that_a_fold_reads_has_its_shape():
    assert {*folding._CHANGES, *survey_fold._CHANGES} <= set(SHAPES)


@pytest.mark.parametrize("kind", sorted({*folding._CHANGES, *survey_fold._CHANGES} - {"notice_told", "venue_set"}))
def test_f17_a_body_of_wrong_types_is_refused_for_every_kind(kind):
    wrong = {field.removesuffix("?"): {"x": [None]} for field in SHAPES[kind]}
    assert list(wrong_fields(Entry(LOG, 2, kind, "", wrong, AT)))
