"""Borrowed tablets and own phones: how long words stay on a device that nobody sent. The device's clock is moved on."""

import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser.house import Line
from tests.browser.screens import Facilitator
from tests.browser.test_faults_of_tablets import table
from tests.browser.test_survey_by_phone import evening, phone
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

HOUR = 3600
DAY = 24 * HOUR
KEPT = "Object.keys(localStorage).filter((name) => /^kaigi:.+:(draft|out)/.test(name)).length"


def later(page: Page, seconds: float) -> None:
    """The page is opened anew on a device whose clock stands so much later."""
    page.clock.set_fixed_time(time.time() + seconds)
    page.reload()


def test_a_draft_lives_a_day_on_a_borrowed_tablet(visitors: Visitors, desk: Facilitator, line: Line) -> None:
    """A draft and a card that never reached the server: there before the day is over, gone from the device after it."""
    tablet = table(visitors, desk, base=line.base)
    tablet.fill("HC", can="On its way for ever")
    tablet.page.route("**/do", lambda route: route.abort())
    tablet.tap(tablet.send)
    expect(tablet.state.locator(".unsent")).to_be_visible()
    tablet.field("can").fill("Half a sentence")

    later(tablet.page, DAY - HOUR)
    expect(tablet.field("can")).to_have_value("Half a sentence")
    expect(tablet.own("On its way for ever")).to_be_visible()
    assert tablet.page.evaluate(KEPT) == 2

    later(tablet.page, DAY + HOUR)
    expect(tablet.send).to_be_visible()
    expect(tablet.field("can")).to_have_value("")
    expect(tablet.own("On its way for ever")).to_have_count(0)
    assert tablet.page.evaluate(KEPT) == 0


def test_with_the_cookie_the_way_to_a_draft_is_gone(visitors: Visitors, desk: Facilitator) -> None:
    """The seat's cookie lives a day as well; who joins on the same device without it does not see the words before."""
    tablet = table(visitors, desk)
    tablet.fill("HC", can="Not for whoever comes next")
    cookie = next(cookie for cookie in tablet.page.context.cookies() if cookie.get("httpOnly"))
    assert DAY - HOUR < cookie["expires"] - time.time() <= DAY
    tablet.page.context.clear_cookies(name=cookie["name"])
    tablet.page.goto(f"{tablet.base}/join/{desk.conference[-6:]}")
    tablet.choose(1)
    expect(tablet.send).to_be_visible()
    tablet.page.wait_for_timeout(500)  # a page waits 350 ms before it takes over what a closed tab left behind
    expect(tablet.field("can")).to_have_value("")
    expect(tablet.page.locator("body")).not_to_contain_text("Not for whoever comes next")


def test_a_phone_keeps_a_half_filled_form_a_week_and_its_code_for_the_question_after_months(visitors: Visitors) -> None:
    _, wall = evening(visitors)
    ann = phone(visitors, wall.qr_path(wall.page.locator(".wall .survey-qr img")))
    mine = ann.begin()
    ann.tap(ann.page.locator(".options [role=radio]").first)
    begun = ann.page.get_by_role("button", name=ann.say("answering.go_on"), exact=True)
    for days, kept in ((7 - 1 / 24, 1), (7 + 1 / 24, 0)):
        later(ann.page, days * DAY)
        expect(ann.page.locator(".code-is .code")).to_have_attribute("data-code", mine)
        expect(begun).to_have_count(kept)
    later(ann.page, 150 * DAY)
    expect(ann.page.locator(".code-is .code")).to_have_attribute("data-code", mine)
    later(ann.page, 351 * DAY)  # known again on the 150th day, and not since
    expect(ann.button("answering.get_code")).to_be_visible()
    assert ann.page.evaluate("Object.keys(localStorage).filter((name) => name.includes('survey:')).length") == 0
