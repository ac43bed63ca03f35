"""What two tablets and an impatient finger do, done again and again on open pages (F7, F8): ten times a run, `TIMES=50`
for fifty."""

import os

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.screens import Facilitator, Tablet
from tests.browser.test_faults_of_tablets import another, table
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

TIMES = int(os.environ.get("TIMES", "10"))

WRITERS = ("one", "other")
HAND = """window.hand = {
    form: (css) => document.querySelector(`section.writer ${css}`),
    ours: () => [...document.querySelectorAll('section.writer .ours article')],
    async until(found) {
        for (const late = Date.now() + 60000; !found();) {
            if (Date.now() > late) throw new Error(`never came: ${found}`);
            await new Promise((done) => setTimeout(done, 10));
        }
    },
    write(text) {
        const field = this.form('textarea[data-field=can]');
        field.value = text;
        field.dispatchEvent(new Event('input', { bubbles: true }));
    },
    calm() { return this.until(() => !this.form('.sending, .unsent')); },
    async edit(text, other) {
        await this.calm();
        this.ours().find((card) => card.innerText.includes(text)).querySelector('.acts button').click();
        this.write(other);
    },
    sendAt(at) {
        this.sent = new Promise((done) => setTimeout(() => { this.form('.send .primary').click(); done(); }, at - Date.now()));
    },
};"""  # noqa: E501
"""A quick hand in the page: it types into the real form and presses its buttons."""

CARDS = "hand.ours().map((card) => [card.querySelector('p.can').lastChild.data.trim(), card.innerText.includes(%r)])"


def hand(tablet: Tablet) -> Page:
    tablet.page.evaluate(HAND)
    return tablet.page


def cards(tablet: Tablet) -> list[tuple[str, bool]]:
    """The texts of a table's cards in order, and whether one stands beside another."""
    return sorted((text, beside) for text, beside in hand(tablet).evaluate(CARDS % tablet.say("writer.beside")))


def test_f07_again_and_again_at_one_moment(visitors: Visitors, desk: Facilitator) -> None:
    """Two tablets edit one card, then the next: on both tablets both texts of each, one of them beside the other."""
    first, second = table(visitors, desk), another(visitors, desk)
    first.speaker("HC")
    pages = hand(first), hand(second)
    for n in range(TIMES):
        first.page.evaluate("(text) => { hand.write(text); hand.form('.send .primary').click(); }", f"start {n:02}.")
    for tablet in (first, second):
        expect(tablet.form.locator(".ours article .acts")).to_have_count(TIMES)
    for n in range(TIMES):
        for page, who in zip(pages, WRITERS, strict=True):
            page.evaluate("([text, other]) => hand.edit(text, other)", [f"start {n:02}.", f"{n:02} as {who} wrote it"])
        at = pages[0].evaluate("Date.now() + 40")
        for page in pages:
            page.evaluate("(at) => { hand.sendAt(at); }", at)
        for page in pages:
            page.evaluate("hand.sent")
    for tablet in (first, second):
        expect(tablet.form.locator(".ours article .acts")).to_have_count(2 * TIMES)
        found = cards(tablet)
        assert [text for text, _ in found] == [f"{n:02} as {who} wrote it" for n in range(TIMES) for who in WRITERS]
        assert all(beside[0] != beside[1] for beside in pairs([beside for _, beside in found]))
    expect(desk.table(1)).to_contain_text(desk.say("desk.written", n=2 * TIMES, all=2 * TIMES))


def pairs(values: list[bool]) -> list[tuple[bool, bool]]:
    return list(zip(values[::2], values[1::2], strict=True))


def test_f08_taps_and_resends_again_and_again(visitors: Visitors, desk: Facilitator) -> None:
    """Tapped twice; acknowledged into the void and sent again; reloaded before the acknowledgement: one card each."""
    tablet = table(visitors, desk)
    tablet.speaker("HC")
    void: list[str] = []

    def lost(route: Route) -> None:
        """The server has the card, its answer never arrives."""
        void.append(route.fetch().text())
        route.abort()

    for n in range(TIMES):
        hand(tablet)
        text = f"card {n:02}."
        if n % 10 < 8:
            tablet.page.evaluate(TWICE, text)
            continue
        tablet.page.route("**/do", lost, times=1)
        tablet.page.evaluate("(text) => { hand.write(text); hand.form('.send .primary').click(); }", text)
        if n % 10 == 9:
            tablet.page.reload()
            tablet.speaker("HC")
        tablet.has(text)
    expect(tablet.form.locator(".ours article .acts")).to_have_count(TIMES)
    assert cards(tablet) == [(f"card {n:02}.", False) for n in range(TIMES)]
    expect(desk.table(1)).to_contain_text(desk.say("desk.written", n=TIMES, all=TIMES))
    assert len(void) >= 2 * (TIMES // 10)


TWICE = """async (text) => {
    hand.write(text);
    hand.form('.send .primary').click();
    hand.form('.send .primary').click();
    await hand.calm();
    hand.form('.send .primary').click();
}"""
"""Two taps at once, and one more when the card has been acknowledged and the form is empty."""
