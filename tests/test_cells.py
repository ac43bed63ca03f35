"""What people typed reaches spreadsheets as words: nothing is run, nothing breaks a file (F20)."""

import csv
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from facilitation.export import cells

LIVE = ("=1+1", "+81-3", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1+1", "＝1+1", "－2", "\ufeff=1", "\u200b@x", "\n=1")


@pytest.mark.parametrize("text", LIVE)
def test_f20_words_that_a_spreadsheet_would_run_are_marked_as_text(text):
    assert cells.cell(text).startswith("'")


@pytest.mark.parametrize("text", ["電話をかける", "1+1=2", "a@b", "'=1", "", "２人で行く"])
def test_f20_other_words_stay_as_they_were_typed(text):
    assert cells.cell(text) == text


def test_f20_numbers_stay_numbers():
    assert cells.row([-3, 1.5, None, True, "-3"]) == [-3, 1.5, None, True, "'-3"]


def test_f20_signs_that_no_file_can_hold_are_dropped():
    assert cells.cell("a\x00b\x07c\ud800d\ufffee\uffff\x85") == "abcde"


@given(st.text())
def test_f20_no_cell_of_a_csv_begins_like_a_formula(text):
    said = cells.cell(text)
    assert not said.strip("\ufeff\u200b \n\u3000").startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t"))


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_f20_a_csv_of_anything_reads_back_row_by_row(texts):
    file = io.StringIO(newline="")
    csv.writer(file).writerow(cells.row(texts))
    assert next(csv.reader(io.StringIO(file.getvalue(), newline=""))) == cells.row(texts)


def workbook(values):
    book = Workbook()
    for n, value in enumerate(values, 1):
        cells.put(book.active.cell(n, 1), value)
    file = io.BytesIO()
    book.save(file)
    return file


def test_f20_a_workbook_shows_what_was_typed_and_holds_no_formula():
    file = workbook([*LIVE, "電話", 3, "a\x0bb\uffff"])
    sheet = load_workbook(file).active
    assert {cell.data_type for cell in sheet["A"]} == {"s", "n"}
    assert [cell.value for cell in sheet["A"]][-3:] == ["電話", 3, "ab"]
    assert [cell.quotePrefix for cell in sheet["A"]] == [True] * len(LIVE) + [False] * 3
    assert b"<f>" not in zipfile.ZipFile(file).read("xl/worksheets/sheet1.xml")


@given(st.lists(st.text(), max_size=5))
def test_f20_a_workbook_of_anything_can_be_opened(texts):
    cells = [cell for row in load_workbook(workbook(texts)).active for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]


def test_f20_the_search_for_formulas_finds_one():
    book = Workbook()
    book.active["A1"] = "=1+1"
    file = io.BytesIO()
    book.save(file)
    assert b"<f>" in zipfile.ZipFile(file).read("xl/worksheets/sheet1.xml")
