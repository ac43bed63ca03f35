"""What a page shows keeps up with the room by itself, in a real browser."""

import re

import pytest
from playwright.sync_api import WebSocketRoute, expect

from tests.browser.screens import Facilitator
from tests.browser.test_faults_of_tablets import PEOPLE, another, join, table
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

SOON = 10_000
"""Milliseconds within which a loaded machine shows what was told at once, and no beat has come."""

A_BEAT = 25_000
"""Milliseconds within which the stream says where a view stands (15 s), and the page has redrawn."""


def test_agency_cards_are_fresh_while_open_and_when_opened_and_lose_at_once_what_is_held_back(
    visitors: Visitors, desk: Facilitator
) -> None:
    first, second = table(visitors, desk), join(visitors, desk)
    second.sit(2, PEOPLE)
    title = first.page.get_by_text(first.say("contacts.title"))
    card = first.page.locator("details.contact").filter(has=first.page.get_by_text(first.short("HC"), exact=True))
    first.tap(title)
    first.tap(card.locator("summary"))
    expect(card).to_contain_text(first.say("contacts.none"))
    second.write("HC", can="With a car, on the same day")
    expect(card).to_contain_text("「With a car, on the same day」", timeout=SOON)
    first.tap(title)
    second.write("HC", can="And on Sundays")
    first.tap(title)
    expect(card).to_contain_text("「And on Sundays」", timeout=SOON)
    desk.hide("With a car, on the same day")
    expect(card).not_to_contain_text("With a car, on the same day")


def test_what_a_tablet_did_not_hear_it_sees_by_the_next_number_and_one_that_heard_asks_for_nothing(
    visitors: Visitors, desk: Facilitator
) -> None:
    """The stream is up, and the number of a change never arrives at one tablet. At the beat this one asks; the other
    one, which is up to date, does not."""
    first, second = table(visitors, desk), another(visitors, desk)
    sent: list[str] = []
    first.page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append(socket.url)))
    first.page.on("request", lambda request: sent.append(request.url))
    beats: list[str] = []
    first.page.on("websocket", lambda socket: socket.on("framereceived", lambda _: beats.append(socket.url)))
    first.page.reload()
    expect(first.send).to_be_visible()
    numbers: list[str] = []

    def lossy(socket: WebSocketRoute) -> None:
        """The first number, that of the moment, goes through; the second, the change, does not."""

        def passed(number: str | bytes) -> None:
            numbers.append(str(number))
            if len(numbers) != 2:
                socket.send(number)

        socket.connect_to_server().on_message(passed)

    second.page.route_web_socket(re.compile("/live/"), lossy)
    second.page.reload()
    expect(second.send).to_be_visible()
    first.write("HC", can="Written while nobody heard")
    first.page.wait_for_timeout(1000)
    before, heard = len(sent), len(beats)
    expect(second.own("Written while nobody heard")).to_be_visible(timeout=A_BEAT)
    first.page.wait_for_timeout(1500)  # it heard of the card about when the other one should have
    assert len(numbers) >= 3 and numbers[1] == numbers[2]
    assert [url for url in beats[heard:] if "/live/" in url], "no beat came: this test would see nothing"
    assert before > 0 and sent[before:] == []


def test_the_next_scene_opens_around_a_hand_that_writes_and_no_page_runs(visitors: Visitors, desk: Facilitator) -> None:
    """A word is being composed on one tablet, the other's form is empty; the desk opens what happened and scene 2."""
    desk.scene(1)
    first, second = table(visitors, desk), another(visitors, desk)
    for tablet in (first, second):
        tablet.page.wait_for_timeout(500)
    runs: list[str] = []
    for tablet in (first, second):
        tablet.page.on("request", lambda request: runs.append(request.url) if "/parts/" in request.url else None)
    first.speaker("HC")
    first.field("can").focus()
    keys = first.page.context.new_cdp_session(first.page)

    def compose(text: str) -> None:
        keys.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
        expect(first.field("can")).to_have_value(text)

    compose("ほけん")
    drawn = [tablet.page.locator(".told").get_attribute("data-at") for tablet in (first, second)]
    desk.scene(2)
    place = first.say("scene.number", n=2, of=4)
    for tablet in (first, second):
        expect(tablet.page.locator("header .chip.here")).to_contain_text(place)
        expect(tablet.page.locator(".told .reveal")).to_have_count(0)
    expect(first.field("can")).to_be_focused()
    compose("ほけんし")
    keys.send("Input.insertText", {"text": "保健師"})
    expect(first.field("can")).to_have_value("保健師")
    expect(first.page.locator(".writer .notice button")).to_have_count(1)
    expect(second.page.locator(".writer .notice button")).to_have_count(0)
    first.tap(first.send)
    first.has("保健師")
    assert first.page.locator("article.card").first.inner_text().startswith(first.say("scene.short", n=1))
    assert (len(runs) >= 4, [t.page.locator(".told").get_attribute("data-at") for t in (first, second)]) == (
        True,
        drawn,
    )


def test_the_first_scene_opens_on_a_page_that_waited_for_it_and_no_page_runs(
    visitors: Visitors, desk: Facilitator
) -> None:
    first = table(visitors, desk)
    before, told = first.page.locator(".st-key-before-the-case"), first.page.locator(".told")
    desk.press("desk.back")
    expect(told.locator(".waiting")).to_be_visible()
    expect(before).to_be_visible()
    expect(first.form).to_be_hidden()
    drawn = told.get_attribute("data-at")
    desk.next()
    expect(told.locator(".case")).to_be_visible()
    expect(told.locator(".waiting")).to_have_count(0)
    expect(before).to_be_hidden()
    assert told.get_attribute("data-at") == drawn
    first.write("HC", can="In the first scene")
    first.has("In the first scene")
