"""The shell of the pages: whose it is, in which language, and that every page of the menu is served in it."""

import re

import pytest

from facilitation.screen.first_page import NAMES, SOON, shell
from facilitation.screen.house import PAGES
from facilitation.screen.parts import ASSETS


@pytest.mark.parametrize(("language", "title"), [("ja", "つなぐ事例検討会"), ("en", "Linking case conference")])
def test_the_shell_speaks_the_visitors_language_and_is_ours(language, title):
    page = shell(language)
    assert f'<html lang="{language}">' in page
    assert f"<title>{title}</title>" in page
    words = re.sub(r"<!--.*?-->|<[^>]*>", " ", page, flags=re.DOTALL)
    assert "Streamlit" not in words
    assert not re.search(r"rel=.(service-desc|preload)", page)


def test_our_look_stands_behind_the_frameworks():
    page = shell("ja")
    assert page.index("kaigi-look") > page.index("<body>") > page.rindex("./static/css/")


def test_what_is_asked_for_soon_is_there():
    assert [name for name in SOON if not (ASSETS / name).is_file()] == []


def test_every_page_is_served_in_the_shell():
    assert {file.stem for file in PAGES.glob("*.py")} == {*NAMES, "welcome"}
