"""What may go wrong at a table while people write, each fault made in a real browser (F7, F8, F9, F18, F21)."""

import pytest
from playwright.sync_api import Locator, Page, expect

from facilitation import limits
from tests.browser.house import Line
from tests.browser.screens import Facilitator, Tablet, never_seen, together
from tests.browser.visitors import CASE, TYPES, Visitors

pytestmark = pytest.mark.browser

PEOPLE = {"HC": 2, "CITY_CHILD": 1}
HOSTILE = (
    '<img src=x onerror="alert(1)"><script>alert(2)</script>',
    "![picture](http://198.51.100.7/spy.png) **bold** [a link](http://198.51.100.7/)",
    '<a href="javascript:alert(3)">here</a> :red[red] $x^2$ {name} &amp; \\n',
)


def join(visitors: Visitors, desk: Facilitator, *, base: str = "") -> Tablet:
    return visitors.tablet(f"/join/{desk.conference[-6:]}", base)


def table(visitors: Visitors, desk: Facilitator, *, base: str = "") -> Tablet:
    """The first tablet of group 1, ready to write."""
    tablet = join(visitors, desk, base=base)
    tablet.sit(1, PEOPLE)
    return tablet


def another(visitors: Visitors, desk: Facilitator) -> Tablet:
    """A second tablet of group 1; the table has read the rules and said who sits there."""
    tablet = join(visitors, desk)
    tablet.choose(1)
    expect(tablet.send).to_be_visible()
    return tablet


def test_f07_two_tablets_edit_one_card(visitors: Visitors, desk: Facilitator) -> None:
    """Both versions are kept, and both tablets see them side by side; whichever came first, and at one moment."""
    first = table(visitors, desk)
    second = another(visitors, desk)
    for way in ("at once", "one after the other"):
        start, mine, yours = (f"{way}: {what}" for what in ("the start", "as one wrote it", "as the other wrote it"))
        first.write("HC", can=start)
        second.has(start)
        for tablet, text in ((first, mine), (second, yours)):
            tablet.edit(start)
            tablet.field("can").fill(text)
        if way == "at once":
            together(first.send, second.send)
        else:
            first.tap(first.send)
            second.has(mine)
            second.tap(second.send)
        for tablet in (first, second):
            tablet.has(mine)
            tablet.has(yours)
            expect(tablet.own(start)).to_have_count(0)
            expect(tablet.own(way).filter(has_text=tablet.say("writer.beside"))).to_have_count(1)
            expect(tablet.form.locator(".beside").filter(has_text=mine).filter(has_text=yours)).to_have_count(1)
    expect(desk.table(1)).to_contain_text(desk.say("desk.written", n=4, all=4))


SLOW_DOUBLE_TAP = """async (send) => {
    send.click();
    await new Promise((done) => setTimeout(done, 500));
    document.querySelector('section.writer div.send button.primary').click();
}"""
"""The second tap comes when the card has been acknowledged already, and meets an empty form."""


def test_f08_double_tap(visitors: Visitors, desk: Facilitator, line: Line) -> None:
    """A double tap is one card; so is a card whose acknowledgement got lost and which the tablet sent again."""
    tablet = table(visitors, desk, base=line.base)
    tablet.fill("HC", can="Tapped twice")
    tablet.send.dblclick()
    tablet.has("Tapped twice")
    expect(tablet.state.get_by_role("alert")).to_have_count(0)

    tablet.fill("HC", can="Tapped twice, slowly")
    tablet.send.evaluate(SLOW_DOUBLE_TAP)
    tablet.has("Tapped twice, slowly")
    assert tablet.state.get_by_role("alert").count() == 0

    tablet.fill("HC", can="Sent again and again")
    line.lose_answers()
    tablet.tap(tablet.send)
    expect(tablet.state.locator(".unsent")).to_be_visible()
    expect(desk.table(1)).to_contain_text(desk.say("desk.written", n=3, all=3))
    line.mend()
    tablet.has("Sent again and again")
    expect(tablet.state.locator(".unsent")).to_have_count(0)
    desk.tab("cards")
    for text in ("Tapped twice, slowly", "Sent again and again"):
        expect(desk.card(text)).to_have_count(1)


