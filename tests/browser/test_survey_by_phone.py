"""A survey as people answer it: by the QR on the wall, on phones of 360 × 740, before and after a whole evening."""

import pytest
from playwright.sync_api import expect

from facilitation.survey_items import STANDARD
from facilitation.survey_pages import effort
from tests.browser.house import Line
from tests.browser.phone import Phone
from tests.browser.screens import Facilitator, Projector, Screen
from tests.browser.visitors import CASE, PHONE, TYPES, Visitors

pytestmark = pytest.mark.browser

SAID = {"ja": "いろいろな視点を学べました", "en": "I learned other viewpoints"}
NAMED = {"ja": "山田さんに電話する 06-1234-5678", "en": "Phone 06-1234-5678"}


def evening(visitors: Visitors) -> tuple[Facilitator, Projector]:
    desk = visitors.facilitator()
    desk.open(CASE[visitors.language].title, TYPES)
    return desk, visitors.projector(desk)


def phone(visitors: Visitors, path: str, base: str = "") -> Phone:
    base = base or visitors.server.base
    page = visitors.device(PHONE, touch=True).new_page()
    page.goto(base + path)
    return Phone(page, base, visitors.language)


def counted(wall: Projector, number: int) -> None:
    expect(wall.page.locator(".wall .count b")).to_have_text(str(number))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_before_and_after_by_phone(visitors: Visitors, language: str) -> None:
    desk, wall = evening(visitors)
    path = wall.qr_path(wall.page.locator(".wall .survey-qr img"))
    ann, bob = phone(visitors, path), phone(visitors, path)

    # Before: a code, page after page, everything in reach of a thumb, as many taps as were announced.
    announced = effort(STANDARD.form("pre", "case_conference"), TYPES)
    words = ann.say("answering.taps", least=announced.least, most=announced.most)
    expect(ann.page.get_by_text(words)).to_be_visible()
    ann.fits()
    assert not ann.thumbs()
    mine = ann.begin()
    assert 1 + ann.taps_of_all() == announced.least
    ann.received(mine)
    counted(wall, 1)

    # A reload in the middle keeps the page and what is on it; a question left out is shown once and may stay so.
    his = bob.begin()
    assert his != mine
    bob.next()
    bob.next()
    bob.tap(bob.level("P1", 2))
    bob.page.reload()
    expect(bob.page.locator(".code-is .code")).to_have_attribute("data-code", his)
    bob.press("answering.go_on")
    expect(bob.level("P1", 2)).to_have_attribute("aria-checked", "true")
    bob.fits()
    assert not bob.thumbs()
    assert not bob.small_letters()
    bob.next()
    bob.tap(bob.tick("MED", 1))
    bob.fits()
    send = bob.button("answering.send")
    send.dblclick()
    bob.received(his)
    counted(wall, 2)

    # Scene 1 closes the form before: who comes now waits, and is told so.
    desk.scene(1)
    late = phone(visitors, path)
    late.sees(late.say("answering.wait"))

    # After: the same code is still on the phone; a name is hinted at and nothing is blocked.
    desk.jump(desk.say("step.survey"))
    expect(wall.page.locator(".wall .count b")).to_have_text("0")
    for one in (ann, bob):
        one.page.reload()
    expect(ann.page.locator(".code-is .code")).to_have_attribute("data-code", mine)
    ann.press("answering.begin")
    ann.tap(ann.level("Q1", 5))
    ann.go_to_last()
    step = ann.question("T2")
    step.get_by_role("radio", name=ann.short("HC"), exact=True).click()
    step.locator("textarea").fill(NAMED[language])
    ann.send()
    ann.sees(ann.say("answering.hits"))
    expect(ann.page.locator("mark", has_text="06-1234-5678")).to_be_visible()
    ann.fits()
    ann.press("answering.send")
    ann.received(mine)
    counted(wall, 1)

    # Answered again, the last one counts: still one of the two.
    ann.press("answering.again")
    ann.tap(ann.level("Q1", 1))
    ann.go_to_last()
    ann.send()
    ann.received(mine)
    counted(wall, 1)

    # Somebody who missed the form before is asked for the agency first; the end closes everything.
    late.page.reload()
    hers = late.begin()
    expect(late.question("A1")).to_be_visible()
    late.next()
    late.tap(late.level("Q1", 4))
    late.go_to_last()
    late.send()
    late.received(hers)
    counted(wall, 2)
    desk.end()
    bob.page.reload()
    bob.sees(bob.say("answering.closed"))
    expect(bob.page.get_by_text(bob.say("answering.keep_code"))).to_have_count(0)
    visitors.assert_calm()


