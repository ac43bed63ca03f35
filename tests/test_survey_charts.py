"""The charts of a survey hold the numbers of its views, and nothing else: figure, table and files alike."""

import csv
import io
import json

import pytest
from answers import LIKERT, NETWORK, SHIFT, people, scale, ticked, usual
from openpyxl import load_workbook

from facilitation.charts.dress import TITLE_WIDTH, safe, wrapped
from facilitation.charts.survey_charts import survey_charts
from facilitation.demo import evenings
from facilitation.demo_survey import polls
from facilitation.export.tables import as_csv, as_workbook
from facilitation.fold import fold
from facilitation.rounding import percent, rounded
from facilitation.scenario import library
from facilitation.screen.house import ROOT
from facilitation.survey import survey
from facilitation.survey_changes import add, changed, reword
from facilitation.survey_fold import fold as fold_survey
from facilitation.survey_items import STANDARD, Answer
from facilitation.survey_sheet import questionnaire_of, released_answers

CONFERENCES = [fold(None, e[0].log, e) for e in evenings(library(ROOT / "scenarios"), "ja")]
ROUNDS = {played[0].log[-6:]: fold_survey(None, played[0].log, played) for played in polls(CONFERENCES, "ja")}
WHOLE = ROUNDS["DENA34"]
RESULT = survey(released_answers(WHOLE), questionnaire_of(WHOLE), 30)


def drawn(answers, language="ja", questionnaire=STANDARD):
    chapters = survey_charts(survey(answers, questionnaire), "2024-03-01", language)
    return {chart.name: chart for charts in chapters.values() for chart in charts}


def all_drawn(language="ja"):
    chapters = survey_charts(RESULT, "2026-07-24", language, {"E_VISIT": 3, "E_FACE": 1})
    return [chart for charts in chapters.values() for chart in charts]


def own_question(words):
    """What an organiser writes as a scale of the form after."""
    return add(STANDARD, "case_conference", ["post"], "likert5", (words, ""))


def bars(figure, **wanted):
    return [trace for trace in figure.data if trace.type == "bar" and all(trace[k] == v for k, v in wanted.items())]


def test_the_bars_of_a_scale_are_as_long_as_its_shares():
    chart = drawn(LIKERT)["agreement-post"]
    lengths = [x for trace in chart.figure.data for x in trace.x]
    assert round(sum(x for x in lengths if x < 0), 3) == -0.179
    assert round(sum(x for x in lengths if x > 0), 3) == 0.821
    (row,) = chart.rows
    assert row[1:8] == (28, 2, 1, 2, 4, 12, 9)
    assert [column.shown(value) for column, value in zip(chart.head, row, strict=True)][8:] == [
        "-17.9%",
        "82.1%",
        "75.0%",
    ]
    assert "75%" in chart.title
    assert all(said in chart.note for said in ("30人の回答", "無記名アンケート", "2024-03-01"))


def test_a_pair_of_dots_stands_at_both_means_and_the_bars_count_the_same_people():
    chart = drawn(SHIFT)["before-after"]
    (dots,) = [trace for trace in chart.figure.data if trace.type == "scatter"]
    assert list(dots.x) == [2.5, 3.625]
    assert [list(trace.customdata) for trace in bars(chart.figure)] == [[6], [2], [0]]
    assert chart.rows[0][1:] == (8, 2.5, 3.625, 1.125, 6, 2, 0, 0)
    assert "1.13" in chart.title