def test_f09_wifi_gone_while_typing(visitors: Visitors, desk: Facilitator, line: Line) -> None:
    """Typing goes on; what is sent is said to wait, and goes by itself when the line is back. What was typed
    meanwhile is there after a reload as well."""
    tablet = table(visitors, desk, base=line.base)
    sent_without_a_line(tablet, line)
    waits(tablet)
    expect(tablet.page.get_by_text(tablet.say("tablet.lost"))).to_be_visible()
    tablet.field("can").press_sequentially("The next card, begun without a line")
    expect(desk.table(1)).to_contain_text(desk.say("desk.written", n=0, all=0))
    line.mend()
    tablet.has("Before the line was cut, and after")
    expect(desk.table(1)).to_contain_text(desk.say("desk.written", n=1, all=1))
    expect(tablet.state).not_to_contain_text(tablet.say("writer.unsent"))
    expect(tablet.page.get_by_text(tablet.say("tablet.lost"))).to_have_count(0)
    expect(tablet.field("can")).to_have_value("The next card, begun without a line")
    tablet.page.reload()
    is_back(tablet, "The next card, begun without a line")


def sent_without_a_line(tablet: Tablet, line: Line) -> None:
    tablet.speaker("HC")
    tablet.field("can").press_sequentially("Before the line was cut, ")
    line.cut()
    tablet.field("can").press_sequentially("and after")
    expect(tablet.field("can")).to_have_value("Before the line was cut, and after")
    tablet.tap(tablet.send)


def waits(tablet: Tablet) -> None:
    expect(tablet.state).to_contain_text(tablet.say("writer.unsent"))


def is_back(tablet: Tablet, typed: str) -> None:
    expect(tablet.field("can")).to_have_value(typed)


def test_f09_a_card_taken_for_sent_would_be_seen(visitors: Visitors, desk: Facilitator, line: Line) -> None:
    """The planted fault: what went into the dark counts as saved."""
    visitors.plant("outbox.js", "item.state = 'unsent';", "item.state = 'saved';")
    tablet = table(visitors, desk, base=line.base)
    sent_without_a_line(tablet, line)
    with never_seen():
        waits(tablet)


def test_f09_a_device_that_forgets_what_is_typed_would_be_seen(visitors: Visitors, desk: Facilitator) -> None:
    """The planted fault: a draft that stands on the page alone."""
    visitors.plant("card.js", "this.calm(); this.store(); this.drawSmall();", "this.calm(); this.drawSmall();")
    tablet = table(visitors, desk)
    tablet.fill("HC", can="Half a sentence")
    tablet.page.reload()
    expect(tablet.send).to_be_visible()
    with never_seen():
        is_back(tablet, "Half a sentence")


def test_f18_a_megabyte_pasted(visitors: Visitors, desk: Facilitator) -> None:
    """A message with both numbers; nothing is cut in silence, nothing is sent; what fits goes as it is."""
    tablet = table(visitors, desk)
    message = pasted(tablet)
    tablet.tap(tablet.send)
    expect(tablet.state.get_by_role("alert")).to_have_text(message)
    assert tablet.field("can").input_value() == MEGABYTE
    expect(tablet.form.locator(".ours article")).to_have_count(0)

    fits = MEGABYTE[: limits.STATEMENT]
    tablet.field("can").fill(fits)
    tablet.tap(tablet.send)
    tablet.has(fits)
    answer = tablet.page.evaluate(
        """async (body) => {
            const answer = await fetch('/do', { method: 'POST', body });
            return [answer.status, (await answer.json()).refused];
        }""",
        MEGABYTE,
    )
    assert answer == [413, [tablet.say("refused.too_much")]]


MEGABYTE = "あいうえおかきくけこ" * 35_000
"""Three bytes each: 1.05 MB."""


def pasted(tablet: Tablet) -> str:
    """The megabyte is pasted, and the field says at once how long it is and how long it may be: the message."""
    tablet.speaker("HC")
    tablet.field("can").focus()
    tablet.page.keyboard.insert_text(MEGABYTE)
    message = tablet.say("writer.too_long", n=len(MEGABYTE), most=limits.STATEMENT)
    expect(tablet.form.locator(".field.can")).to_contain_text(message)
    return message


def test_f18_a_field_that_cuts_in_silence_would_be_seen(visitors: Visitors, desk: Facilitator) -> None:
    """The planted fault: a field that takes no more than fits, as the framework's own do."""
    visitors.plant("card.js", "h('textarea', { rows: 4,", f"h('textarea', {{ rows: 4, maxLength: {limits.STATEMENT},")
    tablet = table(visitors, desk)
    with never_seen():
        pasted(tablet)


