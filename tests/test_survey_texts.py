"""Free texts of a survey: read by a person, allowed by their writer, or shown nowhere."""

import pytest
from meeting import ORGANISER, refusal
from polled import polled

from facilitation import survey_commands, survey_texts
from facilitation.survey_texts import written
from facilitation.themes import suggest

SAID = "いろいろな視点を学べました"


def closed(consent="T5_1", text=SAID):
    """One sheet with a text, its form closed; the poll and the sheet's revision."""
    poll, ann, _ = polled()
    poll.answer(ann, [["Q1", "", 5], ["T1", "", text], *([["T5", "", consent]] if consent else [])])
    sheet = poll.now.answers[(ann, "post")].revision
    poll.close("post")
    return poll, ann, sheet


def test_before_closing_there_is_nothing_to_read():
    poll, ann, _ = polled()
    poll.answer(ann, [["T1", "", SAID]])
    assert written(poll.now) == ()


def test_a_text_waits_with_its_suggested_theme_and_is_shown_once_it_is_released():
    poll, _, sheet = closed()
    (text,) = written(poll.now)
    assert (text.text, text.theme, text.shown, text.decided) == (SAID, "QT3", "", None)
    poll.send(survey_texts.decide_text, sheet=sheet, item="T1", theme="QT2")
    (text,) = written(poll.now)
    assert (text.shown, text.theme) == (SAID, "QT2")


def test_without_consent_a_text_cannot_be_released():
    for consent in ("T5_3", ""):
        poll, _, sheet = closed(consent)
        fields = {"sheet": sheet, "item": "T1"}
        assert refusal(survey_texts.decide_text, poll.now, ORGANISER, **fields) == ("poll.no_consent", {})
        poll.send(survey_texts.decide_text, **fields, keep=True)
        assert written(poll.now)[0].shown == ""


def test_where_a_summary_is_allowed_the_words_themselves_are_not_shown():
    poll, _, sheet = closed("T5_2")
    fields = {"sheet": sheet, "item": "T1"}
    assert refusal(survey_texts.decide_text, poll.now, ORGANISER, **fields, text=SAID) == ("poll.summary", {})
    poll.send(survey_texts.decide_text, **fields, text="視点が広がった", theme="QT3")
    assert written(poll.now)[0].shown == "視点が広がった"


def test_a_text_written_anew_waits_anew():
    poll, ann, sheet = closed()
    poll.send(survey_texts.decide_text, sheet=sheet, item="T1", theme="QT3")
    poll.open("post")
    poll.answer(ann, [["T1", "", "あたらしい文"], ["T5", "", "T5_1"]])
    poll.close("post")
    assert [(text.text, text.shown) for text in written(poll.now)] == [("あたらしい文", "")]


def test_a_decision_can_be_taken_back():
    poll, _, sheet = closed()
    poll.send(survey_texts.decide_text, sheet=sheet, item="T1", theme="QT3")
    poll.send(survey_texts.reconsider_text, sheet=sheet, item="T1")
    assert written(poll.now)[0].decided is None


def test_a_text_that_is_erased_is_gone_from_the_log():
    poll, ann, sheet = closed(text="山田さんが来ました")
    poll.send(survey_texts.erase_text, sheet=sheet, item="T1")
    assert "山田" not in str(poll.entries)
    assert written(poll.now) == ()
    assert poll.now.answers[(ann, "post")].rows == (("Q1", "", 5), ("T5", "", "T5_1"))


def test_with_an_erased_text_goes_what_was_written_there_before_and_what_it_was_put_into():
    poll, ann, first = closed(text="山田さんが来ました")
    poll.send(survey_texts.decide_text, sheet=first, item="T1", text="山田氏の話", sure=True)
    poll.open("post")
    poll.answer(ann, [["T1", "", "ヤマダさんでした"], ["T5", "", "T5_1"]])
    poll.close("post")
    sheet = written(poll.now)[0].sheet
    poll.send(survey_texts.decide_text, sheet=sheet, item="T1", text="ある山田さん", sure=True)
    poll.send(survey_texts.erase_text, sheet=sheet, item="T1")
    known = str((poll.entries, poll.writer._known))
    assert not any(name in known for name in ("山田", "ヤマダ"))
    assert written(poll.now) == ()


def test_words_that_may_tell_who_somebody_is_are_released_only_by_a_person_who_is_sure():
    poll, _, sheet = closed(text="山田さんの話に視点が広がった")
    fields = {"sheet": sheet, "item": "T1"}
    assert refusal(survey_texts.decide_text, poll.now, ORGANISER, **fields) == ("poll.personal", {"found": "山田さん"})
    poll.send(survey_texts.decide_text, **fields, text="視点が広がった")
    assert written(poll.now)[0].shown == "視点が広がった"
    poll.send(survey_texts.decide_text, **fields, sure=True)
    assert written(poll.now)[0].shown == "山田さんの話に視点が広がった"


def test_texts_stand_in_the_order_of_their_words_and_name_no_code():
    poll, ann, bob = polled()
    poll.answer(bob, [["T1", "", "いいい"]])
    poll.answer(ann, [["T1", "", "あああ"]])
    poll.close("post")
    found = written(poll.now)
    assert [each.text for each in found] == ["あああ", "いいい"]
    assert not any(code in repr(found) for code in (ann, bob))


def test_wrong_places_and_themes_are_refused():
    poll, _, sheet = closed()
    decide = survey_texts.decide_text
    assert refusal(decide, poll.now, ORGANISER, sheet=sheet, item="Q1") == ("poll.no_text", {})
    assert refusal(decide, poll.now, ORGANISER, sheet=99, item="T1") == ("poll.no_text", {})
    assert refusal(decide, poll.now, ORGANISER, sheet=sheet, item="T1", theme="QT0") == ("poll.theme", {"found": "QT0"})
    long = {"sheet": sheet, "item": "T1", "text": "あ" * 201}
    assert refusal(decide, poll.now, ORGANISER, **long) == ("poll.summary_long", {"most": 200, "length": 201})
    assert refusal(survey_commands.release_results, poll.now, ORGANISER, form="pre") == ("poll.not_closed", {})


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("いろいろな視点を学べました", "QT3"),
        ("多職種の方と顔を合わせることができてよかった", "QT1"),
        ("時間がもっとほしい", "QT9"),
        ("ありがとうございました", ""),
        ("強みと顔", "QT1"),
        ("", ""),
    ],
)
def test_a_theme_is_suggested_by_the_words_of_the_codebook(text, theme):
    assert suggest(text) == theme