def test_the_network_has_a_line_for_every_share_in_the_same_places_on_both_sides():
    chart = drawn(NETWORK)["acquaintance"]
    lines = [trace for trace in chart.figure.data if trace.mode == "lines+markers"]
    view = survey(NETWORK).network
    shares = [time.share(*edge) for time in (view.before, view.after) for edge in time.ticks if time.ticks[edge]]
    assert [trace.line.width for trace in lines] == pytest.approx([1 + 9 * share for share in shares])
    nodes = [(trace.x[0], trace.y[0], trace.hovertext) for trace in chart.figure.data if trace.mode == "markers"]
    assert nodes[: len(nodes) // 2] == nodes[len(nodes) // 2 :]
    assert "24%" in chart.title and "72%" in chart.title
    assert [row[2:] for row in chart.rows] == [(view.before.share(*e), view.after.share(*e)) for e in view.before.ticks]


def test_every_figure_of_a_whole_survey_holds_the_numbers_of_its_view():
    for chart in all_drawn():
        match chart.name.partition("-")[0], chart.name:
            case "agreement", _:
                views = [RESULT.likert[item] for item in RESULT.likert]
                assert sorted(row[-1] for row in chart.rows) == sorted(view.top2 for view in views)
            case _, "before-after":
                dots = [tuple(trace.x) for trace in chart.figure.data if trace.type == "scatter"]
                assert dots == [(view.before, view.after) for view in RESULT.shift.values()]
            case _, "knowing":
                dots = sorted(tuple(trace.x) for trace in chart.figure.data)
                assert dots == sorted((v.before, v.after) for about in RESULT.knows.values() for v in about.values())
            case "by", _:
                cells = [z for row in chart.figure.data[0].z for z in row if z is not None]
                assert sorted(cells) == sorted(row[3] for row in chart.rows)
                assert all(row[2] >= RESULT.k for row in chart.rows)
            case "list", _:
                counts = RESULT.choices[chart.name.removeprefix("list-")].counts
                assert sorted(chart.figure.data[0].x) == sorted(counts.values()) == sorted(row[1] for row in chart.rows)


def test_the_charts_organisers_want_are_all_there():
    names = {chart.name for chart in all_drawn()}
    assert {
        "agreement-post",
        "before-after",
        "knowing",
        "by-type-post",
        "helps",
        "list-T4",
        "list-W1",
        "list-A2",
    } <= names
    visit = ROUNDS["DENH43"]
    answered = survey(released_answers(visit), questionnaire_of(visit))
    shown = {chart.name for charts in survey_charts(answered, "", "ja").values() for chart in charts}
    assert {"agreement-visit", "list-V6"} <= shown


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_chart_says_its_finding_and_what_it_rests_on(language):
    for chart in all_drawn(language):
        assert len(chart.title) > 8 and chart.note and chart.rows
        assert "{" not in chart.title + chart.note
        if chart.name != "helps":
            assert ("無記名アンケート" if language == "ja" else "Anonymous survey") in chart.note


def test_what_too_few_people_answered_is_in_no_figure():
    few = [*people({"HC": 4}), *scale("Q1", "post", [5, 5, 4, 4])]
    assert drawn(few) == {}


def test_an_organisers_own_words_are_words_in_a_figure():
    evil = "<img src=x onerror=alert(1)><b>どう</b> & <a href='http://x'>思う</a>"
    own = own_question(evil)
    asked = changed(STANDARD, [own])
    chart = drawn(scale("X1", "post", [5] * 6), questionnaire=asked)["agreement-post"]
    said = json.dumps(chart.figure.to_plotly_json(), default=list)
    assert "<img" not in said and "<a href" not in said and "&lt;img" in said


def test_a_line_never_begins_with_a_closing_mark_and_never_ends_with_an_opening_one():
    lines = wrapped("はじめに「顔を合わせる」ことから（すべて）始まりました。つぎに、続けます。", 16)
    assert len(lines) > 2
    assert not any(line[0] in "、。」）" or line[-1] in "「（" for line in lines)
    assert "".join(lines) == "はじめに「顔を合わせる」ことから（すべて）始まりました。つぎに、続けます。"


def test_words_are_not_torn():
    lines = wrapped("I felt that what my agency cannot do can move through links", 24)
    assert " ".join(lines) == "I felt that what my agency cannot do can move through links"


@pytest.mark.parametrize("title", [chart.title for chart in all_drawn("en")])
def test_titles_fit_their_lines(title):
    assert all(len(line) <= TITLE_WIDTH + 8 for line in wrapped(title, TITLE_WIDTH))


def test_a_half_is_rounded_up_as_people_do():
    assert (rounded(3.625, 2), rounded(1.125, 2), percent(0.125), percent(0.285)) == ("3.63", "1.13", "13%", "29%")
    assert percent(None) == "–"
    assert safe("a<b>&") == "a&lt;b&gt;&amp;"


def test_the_csv_holds_the_rows_of_the_table_rounded_once():
    chart = drawn(SHIFT)["before-after"]
    said = as_csv(chart)
    assert said.startswith(b"\xef\xbb\xbf")
    head, row = csv.reader(io.StringIO(said.decode("utf-8-sig")))
    assert head == [column.name for column in chart.head]
    assert row[1:] == ["8", "2.5", "3.625", "1.125", "6", "2", "0", "0"]


def test_the_workbook_has_a_sheet_a_chart_with_the_same_numbers():
    charts = all_drawn()
    book = load_workbook(io.BytesIO(as_workbook(charts)))
    assert len(book.sheetnames) == len(charts)
    for chart, name in zip(charts, book.sheetnames, strict=True):
        title, _, _, head, *rows = [[cell for cell in row if cell is not None] for row in book[name].values]
        assert title == [chart.title] and head == [column.name for column in chart.head]
        assert rows == [[round(v, 3) if isinstance(v, float) else v for v in row] for row in chart.rows]


def test_no_cell_of_a_file_is_a_formula():
    own = own_question("=1+1")
    chart = drawn(scale("X1", "post", [5] * 6), questionnaire=changed(STANDARD, [own]))["agreement-post"]
    assert "'=1+1" in as_csv(chart).decode("utf-8-sig")
    sheet = load_workbook(io.BytesIO(as_workbook([chart]))).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_the_demo_surveys_hold_the_worked_numbers():
    q1, p3 = RESULT.likert["Q1"], RESULT.shift["P3"]
    assert (q1.counts, q1.n, round(q1.left, 3), round(q1.right, 3), q1.top2) == (
        (1, 2, 4, 12, 9),
        28,
        -0.179,
        0.821,
        0.75,
    )
    assert (p3.n, p3.before, p3.after, p3.difference, p3.up, p3.same, p3.down) == (8, 2.5, 3.625, 1.125, 6, 2, 0)
    assert RESULT.by_type.sizes == {"HC": 12, "CITY_CHILD": 7, "CONSULT": 6, "MERGED": 7}
    assert (RESULT.follow_up.response, round(RESULT.follow_up.action, 3)) == (0.6, 0.611)
    faces = survey(released_answers(ROUNDS["DENC46"])).network
    assert [round(time.density, 3) for time in (faces.before, faces.after)] == [0.244, 0.717]


def test_answers_of_nobody_draw_nothing():
    assert drawn([]) == {}
    assert drawn([Answer("a", "post", "Q1", "", 5)]) == {}
    assert drawn(ticked("T4", "post", "T4_1", {"HC": (6, 6)}))["list-T4"].rows[0][1] == 6


def test_a_changed_wording_is_called_another_version():
    asked = changed(STANDARD, [reword(STANDARD, "Q1", ("顔を合わせてよかった", ""))])
    chart = drawn(scale("Q1", "post", [5] * 6), questionnaire=asked)["agreement-post"]
    assert chart.rows[0][0] == "顔を合わせてよかった（文言 第2版）"


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"T4_1": 6, "T4_2": 2}, "次に参加したいものは「事例検討会」がいちばん多い回答でした"),
        ({"T4_1": 6, "T4_5": 6}, "次に参加したいものは「事例検討会」「体験談を聞く研修」がいちばん多い回答でした"),
        ({"T4_1": 3, "T4_2": 3, "T4_3": 3, "T4_5": 3}, "次に参加したいもの"),
        ({"T4_1": 0}, "次に参加したいもの"),
    ],
)
def test_a_title_names_all_that_came_first_together_and_claims_nothing_of_an_even_field(chosen, said):
    answers = [row for option, n in chosen.items() for row in ticked("T4", "post", option, {"HC": (n, 6)})]
    assert drawn(answers)["list-T4"].title == said