def test_f19_what_is_written_from_right_to_left_turns_nothing_beside_it(visitors: Visitors, desk: Facilitator) -> None:
    """A draft that was put aside is quoted in a line of ours, with a button behind it."""
    tablet = table(visitors, desk)
    tablet.write("HC", can="A card")
    tablet.field("can").fill("\u202egpj.exe")
    tablet.edit("A card")
    quoted = tablet.form.locator(".notices .notice").filter(has_text="gpj.exe")
    expect(quoted).to_be_visible()
    assert stands_behind(quoted)
    quoted.locator("bdi").evaluate("node => node.replaceWith(node.textContent)")
    assert not stands_behind(quoted), "the planted fault: in one piece with the words it turns the button"


def stands_behind(quoted: Locator) -> bool:
    """Whether the button of a line stands to the right of all the words before it."""
    return bool(
        quoted.evaluate(
            """line => {
                const button = line.querySelector('button'), words = document.createRange();
                words.setStart(line, 0);
                words.setEndBefore(button);
                const right = Math.max(...[...words.getClientRects()].map((each) => each.right));
                return button.getBoundingClientRect().left >= right - 1;
            }"""
        )
    )


def test_f21_markup_is_shown_as_typed(visitors: Visitors, desk: Facilitator) -> None:
    """HTML, Markdown, pictures and links in people's words stand there as typed, on every screen that shows them."""
    tablet = table(visitors, desk)
    tablet.write("HC", can=HOSTILE[0], hard=HOSTILE[1], help=HOSTILE[2], stage="S5")
    stands_as_typed(tablet.page, "article.statement", *HOSTILE)

    desk.tab("cards")
    stands_as_typed(desk.page, ".card-row", *HOSTILE)
    chart = desk.page.context.new_page()
    chart.goto(f"{desk.base}/map?c={desk.conference}")
    chart.locator("button.cell").click()
    stands_as_typed(chart, ".statement", *HOSTILE)

    record = desk.page.context.new_page()
    record.goto(f"{desk.base}/record/{desk.conference}?show=1")
    stands_as_typed(record, ".card", *HOSTILE)


def test_f21_markup_in_lines_names_and_places(visitors: Visitors) -> None:
    """The lines of the tables, the name of the conference, the words for the room: shown as typed as well."""
    desk = visitors.facilitator()
    desk.open(CASE[desk.language].title, TYPES, name=HOSTILE[2])
    wall = visitors.projector(desk)
    desk.room(person=HOSTILE[0], next_date=HOSTILE[1])
    stands_as_typed(wall.page, ".wall footer", HOSTILE[0])
    desk.jump(desk.say("step.introductions"))
    tablet = table(visitors, desk)
    tablet.introduce("HC", HOSTILE[0])
    tablet.introduce("CITY_CHILD", HOSTILE[1])
    stands_as_typed(wall.page, ".wall .lines", HOSTILE[0], HOSTILE[1])
    tablet.tap(tablet.page.locator(".safety summary"))
    stands_as_typed(tablet.page, ".safety dl", HOSTILE[0])
    desk.jump(desk.say("step.closing"))
    stands_as_typed(wall.page, ".wall .at-closing", HOSTILE[0], HOSTILE[1])
    expect(tablet.page.locator(".frame .chip.here")).to_have_text(desk.say("step.closing"))
    stands_as_typed(tablet.page, ".safety dl", HOSTILE[0])  # what a person opened stays open when the page changes

    tablet.page.goto(tablet.base + "/")
    stands_as_typed(tablet.page, "a.button", HOSTILE[2])
    desk.page.goto(desk.base + "/")
    stands_as_typed(desk.page, ".conference b", HOSTILE[2])


def stands_as_typed(page: Page, place: str, *texts: str) -> None:
    """Each text stands in the place letter by letter, and nothing was made of it."""
    for text in texts:
        expect(page.locator(place).get_by_text(text).first).to_be_visible()
    made = page.locator(place).locator("img:not([alt='QR']), script, strong, em, a, .katex, [onerror]")
    expect(made).to_have_count(0)


def test_a_composition_is_left_alone_when_another_card_arrives(visitors: Visitors, desk: Facilitator) -> None:
    """While a word is being composed under an input method, another tablet's card arrives; the word stays whole."""
    first = table(visitors, desk)
    second = another(visitors, desk)
    first.speaker("HC")
    first.field("can").focus()
    keys = first.page.context.new_cdp_session(first.page)

    def compose(text: str) -> None:
        keys.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
        expect(first.field("can")).to_have_value(text)

    compose("ほけん")
    second.write("HC", can="A card from the other tablet")
    first.has("A card from the other tablet")
    expect(first.field("can")).to_be_focused()
    compose("ほけんし")  # a composition that had been broken would stand there twice
    keys.send("Input.insertText", {"text": "保健師"})
    expect(first.field("can")).to_have_value("保健師")
    first.tap(first.send)
    first.has("保健師")
