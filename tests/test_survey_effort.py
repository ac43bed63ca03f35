"""Pages, taps and minutes of a form: everything is asked once, and four minutes are four minutes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitation.agencies import AGENCIES
from facilitation.survey_changes import add, changed
from facilitation.survey_items import KINDS, STANDARD
from facilitation.survey_pages import COLUMNS, MOST_ON_A_PAGE, Effort, effort, pages

TWELVE = tuple(AGENCIES)[:12]
FORMS = [(kind, form) for kind in KINDS for form in STANDARD.forms_of(kind)]


@pytest.mark.parametrize(("kind", "form"), FORMS)
def test_every_form_is_answered_within_its_time_even_with_twelve_agency_types(kind, form):
    assert effort(STANDARD.form(form, kind), TWELVE).minutes <= (5 if form == "pre" else 4)


def test_the_taps_of_the_form_after_are_counted_question_by_question():
    """17 scales, consent and wishes one tap each; begin, seven times next, send. At most every tick and every wish."""
    items = STANDARD.form("post", "case_conference")
    assert effort(items, TWELVE) == Effort(least=17 + 1 + 1 + 9, most=17 + 1 + 6 + 3 * 12 + 9, minutes=4)


def test_a_form_without_questions_is_one_tap():
    assert effort((), TWELVE).least == 1


@given(st.lists(st.sampled_from([item for item in STANDARD.items.values() if not item.stages]), unique=True))
def test_every_item_stands_on_one_page_and_no_page_is_longer_than_a_screen(items):
    drawn = pages(items)
    assert sorted(item.id for page in drawn for item in page.items) == sorted(item.id for item in items)
    for page in drawn:
        most = COLUMNS if page.kind == "grid" else max(MOST_ON_A_PAGE[item.type] for item in page.items)
        assert 0 < len(page.items) <= most


def test_a_fourth_column_stands_in_a_table_of_its_own():
    own = add(STANDARD, "case_conference", ["pre"], "grid_binary", ("場所を知っている", ""))
    items = changed(STANDARD, [own]).form("pre", "case_conference")
    assert [[item.id for item in page.items] for page in pages(items) if page.kind == "grid"] == [
        ["K_R", "K_F", "K_C"],
        ["X1"],
    ]
