"""What a page shows keeps up with the room by itself, in a real browser."""

import re
import time

import pytest
from playwright.sync_api import WebSocket, WebSocketRoute, expect

from tests.browser.screens import Facilitator, Tablet
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


HELD = """
    const { fetch } = window;
    window.parts = { asked: 0, now: 0, most: 0, broken: false, held: Promise.resolve() };
    window.hold = () => { parts.held = new Promise((done) => { window.release = done; }); };
    window.fetch = async (address, options) => {
        if (!String(address).includes('/parts/')) return fetch(address, options);
        parts.asked += 1;
        parts.most = Math.max(parts.most, (parts.now += 1));
        const { status, headers, body } = await fetch(address).then(async (answer) => (
            { status: answer.status, headers: answer.headers, body: await answer.text() }));
        await parts.held;
        parts.now -= 1;
        return parts.broken ? new Response('', { status: 502 }) : new Response(body, { status, headers });
    };
"""
"""An answer with the parts of a page is made by the server at once, and is as long on its way as the test wants."""


class Heard:
    """A tablet: the numbers of its stream, its fetches (held by `HELD`), its messages to Streamlit."""

    def __init__(self, tablet: Tablet) -> None:
        self.page, self.numbers, self.runs = tablet.page, list[int](), list[str]()
        self.page.add_init_script(HELD)
        self.page.on("websocket", self._listen)
        self.page.reload()
        expect(tablet.send).to_be_visible()
        self.page.wait_for_timeout(1000)
        self.runs.clear()

    def _listen(self, socket: WebSocket) -> None:
        if "/live/" in socket.url:
            socket.on("framereceived", lambda number: self.numbers.append(int(number)))
        else:
            socket.on("framesent", lambda _: self.runs.append(socket.url))

    def until(self, count: int) -> None:
        """Until so many different numbers have come."""
        until = time.monotonic() + SOON / 1000
        while len(set(self.numbers)) < count:
            assert time.monotonic() < until, self.numbers
            self.page.wait_for_timeout(20)

    @property
    def parts(self) -> dict[str, int]:
        return dict(self.page.evaluate("({ asked: parts.asked, most: parts.most })"))


def test_what_is_heard_while_parts_are_on_their_way_is_fetched_once_more_and_no_page_runs(
    visitors: Visitors, desk: Facilitator
) -> None:
    first, second = table(visitors, desk), another(visitors, desk)
    heard = Heard(second)
    before, numbers = heard.parts["asked"], len(set(heard.numbers))
    second.page.evaluate("hold()")
    for n in range(1, 5):
        first.write("HC", can=f"Card {n} of a breath")
        heard.until(numbers + n)
    assert heard.parts["asked"] == before + 1, "more than one is on its way"
    second.page.evaluate("release()")
    for n in range(1, 5):
        expect(second.own(f"Card {n} of a breath")).to_be_visible(timeout=SOON)
    second.page.wait_for_timeout(500)
    assert (heard.parts, heard.runs) == ({"asked": before + 2, "most": 1}, [])


def test_where_parts_cannot_be_fetched_the_page_runs(visitors: Visitors, desk: Facilitator) -> None:
    first, second = table(visitors, desk), another(visitors, desk)
    heard = Heard(second)
    second.page.evaluate("parts.broken = true")
    first.write("HC", can="Seen by a run of the page")
    expect(second.own("Seen by a run of the page")).to_be_visible(timeout=SOON)
    assert len(heard.runs) == 1


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


def test_the_end_of_an_older_run_hides_no_form_that_a_scene_has_opened(visitors: Visitors, desk: Facilitator) -> None:
    """A page runs while the first scene opens: its first words come before the parts of the scene, its last words,
    older than those, after them. Once they hid the form, and a table had nowhere to write."""
    first = table(visitors, desk)
    desk.press("desk.back")
    expect(first.form).to_be_hidden()
    run = LateRun()
    first.page.route_web_socket(re.compile("/_stcore/stream"), run.line)
    first.page.reload()
    expect(first.page.locator(".told .waiting")).to_be_visible()
    first.at_rest()
    first.tap(first.page.get_by_text(first.say("tablet.table_edit"), exact=True))
    expect(first.button("tablet.table_save")).to_be_visible()
    first.page.get_by_label(first.short("HC"), exact=True).last.fill("7")
    first.at_rest()
    run.begin()
    first.button("tablet.table_save").click()
    before = -1
    while len(run.held) > before or before < 3:  # until that run is through
        before = len(run.held)
        first.page.wait_for_timeout(1000)
    desk.next()
    expect(first.form).to_be_visible()
    run.end()
    first.page.wait_for_timeout(1000)
    expect(first.form).to_be_visible()
    first.write("HC", can="In the first scene")


class LateRun:
    """A line on which the second run from now on comes up to the word that it hears the room; its end comes late."""

    def __init__(self) -> None:
        self.held: list[str | bytes] = []
        self._runs = -1

    def line(self, socket: WebSocketRoute) -> None:
        self._socket = socket
        socket.connect_to_server().on_message(self._passed)

    def begin(self) -> None:
        self._runs = 0

    def end(self) -> None:
        for words in self.held:
            self._socket.send(words)
        self.held, self._runs = [], -1

    def _passed(self, words: str | bytes) -> None:
        if self._runs >= 2:
            self.held.append(words)
            return
        self._socket.send(words)
        hears = b"/parts/" in (words if isinstance(words, bytes) else words.encode())
        self._runs += hears and self._runs >= 0
