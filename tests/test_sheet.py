"""Sheets of cards: what is accepted, and all problems of what is not, at once and with their places."""

import io
import json
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from worked import W, said

from facilitation.sheet import Sheet, read_cards
from facilitation.sheet_problem import SheetProblem
from facilitation.spreadsheet import MOST_BYTES, MOST_ROWS, contents

SHEETS = Path(__file__).parent / "sheets"
BAD = sorted(path for path in (SHEETS / "bad").iterdir() if path.suffix != ".json")


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("path", sorted(SHEETS.glob("worked*")), ids=lambda path: path.name)
def test_the_worked_example_is_read_alike_from_every_kind_of_sheet(path: Path) -> None:
    assert read_cards(contents(path)) == Sheet(W, ())


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.name)
def test_a_bad_sheet_tells_all_its_problems_at_once(path: Path) -> None:
    expected = json.loads(path.with_name(f"{path.name}.json").read_text("utf-8"))
    found = read_cards(contents(path)).problems
    assert [{"row": each.row, "field": each.field, "problem": each.text("ja")} for each in found] == expected


def test_only_three_columns_are_needed_and_a_row_is_then_a_card_of_its_own() -> None:
    sheet = read_cards("機関,段階,区分\n保健所,気づき,できること\n保健所,気づき,できること\n".encode())
    assert sheet == Sheet((said("#2 HC S1 can"), said("#3 HC S1 can")), ())


def test_group_scene_tracks_and_text_are_kept() -> None:
    heads = "id,group,scene,type,stage,tracks,kind,text,consent,handover,to\n"
    row = "a,Ａ班,２,HC,S1,家族の支援、TS;Debts and money,can,ｶﾅと①,はい,連絡,CSC\n"
    assert read_cards((heads + row).encode()).statements == (
        said("a HC S1 can handover=H2_contact to=CSC", group="A班", scene=2, tracks=("TF", "TD", "TS"), text="ｶﾅと①"),
    )


@pytest.mark.parametrize("tracks", ["TF TD", "TF;TD", "TF、TD", "TD　TF", "Family support; TD", "家族の支援 TD"])
def test_tracks_are_separated_by_a_space_a_semicolon_or_a_comma_of_japan(tracks: str) -> None:
    sheet = read_cards(f"type,stage,kind,tracks\nHC,S1,can,{tracks}\n".encode())
    assert sheet == Sheet((said("#2 HC S1 can", tracks=("TF", "TD")),), ())


def test_one_card_may_hold_a_can_a_hard_and_a_help() -> None:
    rows = "7,HC,S5,can,,,H3,CSC\n7,HC,S5,hard,B_TIME,E_FACE,,\n7,HC,S5,help,,E_FACE,,\n"
    sheet = read_cards(("id,type,stage,kind,reason,help,handover,to\n" + rows).encode())
    assert sheet == Sheet(
        (
            said("7 HC S5 can handover=H3_accompany to=CSC"),
            said("7 HC S5 hard reason=B_TIME help=E_FACE"),
            said("7 HC S5 help help=E_FACE"),
        ),
        (),
    )


def test_a_hand_over_may_stand_on_the_hard_where_there_is_no_can() -> None:
    sheet = read_cards(b"type,stage,kind,handover,to\nHC,S5,hard,H2_contact,CSC\n")
    assert sheet == Sheet((said("#2 HC S5 hard handover=H2_contact to=CSC"),), ())


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    text = 'type,stage,kind,text\nHC,S1,can,"二行に\nわたる"\n,,,\n\nHC,S0,can,\n'
    assert [(each.row, each.field) for each in read_cards(text.encode()).problems] == [(5, "stage")]
    rows = workbook(["type", "stage", "kind"], ["HC", "S1", "can"], [], [], ["HC", "S0", "can"])
    assert [(each.row, each.field) for each in read_cards(rows).problems] == [(5, "stage")]


def test_a_formula_in_a_workbook_is_text_and_never_run() -> None:
    rows = workbook(["type", "stage", "kind", "text"], ["HC", "S1", "can", "=1+1"], ["=A2", "S1", "can", 3.0])
    sheet = read_cards(rows)
    assert sheet.statements == (said("#2 HC S1 can", text="=1+1"),)
    assert sheet.problems == (SheetProblem(3, "type", "row.unknown", {"found": "=A2"}),)


def test_what_a_person_typed_stays_as_typed_but_for_controls() -> None:
    sheet = read_cards("type,stage,kind,text\nHC,S1,can,Ｆ19😀\x07\u202eabc\n".encode())
    assert sheet.statements[0].text == "Ｆ19😀\u202eabc"


def test_found_words_are_quoted_short_and_on_one_line() -> None:
    found = read_cards(('type,stage,kind\n"H\nC' + "x" * 500 + '",S1,can\n').encode()).problems
    assert [each.params for each in found] == [{"found": "H�C" + "x" * 37 + "…"}]


def test_a_sheet_that_is_too_big_is_refused_before_it_is_read() -> None:
    assert [each.key for each in read_cards(b"a" * (MOST_BYTES + 1)).problems] == ["file.too_big"]


def test_a_workbook_that_unpacks_to_far_more_is_refused() -> None:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", bytes(60_000_000))
    assert [each.key for each in read_cards(file.getvalue()).problems] == ["file.too_big"]


def test_a_workbook_that_declares_entities_is_refused() -> None:
    file = io.BytesIO()
    with ZipFile(file, "w") as parts:
        parts.writestr("xl/workbook.xml", b'<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>')
    assert [each.key for each in read_cards(file.getvalue()).problems] == ["file.not_readable"]


def test_more_rows_than_fit_are_told() -> None:
    rows = "type,stage,kind\n" + "HC,S1,can\n" * (MOST_ROWS + 1)
    found = read_cards(rows.encode()).problems
    assert found == (SheetProblem(MOST_ROWS + 2, "", "file.rows", {"most": MOST_ROWS}),)


def test_a_problem_is_told_with_its_place_in_both_languages() -> None:
    (found,) = read_cards("type,stage,kind\n保険所,S1,can\n".encode()).problems
    assert found.line("ja") == "2行目「機関種別」：「保険所」は使えません。「保健所」のことですか。"
    assert found.line("en") == "Row 2, type: “保険所” cannot be used here. Do you mean “保健所”?"


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"type,stage,kind,text\n{text}".encode()))
def test_whatever_the_file_there_is_an_answer_in_both_languages(data: bytes) -> None:
    for found in read_cards(data).problems:
        assert found.line("ja") and found.line("en")
