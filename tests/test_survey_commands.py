"""The verbs of a survey: who may, what is refused, and that nothing is known before a form is closed for good."""

import pytest
from meeting import ADVISER, FACILITATOR, ORGANISER, PROJECTOR, Room, refusal
from meeting import ONE as SEAT
from polled import GUEST, SURVEY, TYPES, WELL, Poll, event, polled

from facilitation import survey_answering, survey_commands, survey_texts
from facilitation.survey_items import Answer
from facilitation.survey_round import CLOSED, OPEN, WAITING, SurveyRound
from facilitation.survey_sheet import items_of, questionnaire_of, released_answers

STEERING = {
    survey_commands.set_types: {"types": TYPES},
    survey_commands.set_expected: {"expected": 3},
    survey_commands.open_form: {"form": "post"},
    survey_commands.close_form: {"form": "pre"},
    survey_commands.follow_timetable: {"begun": True, "reached": False, "ended": False},
    survey_commands.release_results: {"form": "pre"},
    survey_commands.draw_codes: {"count": 2},
    survey_commands.change_items: {"change": "hide", "item": "A4"},
    survey_answering.read_in: {"answers": ()},
    survey_texts.decide_text: {"sheet": 1, "item": "T1"},
    survey_texts.reconsider_text: {"sheet": 1, "item": "T1"},
    survey_texts.erase_text: {"sheet": 1, "item": "T1"},
}


@pytest.mark.parametrize("who", [GUEST, SEAT, ADVISER, PROJECTOR], ids=lambda who: who.role)
def test_nobody_but_those_who_lead_steers_a_survey(who):
    survey = Poll().now
    assert {verb: refusal(verb, survey, who, **fields) for verb, fields in STEERING.items()} == {
        verb: ("not_allowed", {}) for verb in STEERING
    }
    assert refusal(survey_commands.open_survey, SurveyRound(SURVEY), who, **event()) == ("not_allowed", {})


def test_a_facilitator_and_an_organiser_may_steer():
    for who in (FACILITATOR, ORGANISER):
        (draft,) = survey_commands.open_form(Poll().now, who, form="post")
        assert (draft.kind, draft.author, draft.body) == ("form_opened", who.role, {"form": "post"})


def test_every_verb_refuses_a_survey_that_was_never_opened():
    nothing = SurveyRound(SURVEY)
    for verb, fields in STEERING.items():
        if verb is survey_commands.follow_timetable:
            assert verb(nothing, ORGANISER, **fields) == ()
        else:
            assert refusal(verb, nothing, ORGANISER, **fields) == ("poll.none", {})


# --- forms -----------------------------------------------------------------------------------------------------------


def test_a_form_takes_answers_only_while_it_is_open():
    poll = Poll()
    (ann,) = poll.codes(1)
    fields = {"form": "post", "code": ann, "answers": WELL, "key": "a-key-01"}
    assert refusal(survey_answering.answer, poll.now, GUEST, **fields) == ("poll.not_open", {})
    poll.open("post")
    poll.close("post")
    assert refusal(survey_answering.answer, poll.now, GUEST, **fields) == ("poll.closed", {})


def test_results_are_released_only_after_closing_and_the_form_then_stays_closed():
    poll, ann, _ = polled()
    poll.answer(ann)
    assert refusal(survey_commands.release_results, poll.now, ORGANISER, form="post") == ("poll.not_closed", {})
    poll.close("post")
    poll.close("pre")
    assert released_answers(poll.now) == ()
    poll.send(survey_commands.release_results, form="post")
    assert released_answers(poll.now) == (Answer(ann, "post", "Q1", "", 5), Answer(ann, "post", "Q2", "", 4))
    assert refusal(survey_commands.open_form, poll.now, ORGANISER, form="post") == ("poll.released", {})
    paper = [Answer("紙1", "post", "Q1", "", 5)]
    assert refusal(survey_answering.read_in, poll.now, ORGANISER, answers=paper) == ("poll.released", {})


def test_results_of_a_form_are_released_with_those_before_it_which_must_be_closed():
    poll, *_ = polled()
    poll.close("post")
    fields = {"form": "post"}
    assert refusal(survey_commands.release_results, poll.now, ORGANISER, **fields) == ("poll.earlier_open", {})
    poll.close("pre")
    poll.send(survey_commands.release_results, form="post")
    assert poll.now.released == {"pre", "post"}
    assert refusal(survey_commands.open_form, poll.now, ORGANISER, form="pre") == ("poll.released", {})


def test_a_form_closed_by_a_wrong_tap_opens_again_with_its_answers():
    poll, ann, _ = polled()
    poll.answer(ann)
    poll.close("post")
    poll.open("post")
    assert poll.now.forms["post"] == OPEN and poll.now.answered("post") == 1


def test_closing_writes_how_many_answered():
    poll, ann, bob = polled()
    poll.answer(ann)
    poll.answer(bob)
    poll.close("post")
    assert poll.entries[-1].body == {"form": "post", "answered": 2}


# --- the timetable ---------------------------------------------------------------------------------------------------