@pytest.mark.parametrize(
    ("language", "holds", "merged", "head"),
    [
        (
            "ja",
            "行政の相談窓口：専門相談機関、保健所／医療：医療機関、依存症専門医療機関",
            "その他（まとめ）：多重債務の相談の会、",
            "機関の分類",
        ),
        (
            "en",
            "Public counters: Specialist agency, Health centre / Medical care: Medical institution",
            "Others (together): Debt",
            "Category",
        ),
    ],
)
def test_under_each_figure_by_category_stands_which_types_it_holds(language, holds, merged, head):
    charts = drawn(usual(), language)
    for name in ("knowing", "acquaintance", "by-type-post"):
        assert holds in charts[name].note, name
        assert (merged in charts[name].note) == (name != "knowing")
    assert head in [column.name for column in charts["by-type-post"].head + charts["knowing"].head]
    assert [row[2] for row in charts["by-type-post"].rows] == [7, 7, 10]
    assert holds not in charts["agreement-post"].note


def test_what_was_put_together_is_named_under_figures_by_type():
    by_type = next(chart for chart in all_drawn() if chart.name == "by-type-post")
    assert by_type.note.endswith("その他（まとめ）：医療機関、自助グループ（本人）") and "分類" not in by_type.note


def test_no_figure_by_type_is_drawn_where_all_answers_stand_together():
    sizes = {"HC": 4, "MED": 4}
    names = [each.respondent for each in people(sizes)]
    more = scale("Q1", "post", [5] * 14, [*names, *"abcdef"])
    assert set(drawn([*people(sizes), *more])) == {"agreement-post"}
