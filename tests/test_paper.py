"""The paper sheets: what is printed when tablets do not reach the laptop."""

from html import unescape
from pathlib import Path

import pytest

from facilitation.agencies import AGENCIES
from facilitation.conference import Conference
from facilitation.export.paper import ROWS, paper
from facilitation.path import STAGES
from facilitation.scenario import load_case
from facilitation.texts import say

CASES = Path(__file__).resolve().parents[1] / "scenarios"
TYPES = ("CSC", "HC", "SHG_FAMILY")


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("case", ["case1", "case2", "case3"])
def test_a_scene_sheet_and_a_worksheet_for_every_scene_played_and_no_reveal(case, language):
    found = load_case(CASES / case, language)
    page = unescape(paper(Conference("x", case=case, variant="60min", types=TYPES), found, language))
    played = found.played("60min")
    numbers = [scene.n for scene in played]
    assert page.count("<section>") == 1 + 2 * len(played)
    assert page.count(f'<span class="fictional">{say(language, "fictional.short")}<') == 1 + 2 * len(played)
    assert [scene.narrative in page for scene in found.scenes] == [scene.n in numbers for scene in found.scenes]
    assert not any(scene.reveal in page for scene in found.scenes)
    assert page.count("<tr><td>") == ROWS * len(played)


def test_the_worksheet_names_what_may_be_written():
    page = paper(Conference("x", case="case1", variant="120min", types=TYPES), load_case(CASES / "case1", "ja"), "ja")
    assert all(AGENCIES[code].short("ja") in page for code in TYPES)
    assert all(f"{stage.code} {stage.short('ja')}" in page for stage in STAGES.values())


def test_the_worksheet_says_which_number_the_sheet_for_filling_in_wants():
    """A variant that skips scenes numbers its own on the wall; `fill` asks for the case's own number."""
    page = paper(Conference("x", case="case2", variant="60min", types=TYPES), load_case(CASES / "case2", "ja"), "ja")
    named = [f"（{say('ja', 'paper.number', n=n)}）" in page for n in range(1, 6)]
    assert named == [True, False, False, True, True]