def follow(poll, begun=False, reached=False, ended=False):
    poll.send(survey_commands.follow_timetable, FACILITATOR, begun=begun, reached=reached, ended=ended)
    return dict(poll.now.forms)


def test_the_survey_goes_along_with_the_evening():
    poll = Poll()
    assert follow(poll) == {"pre": OPEN, "post": WAITING, "follow": WAITING}
    assert follow(poll, begun=True) == {"pre": CLOSED, "post": WAITING, "follow": WAITING}
    assert follow(poll, begun=True, reached=True) == {"pre": CLOSED, "post": OPEN, "follow": WAITING}
    assert follow(poll, begun=True, reached=True, ended=True) == {"pre": CLOSED, "post": CLOSED, "follow": WAITING}


def test_following_twice_writes_once():
    poll = Poll()
    follow(poll, begun=True)
    before = poll.now.revision
    follow(poll, begun=True)
    assert poll.now.revision == before


def test_presses_taken_back_are_followed_back():
    poll = Poll()
    follow(poll, begun=True)
    assert follow(poll)["pre"] == OPEN
    follow(poll, begun=True, reached=True, ended=True)
    assert follow(poll, begun=True, reached=True)["post"] == OPEN


def test_what_was_opened_or_closed_by_hand_stays_so():
    poll = Poll()
    poll.close("pre")
    follow(poll, begun=True)
    poll.open("pre")
    assert follow(poll, begun=True, reached=True) == {"pre": OPEN, "post": OPEN, "follow": WAITING}


def test_the_timetable_never_opens_what_was_released():
    poll = Poll()
    follow(poll, begun=True)
    poll.send(survey_commands.release_results, form="pre")
    assert follow(poll)["pre"] == CLOSED


def test_at_an_exchange_and_a_study_meeting_the_form_after_follows_as_well():
    assert follow(Poll(kind="study_meeting"), begun=True, reached=True) == {"pre": CLOSED, "study": OPEN}
    assert follow(Poll(kind="exchange"), begun=True, reached=True)["post"] == OPEN


def test_a_conference_keeps_one_survey_for_good():
    room = Room()
    room.send(survey_commands.link_survey, FACILITATOR, survey=SURVEY)
    assert room.now.survey == SURVEY
    assert survey_commands.link_survey(room.now, FACILITATOR, survey="survey-other") == ()
    assert refusal(survey_commands.link_survey, room.now, GUEST, survey=SURVEY) == ("not_allowed", {})


# --- codes -----------------------------------------------------------------------------------------------------------


def test_a_code_given_by_the_app_is_nobody_else_s_and_a_repeat_gets_the_same():
    poll = Poll()
    poll.codes(30)
    first = poll.send(survey_commands.give_code, GUEST, key="phone-0001")
    again = poll.send(survey_commands.give_code, GUEST, key="phone-0001")
    other = poll.send(survey_commands.give_code, GUEST, key="phone-0002")
    codes = [receipt.entries[0].body["codes"][0] for receipt in (first, again, other)]
    assert codes[0] == codes[1] != codes[2]
    assert not {codes[0], codes[2]} & set(poll.now.cards())
    assert poll.entries[-1].author == ""


def test_codes_run_out_kindly():
    poll = Poll()
    assert refusal(survey_commands.draw_codes, poll.now, ORGANISER, count=601) == ("poll.many_codes", {"most": 600})


def test_a_code_that_is_none_of_this_survey_is_named():
    poll, _, _ = polled()
    assert refusal(
        survey_answering.answer, poll.now, GUEST, form="post", code="ZZZZ", answers=WELL, key="a-key-01"
    ) == ("poll.code_unknown", {"found": "ZZZZ"})


# --- answers ---------------------------------------------------------------------------------------------------------


def wrong(answers, form="post"):
    poll, ann, _ = polled()
    return refusal(survey_answering.answer, poll.now, GUEST, form=form, code=ann, answers=answers, key="a-key-01")


def test_everything_that_is_wrong_on_a_sheet_is_named_with_its_place():
    assert wrong([["Q1", "", 6], ["Q99", "", 1], ["T4", "T4_9", 1], ["T5", "", "yes"], ["T1", "", "あ" * 201]]) == [
        ("Q1", "poll.value", {"found": "6", "item": "Q1"}),
        ("Q99", "poll.item", {"found": "Q99"}),
        ("T4", "poll.option", {"found": "T4_9", "item": "T4"}),
        ("T5", "poll.option", {"found": "yes", "item": "T5"}),
        ("T1", "poll.long", {"most": 200, "length": 201, "item": "T1"}),
    ]


@pytest.mark.parametrize("sheet", [[], [["T1", "", "  "]], [["K_R", "HC", 0], ["T4", "T4_1", 0]]])
def test_an_empty_form_is_refused(sheet):
    assert wrong(sheet) == ("poll.empty", {})


def test_no_answer_is_an_answer():
    poll, ann, _ = polled()
    poll.answer(ann, [["Q1", "", 0]])
    assert poll.now.answers[(ann, "post")].rows == (("Q1", "", 0),)


def test_a_type_that_is_not_here_is_no_row_of_the_grid():
    assert wrong([["K_F", "MED", 1]]) == [("K_F", "poll.option", {"found": "MED", "item": "K_F"})]


