"""What stands on a page while it opens: ours from the first moment, and nothing that jumps."""

import pytest
from playwright.sync_api import expect

from tests.browser.screens import Facilitator
from tests.browser.visitors import TYPES, WALL, Visitors

pytestmark = pytest.mark.browser

JUMPS = """() => new Promise((done) => new PerformanceObserver((list) =>
    done(list.getEntries().filter((one) => !one.hadRecentInput).map((one) => one.value)))
    .observe({ type: 'layout-shift', buffered: true }) ?? setTimeout(() => done([]), 1000))"""


def test_nothing_jumps_while_a_page_opens(visitors: Visitors, desk: Facilitator) -> None:
    """0.94 of the front page and 0.78 of the desk jumped while our look came with the first component; good is 0.1."""
    wall = visitors.projector(desk)
    tablet = visitors.tablet(f"/join/{desk.conference[-6:]}")
    tablet.sit(1, {TYPES[0]: 1})
    for opened, drawn in ((desk, ".kaigi .now"), (wall, ".kaigi .wall"), (tablet, "section.writer")):
        page = opened.page.context.new_page()
        page.goto(opened.page.url)
        page.locator(drawn).first.wait_for()
        opened.at_rest()
        jumped = page.evaluate(JUMPS)
        assert sum(jumped) < 0.1, f"{page.url} jumped by {jumped}"
        page.close()


def test_the_wall_fills_the_picture_and_nothing_pushes_its_foot_off(visitors: Visitors, desk: Facilitator) -> None:
    wall = visitors.projector(desk)
    wall.page.locator(".wall footer").wait_for()
    wall.at_rest()
    assert wall.page.locator(".wall").bounding_box() == {"x": 0, "y": 0, **WALL}


def test_before_the_framework_comes_the_page_says_what_it_is(visitors: Visitors) -> None:
    page = visitors.device({"width": 1024, "height": 768}).new_page()
    page.route("**/static/js/**", lambda route: route.abort())
    page.goto(visitors.server.base + "/")
    assert page.locator(".opening > p").inner_text() == "つなぐ事例検討会 を開いています…"
    assert page.locator(".opening summary").inner_text() == "気持ちがつらいとき"
    assert page.title() == "つなぐ事例検討会"
    assert page.locator("html").get_attribute("lang") == "ja"
    page.close()


def test_what_stands_below_the_form_waits_for_it(visitors: Visitors, desk: Facilitator) -> None:
    """A press on the agency cards went nowhere while the form came and pushed them down. A form that never comes
    keeps nobody from them."""
    tablet = visitors.tablet(f"/join/{desk.conference[-6:]}")
    tablet.sit(1, {TYPES[0]: 1})
    tablet.page.route("**/card.js", lambda route: route.abort())
    tablet.page.reload()
    cards = tablet.page.get_by_text(tablet.say("contacts.title"), exact=True)
    cards.wait_for(state="attached")
    expect(cards).to_be_hidden()
    expect(cards).to_be_visible()
