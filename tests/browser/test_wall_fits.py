"""What a room reads from its last row: every scene of every case whole, in large letters, broken between phrases."""

import pytest
from playwright.sync_api import expect

from facilitation.scenario import library
from tests.browser.house import ROOT
from tests.browser.prepared import in_the_first_scene
from tests.browser.screens import Projector
from tests.browser.visitors import TYPES, Visitors

pytestmark = pytest.mark.browser

CASES = library(ROOT / "scenarios")
STORY, QUESTION = 40 * 0.8, 42 * 0.8
"""Pixels at 1920 x 1080: a long scene may shrink the letters by a fifth."""

WRONG = """([story, question]) => {
    const body = document.querySelector('.wall .body'), said = [];
    if (body.scrollHeight > body.clientHeight + 1) said.push(`cut: ${body.scrollHeight} of ${body.clientHeight}`);
    for (const [place, least] of [['.story', story], ['.question', question]]) {
        for (const node of body.querySelectorAll(place)) {
            const { fontSize, wordBreak } = getComputedStyle(node);
            if (parseFloat(fontSize) < least) said.push(`${place} in ${fontSize}`);
            if (wordBreak !== 'auto-phrase') said.push(`${place} is broken inside words`);
        }
    }
    if (!body.querySelector('.story')) said.push('no story');
    return said;
}"""


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_scene_is_read_whole_from_the_last_row(visitors: Visitors, language: str, case: str) -> None:
    told = CASES[case][language]
    desk = visitors.desk_of(in_the_first_scene(visitors.server, told, TYPES, groups=6, variant="full"))
    wall = visitors.projector(desk)
    wrong = []
    for scene in told.played("full"):
        desk.go_to(scene.title)
        expect(wall.title).to_have_text(scene.title)
        wrong += wrong_with(wall, scene.title)
        desk.go_to(desk.say("step.reveal"))
        expect(wall.title).to_have_text(desk.say("step.reveal"))
        wrong += wrong_with(wall, f"after {scene.title}")
    assert not wrong, "\n".join(wrong)


def wrong_with(wall: Projector, name: str) -> list[str]:
    wall.at_rest()
    return [f"{name}: {fault}" for fault in wall.page.evaluate(WRONG, [STORY, QUESTION])]
