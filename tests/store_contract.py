"""What every store does, written once; a store's test file inherits it and says how to open one."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from facilitation.entries import REDACTED, Draft, Entry
from facilitation.store import Behind, Forgotten, KeyTaken, Store

AT = "2024-03-01T05:00:00Z"


def draft(text: str, key: str = "") -> Draft:
    return Draft("noted", "seat:1", {"text": text}, key)


def erasure(revision: int, *fields: str) -> Draft:
    return Draft(REDACTED, "organiser", {"revision": revision, "fields": list(fields)})


class StoreContract:
    """Inherit, and override `opened`."""

    def opened(self) -> Store:
        raise NotImplementedError

    @pytest.fixture
    def store(self, tmp_path):
        self.folder = tmp_path
        store = self.opened()
        yield store
        store.close()

    def test_what_is_written_is_read_back_in_order(self, store):
        written = store.append("a", "conference", [draft("一"), draft("二", "k")], 0, AT)
        assert written == (
            Entry("a", 1, "noted", "seat:1", {"text": "一"}, AT, ""),
            Entry("a", 2, "noted", "seat:1", {"text": "二"}, AT, "k"),
        )
        assert store.entries("a") == written
        assert store.entries("a", after=1) == written[1:]
        assert store.entries("a", after=2) == ()

    def test_an_unknown_log_is_empty(self, store):
        assert (store.entries("x"), store.revision("x"), dict(store.logs())) == ((), 0, {})

    def test_logs_are_told_apart_by_kind_and_keep_their_first_one(self, store):
        store.append("b", "survey", [draft("1")], 0, AT)
        store.append("a", "conference", [draft("1")], 0, AT)
        store.append("b", "conference", [draft("2")], 1, AT)
        assert list(store.logs().items()) == [("a", 1), ("b", 2)]
        assert dict(store.logs("survey")) == {"b": 2}
        assert dict(store.logs("programme")) == {}

    def test_counters_of_some_logs_are_told_in_one_answer(self, store):
        store.append("a", "conference", [draft("1"), draft("2")], 0, AT)
        store.append("b", "survey", [draft("1")], 0, AT)
        store.append("c", "survey", [draft("1")], 0, AT)
        assert dict(store.revisions(["a", "c", "none"])) == {"a": 2, "c": 1}
        assert dict(store.revisions([])) == {}

    @pytest.mark.parametrize("after", [0, 2])
    def test_a_writer_that_is_not_up_to_date_writes_nothing_and_hears_where_the_log_stands(self, store, after):
        store.append("a", "conference", [draft("1")], 0, AT)
        with pytest.raises(Behind) as refused:
            store.append("a", "conference", [draft("2")], after, AT)
        assert refused.value.actual == 1
        assert store.revision("a") == len(store.entries("a")) == 1

    def test_a_refused_first_write_leaves_no_log(self, store):
        with pytest.raises(Behind):
            store.append("a", "conference", [draft("1")], 5, AT)
        assert dict(store.logs()) == {}

    def test_f08_a_key_is_taken_once_in_a_log_and_free_in_another(self, store):
        store.append("a", "conference", [draft("1", "k"), draft("2"), draft("3")], 0, AT)
        with pytest.raises(KeyTaken):
            store.append("a", "conference", [draft("4"), draft("5", "k")], 3, AT)
        with pytest.raises(KeyTaken):
            store.append("a", "conference", [draft("4", "n"), draft("5", "n")], 3, AT)
        assert store.revision("a") == len(store.entries("a")) == 3
        assert len(store.append("b", "conference", [draft("1", "k")], 0, AT)) == 1

    def test_f19_text_comes_back_as_typed_and_a_lone_surrogate_breaks_nothing(self, store):
        typed = "👩‍👩‍👧 عربي \u200b ｱﾙｺｰﾙ\t\n'\"\\ \x00\x1b"
        (written,) = store.append("a", "conference", [Draft("noted", "seat\x00:1", {"text": typed + "\ud83d"})], 0, AT)
        assert (written.author, written.body) == ("seat:1", {"text": typed})
        assert store.entries("a") == (written,)

    def test_what_json_cannot_say_is_refused_whole(self, store):
        with pytest.raises((TypeError, ValueError)):
            store.append("a", "conference", [draft("1"), Draft("noted", "", {"x": float("nan")})], 0, AT)
        with pytest.raises(TypeError):
            store.append("a", "conference", [draft("1"), Draft("noted", "", {"x": {1, 2}})], 0, AT)
        assert dict(store.logs()) == {}

    def test_bodies_read_by_one_are_not_changed_by_another(self, store):
        body = {"tracks": ["TS"]}
        store.append("a", "conference", [Draft("noted", "", body)], 0, AT)
        body["tracks"].append("XX")
        assert store.entries("a")[0].body == {"tracks": ["TS"]}

    def test_f28_of_writers_at_one_revision_exactly_one_wins(self, store):
        def attempt(number):
            try:
                return len(store.append("a", "conference", [draft(str(number))], 0, AT))
            except Behind:
                return 0

        with ThreadPoolExecutor(20) as pool:
            assert sum(pool.map(attempt, range(20))) == 1
        assert len(store.entries("a")) == store.revision("a") == 1

    def test_summaries_are_kept_by_kind_and_shape_while_they_are_true(self, store):
        store.append("a", "conference", [draft("1")], 0, AT)
        store.append("b", "conference", [draft("1"), draft("2")], 0, AT)
        store.append("s", "survey", [draft("1")], 0, AT)
        store.keep_summaries({"b": (2, "B"), "a": (1, "A"), "s": (1, "S"), "none": (1, "N")}, 7)
        assert dict(store.summaries("conference", 7)) == {"a": (1, "A"), "b": (2, "B")}
        assert (dict(store.summaries("survey", 7)), dict(store.summaries("conference", 8))) == ({"s": (1, "S")}, {})
        store.append("a", "conference", [draft("2")], 1, AT)
        store.keep_summaries({"a": (1, "too late")}, 7)
        assert dict(store.summaries("conference", 7)) == {"b": (2, "B")}
        store.keep_summaries({"a": (2, "A2"), "b": (2, "B8")}, 8)
        assert dict(store.summaries("conference", 8)) == {"a": (2, "A2"), "b": (2, "B8")}
        assert dict(store.summaries("conference", 7)) == {}

    def test_a_summary_goes_with_the_words_it_was_made_of(self, store):
        for log in "abc":
            store.append(log, "conference", [draft("山田さん")], 0, AT)
        store.keep_summaries(dict.fromkeys("abc", (1, "山田さん")), 1)
        store.append("a", "conference", [erasure(1)], 1, AT)
        store.forget("b", AT)
        store.keep_summaries({"b": (1, "山田さん")}, 1)
        assert dict(store.summaries("conference", 1)) == {"c": (1, "山田さん")}

    def test_figures_are_kept_beside_summaries_while_they_are_true_and_go_with_the_words(self, store):
        for log in "abcd":
            store.append(log, "survey", [draft("1")], 0, AT)
        store.keep_summaries(dict.fromkeys("abcd", (1, "S")), 7)
        store.keep_figures({**dict.fromkeys("abcd", (1, "F")), "e": (1, "none")}, 7)
        assert dict(store.figures("abe", 7)) == {"a": (1, "F"), "b": (1, "F")}
        assert (dict(store.figures((), 7)), dict(store.figures("ab", 8))) == ({}, {})
        store.append("a", "survey", [erasure(1)], 1, AT)
        store.append("b", "survey", [draft("2")], 1, AT)
        store.forget("c", AT)
        store.keep_figures({"a": (1, "too late"), "c": (1, "gone")}, 7)
        assert dict(store.figures("abcd", 7)) == {"d": (1, "F")}
        store.keep_figures({"b": (2, "F2")}, 8)
        assert dict(store.figures("bd", 8)) == {"b": (2, "F2")}

    def test_what_erased_words_is_found_without_reading_the_logs(self, store):
        for log in "ab":
            store.append(log, "conference", [draft("1"), draft("2")], 0, AT)
        first = store.append("b", "conference", [erasure(2)], 2, AT)
        second = store.append("b", "conference", [erasure(1)], 3, AT)
        assert store.erasing() == (*first, *second)

    def test_numbers_are_counted_by_name_and_minute(self, store):
        store.add(["a", "b"], 100)
        store.add(["a"], 100)
        store.add(["a"], 101)
        counted = [store.count(name, minute) for name in ("a", "b", "c") for minute in (100, 101, 102)]
        assert counted == [2, 1, 0, 1, 0, 0, 0, 0, 0]
        assert [store.count("a", minute, 2) for minute in (99, 100, 101, 102, 103)] == [0, 2, 3, 1, 0]
        assert (store.count("a", 101, 240), store.count("c", 101, 240)) == (3, 0)

    @pytest.mark.parametrize("jump", [1, -1])
    def test_numbers_are_kept_for_four_hours_whichever_way_the_clock_jumps(self, store, jump):
        store.add(["a"], 1000)
        store.add(["b"], 1000 + 240 * jump)
        assert store.count("a", 1000) == 1
        store.add(["b"], 1000 + 241 * jump)
        assert (store.count("a", 1000), store.count("b", 1000 + 240 * jump)) == (0, 1)

    def test_numbers_of_many_threads_add_up(self, store):
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda n: store.add(["all", f"device {n % 4}"], 7), range(40)))
        assert [store.count(name, 7) for name in ("all", "device 0", "device 3")] == [40, 10, 10]

    def test_an_erased_entry_keeps_its_place_and_loses_its_words(self, store):
        store.append("a", "conference", [draft("山田さん", "k"), draft("二")], 0, AT)
        store.append("b", "conference", [draft("山田さん")], 0, AT)
        (written,) = store.append("a", "conference", [erasure(1)], 2, AT)
        assert store.entries("a") == (
            Entry("a", 1, "noted", "seat:1", {"redacted": True}, AT, "k"),
            Entry("a", 2, "noted", "seat:1", {"text": "二"}, AT, ""),
            written,
        )
        assert [entry.erased for entry in store.entries("a")] == [True, False, False]
        assert store.revision("a") == 3
        assert store.entries("b")[0].body == {"text": "山田さん"}

    def test_single_fields_go_blank_and_the_others_stay(self, store):
        body = {"title": "山田さんの会", "groups": 3}
        store.append("a", "conference", [Draft("opened", "organiser", body)], 0, AT)
        store.append("a", "conference", [erasure(1, "title", "unknown")], 1, AT)
        assert store.entries("a")[0].body == {"title": "", "groups": 3, "redacted": True}

    def test_one_write_erases_several_entries_or_none(self, store):
        store.append("a", "conference", [draft("一"), draft("二")], 0, AT)
        with pytest.raises(Behind):
            store.append("a", "conference", [erasure(1), erasure(2)], 1, AT)
        assert [entry.body["text"] for entry in store.entries("a")] == ["一", "二"]
        store.append("a", "conference", [erasure(1), erasure(2), erasure(9), erasure(0)], 2, AT)
        assert [entry.erased for entry in store.entries("a")] == [True, True] + [False] * 4

    def test_what_was_written_elsewhere_keeps_its_times_and_its_keys(self, store):
        elsewhere = (
            Entry("a", 1, "noted", "seat:1", {"text": "一"}, AT, "k"),
            Entry("a", 2, "noted", "seat:2", {"text": "二"}, "2024-03-02T05:00:00Z"),
        )
        store.receive("a", "survey", elsewhere[:1], 0)
        store.receive("a", "survey", elsewhere[1:], 1)
        assert store.entries("a") == elsewhere
        assert dict(store.logs("survey")) == {"a": 2}
        with pytest.raises(Behind):
            store.receive("a", "survey", elsewhere[1:], 1)
        with pytest.raises(KeyTaken):
            store.receive("a", "survey", [Entry("a", 3, "noted", "", {}, AT, "k")], 2)
        assert store.entries("a") == elsewhere

    def test_an_erasure_written_elsewhere_erases_here(self, store):
        store.append("a", "conference", [draft("山田さん")], 0, AT)
        store.receive("a", "conference", [Entry("a", 2, REDACTED, "organiser", {"revision": 1, "fields": []}, AT)], 1)
        assert store.entries("a")[0].body == {"redacted": True}

    def test_a_forgotten_log_is_gone_and_its_id_never_comes_back(self, store):
        written = store.append("a", "conference", [draft("1")], 0, AT)
        store.append("b", "conference", [draft("1")], 0, AT)
        store.forget("a", "2024-04-01T00:00:00Z")
        store.forget("a", "2024-05-01T00:00:00Z")
        assert (store.entries("a"), store.revision("a"), dict(store.logs())) == ((), 0, {"b": 1})
        assert dict(store.forgotten()) == {"a": "2024-04-01T00:00:00Z"}
        for write in (
            lambda: store.append("a", "conference", [draft("1")], 0, AT),
            lambda: store.receive("a", "conference", written, 0),
        ):
            with pytest.raises(Forgotten) as refused:
                write()
            assert refused.value.detail == {"log": "a"}
        assert dict(store.logs()) == {"b": 1}

    def test_a_log_that_never_was_here_is_forgotten_as_well(self, store):
        assert dict(store.forgotten()) == {}
        store.forget("a", AT)
        with pytest.raises(Forgotten):
            store.append("a", "conference", [draft("1")], 0, AT)
