"""Answers for an organisation's own statistics: what the tables hold and no more, harmless in a spreadsheet."""

import csv
import io
from collections import Counter

from answers import EVERYBODY, FOLLOW_UP, LIKERT, NETWORK, SHIFT, people, scale, usual

from facilitation.export.answers import CODEBOOK, COLUMNS, answer_rows, answers_csv, codebook_csv
from facilitation.survey import survey
from facilitation.survey_changes import changed, reword
from facilitation.survey_items import STANDARD, Answer

TYPED = people({"HC": 6, "MED": 4, "SHG": 3})
NAMES = [each.respondent for each in TYPED]


def table(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_each_answer_to_a_scale_is_a_row_with_its_group() -> None:
    rows = answer_rows(survey([*TYPED, *scale("Q1", "post", [5] * 6 + [3] * 7, NAMES)]))
    assert Counter((each.group, each.value) for each in rows) == {("HC", 5): 6, ("MED+SHG", 3): 7}
    assert sorted(each.number for each in rows) == list(range(1, 14))
    assert {(each.item, each.version, each.when, each.option) for each in rows} == {("Q1", 1, "post", "")}


def test_no_answer_stands_beside_no_group() -> None:
    rows = answer_rows(survey([*TYPED, *scale("Q1", "post", [5] * 11 + [0] * 2, NAMES)]))
    assert [each.group for each in rows if each.value == 0] == ["", ""]


def test_before_and_after_share_a_number() -> None:
    rows = answer_rows(survey(SHIFT))
    pairs = {number: [each.value for each in rows if each.number == number] for number in range(1, 9)}
    assert sorted(pairs.values()) == [[1, 2], [2, 3], [2, 4], [2, 4], [3, 3], [3, 4], [3, 5], [4, 4]]


def test_what_others_know_is_a_row_before_and_one_after_beside_no_type() -> None:
    rows = [each for each in answer_rows(survey(NETWORK)) if each.option == "REC"]
    assert Counter((each.when, each.value) for each in rows) == {
        ("pre", 0): 10, ("pre", 1): 1, ("post", 0): 4, ("post", 1): 7,
    }  # fmt: skip
    assert {each.group for each in rows} == {""}


def test_each_option_is_a_question_of_its_own() -> None:
    given = [Answer(name, "post", "T4", option, 1) for name in NAMES for option in ("T4_1", "T4_2")]
    rows = answer_rows(survey([*TYPED, *given]))
    assert Counter((each.option, each.group, each.value) for each in rows)["T4_2", "MED+SHG", 1] == 7
    assert {(each.value, each.group) for each in rows if each.option == "T4_3"} == {(0, "HC"), (0, "MED+SHG")}


def test_who_somebody_is_stands_beside_no_type_and_choices_are_codes() -> None:
    given = [Answer(name, "pre", "A2", "", "A2_1" if n else "A2_4") for n, name in enumerate(NAMES)]
    rows = answer_rows(survey([*TYPED, *given]))
    assert Counter((each.group, each.value) for each in rows) == {("", "A2_1"): 12, ("", "A2_4"): 1}
    assert {each.value for each in answer_rows(survey(FOLLOW_UP))} == {"W1_1", "W1_3", "W1_4"}


def test_people_are_in_another_order_in_each_question_and_each_time() -> None:
    levels = [1, 2, 3, 4, 5] * 12
    answers = [*scale("Q1", "post", levels), *scale("Q2", "post", levels)]
    drawn = [[each.value for each in answer_rows(survey(answers)) if each.item == item] for item in ("Q1", "Q2", "Q1")]
    assert drawn[0] != drawn[1] != drawn[2] != drawn[0]
    assert levels not in drawn and sorted(levels) == sorted(drawn[0])


def test_what_is_withheld_and_what_was_written_freely_is_in_no_row() -> None:
    texts = [Answer(f"p{n}", "post", "T1", "", "=1+1") for n in range(9)]
    result = survey([*LIKERT, *texts, *scale("Q2", "post", [5] * 4)])
    assert {each.item for each in answer_rows(result)} == {"Q1"}
    assert ["Q2", "", "withheld"] in [each[:3] for each in table(codebook_csv(result))]


def test_the_sheet_and_its_codebook_are_tables_with_headings() -> None:
    result = survey(EVERYBODY)
    rows, book = table(answers_csv(result)), table(codebook_csv(result))
    assert rows[0] == list(COLUMNS) and book[0] == list(CODEBOOK)
    assert len(rows) == 1 + len(answer_rows(result)) and {len(each) for each in rows} == {len(COLUMNS)}
    named = {(each[0], each[3]) for each in book}
    assert {("Q1", "5"), ("W1", "W1_1"), ("", "group"), ("", "k")} <= named
    assert {each[0] for each in rows[1:]} <= {each[0] for each in book}


def test_an_organisers_words_are_never_a_formula_and_never_break_the_file() -> None:
    words = '=HYPERLINK("http://x")\x07'
    own = changed(STANDARD, [{**reword(STANDARD, "Q1", ("x", "")), "ja": words, "en": "\t+1"}])
    book = table(codebook_csv(survey(LIKERT, own)))
    line = next(each for each in book if each[:4] == ["Q1", "2", "likert5", ""])
    assert line[4] == '\'=HYPERLINK("http://x")' and line[5] == "'\t+1"


def test_rows_by_category_and_their_codebook() -> None:
    result = survey(usual())
    rows = answer_rows(result)
    assert {each.group for each in rows if each.item == "Q1"} == {"medical", "public", "law_money+life+peer"}
    assert {each.option for each in rows if each.item == "K_F"} == {"medical", "public"}
    book = {(each[2], each[3]): each[4:] for each in table(codebook_csv(result))}
    assert book["group", "public"] == ["行政の相談窓口", "Public counters"]
    assert book["group", "law_money+life+peer"][0] == "法律・お金・司法 + 生活・福祉・就労 + 当事者・家族・回復支援団体"
    assert book["category", "medical"] == [
        "医療：医療機関、依存症専門医療機関",
        "Medical care: Medical institution, Addiction hospital/clinic",
    ]
