"""F27 in a real browser: a name in a card asks its table, is read nowhere else, and comes out when both have looked."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.screens import Facilitator, Tablet
from tests.browser.test_faults_of_tablets import another, join, table
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

TEXT = {
    "ja": ("山田さんの家に電話します", "佐藤さんと面接します", "Aさんと面接します", "アル中の人に会う"),
    "en": ("We phone Mr Tanaka at home", "We see Ms Suzuki first", "We see Ms A first", "We meet the addict"),
}
FOUND = {"ja": "〔山田さん〕", "en": "“Mr Tanaka”"}
IN_DRAFT = "half a word"


def neighbour(visitors: Visitors, desk: Facilitator) -> Tablet:
    """A tablet of group 2 with its agency cards open."""
    tablet = join(visitors, desk)
    tablet.sit(2, {"MED": 1})
    tablet.tap(tablet.page.get_by_text(tablet.say("contacts.title"), exact=True))
    tablet.tap(contact(tablet).locator("summary"))
    return tablet


def contact(tablet: Tablet) -> Locator:
    return tablet.page.locator("details.contact").filter(has_text=tablet.short("HC")).first


def box(tablet: Tablet, text: str) -> Locator:
    return tablet.own(text).locator(".somebody")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_f27_a_name_is_asked_about_rewritten_or_kept_and_released(
    visitors: Visitors, desk: Facilitator, language: str
) -> None:
    named, second_name, plain, hurting = TEXT[language]
    first, other, wall = table(visitors, desk), neighbour(visitors, desk), visitors.projector(desk)
    expect(contact(other)).to_be_visible()

    # saved at once, asked about, and the form is free for the next card
    first.write("HC", can=named)
    first.field("can").fill(IN_DRAFT)
    expect(box(first, named)).to_contain_text(FOUND[language])
    expect(wall.counts(1, 1)).to_be_visible()
    expect(first.state).to_contain_text(first.say("writer.to_check", n=1))
    expect(first.field("can")).to_have_value(IN_DRAFT)
    expect(first.field("can")).to_be_focused()
    expect(contact(other)).to_contain_text(other.say("checking.word"))
    expect(other.page.locator("body")).not_to_contain_text(named)
    waiting = desk.page.locator(".to-check .card-row").filter(has_text=named)
    expect(waiting).to_contain_text(desk.say("checking.asked"))
    expect(waiting.get_by_role("button")).to_have_count(0)

    # the same after a reload, and on the table's other tablet
    first.page.reload()
    expect(box(first, named)).to_be_visible()
    expect(box(another(visitors, desk), named)).to_be_visible()

    # kept by the table, released by the facilitator
    first.tap(box(first, named).get_by_role("button", name=first.say("checking.keep"), exact=True))
    expect(first.own(named).locator(".checked")).to_contain_text(first.say("checking.kept"))
    expect(box(first, named)).to_have_count(0)
    expect(waiting).to_contain_text(desk.say("checking.ready"))
    desk.tap(waiting.get_by_role("button"))
    expect(desk.page.locator(".to-check")).to_have_count(0)
    expect(contact(other)).to_contain_text(named)
    expect(first.own(named).locator(".checked")).to_have_count(0)

    # rewritten: nobody else has to look
    first.field("can").fill("")
    first.write("HC", can=second_name)
    first.tap(box(first, second_name).get_by_role("button", name=first.say("checking.rewrite"), exact=True))
    expect(first.field("can")).to_have_value(second_name)
    first.field("can").fill(plain)
    first.tap(first.send)
    first.has(plain)
    expect(contact(other)).to_contain_text(plain)
    expect(desk.page.locator(".to-check")).to_have_count(0)

    # a word that may hurt: another one is offered, and the card stands everywhere
    first.write("HC", can=hurting)
    expect(first.own(hurting).locator(".other-word")).to_be_visible()
    expect(contact(other)).to_contain_text(hurting)


def test_f27_a_line_asks_under_its_field_and_leaves_the_composition_alone(
    visitors: Visitors, desk: Facilitator
) -> None:
    """The box of a line that was sent appears while the next line is being composed: focus and composition stay."""
    desk = visitors.facilitator()
    desk.open("子どもの病気の相談から", ("HC", "CITY_CHILD"))
    tablet = join(visitors, desk)
    tablet.sit(1, {"HC": 1, "CITY_CHILD": 1})
    desk.jump(desk.say("step.introductions"))
    lines = tablet.page.locator(".line-field")
    expect(lines).to_have_count(2)
    lines.nth(0).locator("input").fill("高橋さんを呼んでください")
    lines.nth(1).locator("input").focus()
    keys = tablet.page.context.new_cdp_session(tablet.page)
    keys.send("Input.imeSetComposition", {"text": "ほけん", "selectionStart": 3, "selectionEnd": 3})
    expect(lines.nth(0).locator(".somebody")).to_contain_text("〔高橋さん〕")
    expect(lines.nth(1).locator("input")).to_be_focused()
    keys.send("Input.imeSetComposition", {"text": "ほけんし", "selectionStart": 4, "selectionEnd": 4})
    keys.send("Input.insertText", {"text": "保健師"})
    expect(lines.nth(1).locator("input")).to_have_value("保健師")
    tablet.tap(lines.nth(0).get_by_role("button", name=tablet.say("checking.rewrite"), exact=True))
    expect(lines.nth(0).locator("input")).to_be_focused()
    lines.nth(0).locator("input").fill("Aさんを呼んでください")
    expect(lines.nth(0).locator(".somebody")).to_have_count(0)
    lines.nth(0).locator("input").press("Tab")
    expect(lines.nth(0).locator(".mark.saved")).to_be_visible()
    expect(desk.page.locator(".to-check")).to_have_count(0)