def test_an_answer_given_without_a_line_is_sent_when_it_is_back(visitors: Visitors) -> None:
    """Offline → sent by itself on return, once; a lost acknowledgement doubles nothing."""
    _, wall = evening(visitors)
    path = wall.qr_path(wall.page.locator(".wall .survey-qr img"))
    line = Line(visitors.server)
    ann = phone(visitors, path, line.base)
    mine = ann.begin()
    ann.tap(ann.page.locator(".options [role=radio]").first)
    ann.go_to_last()
    line.cut()
    ann.send()
    ann.sees(ann.say("answering.unsent"))
    line.mend()
    line.lose_answers()
    counted(wall, 1)
    line.mend()
    ann.received(mine)
    counted(wall, 1)
    line.close()
    visitors.assert_calm()


def test_wrong_letters_are_named_and_a_card_is_read_with_its_look_alikes(visitors: Visitors) -> None:
    desk, wall = evening(visitors)
    path = wall.qr_path(wall.page.locator(".wall .survey-qr img"))
    page = desk.page.context.new_page()
    page.goto(f"{visitors.server.base}/survey?c={desk.conference}")
    here = Screen(page, desk.base, desk.language)
    draw = here.button("survey_desk.cards_draw")
    here.tap(page.get_by_role("radio", name=desk.say("survey_desk.paper"), exact=True))
    here.tap(draw)
    here.tap(page.get_by_text(desk.say("survey_desk.cards_print", n=40)))
    card = page.locator(".card .code").first.inner_text()
    ann = phone(visitors, path)
    letters = ann.page.get_by_label(ann.say("answering.card_code"), exact=True)
    for typed, key, found in (("ab1i", "code_letters", "1I"), ("abc", "code_length", "ABC")):
        letters.fill(typed)
        ann.press("answering.enter")
        ann.sees(ann.say(f"refused.poll.{key}", found=found))
    for sign, alike in (("B", "８"), ("S", "5"), ("Z", "2"), ("Q", "0")):
        card = card.replace(sign, alike)
    ann.begin(card.lower())
    ann.fits()
    visitors.assert_calm()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_way_to_help_stays_in_reach_while_one_answers_and_asks_nobody(visitors: Visitors, language: str) -> None:
    _, wall = evening(visitors)
    ann = phone(visitors, wall.qr_path(wall.page.locator(".wall .survey-qr img")))
    button = ann.page.get_by_text(ann.say("safety.button"), exact=True)
    emergency = ann.page.get_by_text(ann.say("safety.emergency"), exact=True)
    expect(button).to_be_in_viewport(ratio=1)
    ann.begin()
    ann.page.locator(".q").last.scroll_into_view_if_needed()
    assert ann.page.evaluate("window.scrollY") > 100
    expect(button).to_be_in_viewport(ratio=1)
    asked: list[str] = []
    ann.page.on("request", lambda request: asked.append(request.url))
    ann.tap(button)
    expect(emergency).to_be_in_viewport(ratio=1)
    assert not ann.thumbs()
    ann.fits()
    ann.tap(button)
    expect(emergency).to_be_hidden()
    assert [url for url in asked if not url.split("?")[0].endswith("/now")] == []
    visitors.assert_calm()
