"""A survey's log: what it keeps of an answer, which one counts, and that it folds to the same for ever."""

from polled import SURVEY, Poll, polled

from facilitation.entries import Entry
from facilitation.survey_fold import fold
from facilitation.survey_round import CLOSED, OPEN, WAITING, SurveyRound


def test_a_survey_begins_with_its_form_before_open_and_the_others_waiting():
    assert dict(Poll().now.forms) == {"pre": OPEN, "post": WAITING, "follow": WAITING}
    assert dict(Poll(kind="study_meeting").now.forms) == {"pre": OPEN, "study": WAITING}
    assert dict(Poll(kind="visit").now.forms) == {"pre": OPEN, "visit": WAITING, "follow": WAITING}


def test_an_answer_keeps_the_day_alone_and_nobody_s_role_or_seat():
    poll, ann, _ = polled()
    poll.answer(ann)
    entry = poll.entries[-1]
    assert (entry.kind, entry.author, entry.at) == ("answer_given", "", "2024-03-01")
    assert set(entry.body) == {"form", "code", "rows", "texts"}


def test_no_entry_of_a_survey_carries_an_hour():
    poll, ann, _ = polled()
    poll.answer(ann)
    poll.close("post")
    assert {entry.at for entry in poll.entries} == {"2024-03-01"}


def test_of_two_answers_under_one_code_the_last_one_counts():
    poll, ann, bob = polled()
    poll.answer(ann)
    poll.answer(bob)
    poll.answer(ann, [["Q1", "", 1]])
    assert poll.now.answered("post") == 2
    assert poll.now.answers[(ann, "post")].rows == (("Q1", "", 1),)


def test_the_same_answer_once_more_writes_nothing():
    poll, ann, _ = polled()
    poll.answer(ann)
    before = poll.now.revision
    assert poll.answer(ann).fresh is False
    assert poll.now.revision == before


def test_a_repeat_under_the_same_key_is_the_first_arrival_even_after_closing():
    poll, ann, _ = polled()
    first = poll.answer(ann, key="the-same-key")
    poll.close("post")
    again = poll.answer(ann, key="the-same-key")
    assert (again.fresh, again.revision) == (False, first.revision)
    assert poll.now.answered("post") == 1


def test_a_text_that_is_erased_leaves_the_rest_of_its_sheet():
    poll, ann, _ = polled()
    poll.answer(ann, [["Q1", "", 5], ["T1", "", "山田さんのこと"]])
    entries = list(poll.entries)
    entries[-1] = Entry(**{**_as_dict(entries[-1]), "body": {**entries[-1].body, "T1": "", "redacted": True}})
    assert fold(None, SURVEY, entries).answers[(ann, "post")].rows == (("Q1", "", 5),)


def test_a_sheet_erased_whole_is_no_answer_any_more():
    poll, ann, _ = polled()
    poll.answer(ann)
    entries = list(poll.entries)
    entries[-1] = Entry(**{**_as_dict(entries[-1]), "body": {"redacted": True}})
    assert fold(None, SURVEY, entries).answered("post") == 0


def test_a_survey_nobody_opened_is_empty():
    assert fold(None, SURVEY, ()) == SurveyRound(SURVEY)


def test_cards_are_named_in_the_order_of_the_alphabet():
    poll = Poll()
    codes = poll.codes(40)
    assert len(set(codes)) == 40 and list(codes) == sorted(codes)


def test_the_fold_leaves_the_value_before_as_it_was():
    poll, ann, _ = polled()
    before = poll.now
    poll.answer(ann)
    assert before.answers == {} and poll.now.answers != {}
    assert before.forms["post"] == OPEN
    poll.close("post")
    assert before.forms["post"] == OPEN and poll.now.forms["post"] == CLOSED


def _as_dict(entry):
    return {name: getattr(entry, name) for name in ("log", "revision", "kind", "author", "body", "at", "key")}