def test_who_missed_the_form_before_says_the_agency_type_after():
    poll, ann, _ = polled()
    poll.answer(ann, [["A1", "", "HC"], *WELL])
    assert ("A1", "", "HC") in poll.now.answers[(ann, "post")].rows


# --- items -----------------------------------------------------------------------------------------------------------


def test_an_organiser_hides_orders_rewords_and_writes_items():
    poll = Poll()
    poll.send(survey_commands.change_items, change="hide", item="A4")
    shown = [item.id for item in items_of(poll.now, "pre")]
    assert "A4" not in shown
    poll.send(survey_commands.change_items, change="reorder", kind="case_conference", form="pre", items=shown[::-1])
    assert [item.id for item in items_of(poll.now, "pre")] == shown[::-1]
    poll.send(survey_commands.change_items, change="reword", item="P1", words=("依存症かもしれないと思える", ""))
    assert questionnaire_of(poll.now).items["P1"].version == 2
    own = {"kind": "case_conference", "forms": ["post"], "type": "single", "words": ("会場は", "")}
    poll.send(survey_commands.change_items, change="add", **own, options=[("よい", ""), ("遠い", "")])
    assert items_of(poll.now, "post")[-1].id == "X1"
    (ann,) = poll.codes(1)
    poll.open("post")
    poll.answer(ann, [["X1", "", "X1_2"]])
    assert poll.now.answers[(ann, "post")].rows == (("X1", "", "X1_2"),)


def test_a_form_that_somebody_answered_keeps_its_questions():
    poll, ann, _ = polled()
    poll.answer(ann)
    change = survey_commands.change_items
    assert refusal(change, poll.now, ORGANISER, change="hide", item="Q3") == ("poll.answered_already", {})
    assert refusal(change, poll.now, ORGANISER, change="hide", item="P1") == ("poll.answered_already", {})
    poll.send(change, change="hide", item="A4")
    assert refusal(survey_commands.set_types, poll.now, ORGANISER, types=["HC"]) == ("poll.answered_already", {})


def test_items_changed_once_are_taken_over_by_the_next_survey():
    poll = Poll()
    poll.send(survey_commands.change_items, change="hide", item="A4")
    after = Poll(changes=poll.now.changes)
    assert items_of(after.now, "pre") == items_of(poll.now, "pre")


# --- paper -----------------------------------------------------------------------------------------------------------


def test_typed_sheets_are_read_in_and_a_second_time_nothing_is_doubled():
    poll, ann, _ = polled()
    poll.answer(ann)
    paper = [
        Answer("山田花子", "post", "Q1", "", 4),
        Answer("山田花子", "pre", "P1", "", 2),
        Answer(f"{ann[:2]}-{ann[2:]}", "post", "Q1", "", 3),
    ]
    poll.send(survey_answering.read_in, answers=paper)
    assert (poll.now.answered("post"), poll.now.answered("pre")) == (2, 1)
    assert poll.now.answers[(ann, "post")].rows == (("Q1", "", 3),)
    before = poll.now.revision
    poll.send(survey_answering.read_in, answers=paper)
    assert poll.now.revision == before
    assert "山田" not in str(poll.entries)


def test_one_wrong_row_keeps_all_typed_sheets_out():
    poll, _, _ = polled()
    paper = [Answer("1", "post", "Q1", "", 4), Answer("2", "post", "Q1", "", 7), Answer("3", "study", "Q1", "", 4)]
    assert refusal(survey_answering.read_in, poll.now, ORGANISER, answers=paper) == [
        ("Q1", "poll.item", {"found": "study Q1"}),
        ("Q1", "poll.value", {"found": "7", "item": "Q1"}),
    ]
    assert poll.now.answered("post") == 0


def test_at_a_visit_what_is_asked_after_stands_in_the_visit_s_form():
    poll = Poll(kind="visit")
    paper = [Answer("1", "visit", "V1", "", 4), Answer("1", "post", "P3", "", 5), Answer("1", "pre", "P3", "", 2)]
    poll.send(survey_answering.read_in, answers=paper)
    assert (poll.now.answered("visit"), poll.now.answered("pre")) == (1, 1)
    for form in ("pre", "visit"):
        if poll.now.forms[form] == WAITING:
            poll.open(form)
        poll.close(form)
        poll.send(survey_commands.release_results, form=form)
    assert sorted((each.when, each.item, each.value) for each in released_answers(poll.now)) == [
        ("post", "P3", 5),
        ("pre", "P3", 2),
        ("visit", "V1", 4),
    ]


def test_the_verbs_refuse_what_no_screen_offers():
    poll = Poll()
    assert refusal(survey_commands.open_form, poll.now, ORGANISER, form="visit") == ("poll.no_form", {})
    assert refusal(survey_commands.set_expected, poll.now, ORGANISER, expected=-1) == ("poll.expected", {"most": 600})
    nowhere = SurveyRound(SURVEY)
    party = event(kind="party")
    assert refusal(survey_commands.open_survey, nowhere, ORGANISER, **party) == ("poll.kind", {"found": "party"})
