"""Words that were begun, given too late or refused: they stay in sight, or where they are kept is said."""

import pytest
from playwright.sync_api import Locator, expect

from facilitation.access import Who
from facilitation.calendar import now
from facilitation.commands import move_seat
from facilitation.conference import Note
from facilitation.fold import fold
from facilitation.store.sqlite import SQLiteStore
from facilitation.store.writer import Writer
from tests.browser.house import Line
from tests.browser.phone import Phone
from tests.browser.screens import Facilitator, Projector, Tablet
from tests.browser.test_faults_of_tablets import another, join, table
from tests.browser.test_survey_by_phone import evening, phone
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

LOOK = "document.dispatchEvent(new Event('visibilitychange'))"


def test_f09_what_was_begun_of_a_card_is_taken_up_again(visitors: Visitors, desk: Facilitator) -> None:
    """「直す」 is pressed once more in the middle of an edit, or after another card was taken up."""
    tablet = table(visitors, desk)
    tablet.write("HC", can="The first card")
    tablet.write("HC", can="The second card")
    tablet.edit("The first card")
    tablet.field("can").fill("The first card, as it should be")
    tablet.edit("The first card")
    expect(tablet.field("can")).to_have_value("The first card, as it should be")
    tablet.edit("The second card")
    expect(tablet.field("can")).to_have_value("The second card")
    tablet.edit("The first card")
    expect(tablet.field("can")).to_have_value("The first card, as it should be")
    tablet.tap(tablet.send)
    tablet.has("The first card, as it should be")


def left(tablet: Tablet, text: str) -> Locator:
    """What the card form says of words whose own form is not there any more."""
    return tablet.form.locator(".notices .left").filter(has_text=text)


def given(tablet: Tablet, step: str) -> Locator:
    """A next step is chosen, written and given on the tablet; its form."""
    form = tablet.page.locator("section.words")
    rows = form.locator(".choices .chips")
    expect(rows).to_have_count(2)
    for row in rows.all():
        tablet.tap(row.get_by_role("button").nth(1))
    form.locator("textarea").fill(step)
    tablet.press("steps.give")
    return form


def test_f09_a_next_step_that_was_refused_stays_in_sight_and_goes_later(visitors: Visitors, desk: Facilitator) -> None:
    """Given without a line, refused because the conference was closed meanwhile; the next one is being written."""
    tablet = table(visitors, desk)
    desk.jump(desk.say("step.closing"))
    tablet.page.route("**/do", lambda route: route.abort())
    form = given(tablet, "Ring the clinic")
    waiting = form.locator(".ours article").filter(has_text="Ring the clinic")
    expect(waiting).to_contain_text(tablet.say("writer.unsent"))
    form.locator("textarea").fill("Visit the group")
    desk.end()
    tablet.page.unroute("**/do")
    tablet.sees(tablet.say("tablet.ended"))
    expect(left(tablet, "Ring the clinic")).to_contain_text(tablet.say("refused.conference.ended"))
    expect(left(tablet, "Visit the group")).to_contain_text(tablet.say("writer.at_end"))
    desk.reopen()
    expect(waiting).to_contain_text(tablet.say("refused.conference.ended"))
    expect(form.locator("textarea")).to_have_value("Visit the group")
    tablet.tap(waiting.get_by_role("button", name=tablet.say("writer.edit"), exact=True))
    expect(form.locator("textarea")).to_have_value("Ring the clinic")
    tablet.press("steps.give")
    expect(waiting.locator(".acts")).to_be_visible()
    expect(form.locator("textarea")).to_have_value("Visit the group")
    expect(waiting).to_have_count(1)


def test_f09_a_card_that_is_half_written_at_the_end_stays_in_sight(visitors: Visitors, desk: Facilitator) -> None:
    tablet = table(visitors, desk)
    tablet.fill("HC", can="One thing more", hard="and another")
    desk.end()
    expect(left(tablet, "One thing more / and another")).to_contain_text(tablet.say("writer.at_end"))
    desk.reopen()
    tablet.tap(tablet.send)
    tablet.has("One thing more")


def test_f09_a_step_that_is_being_changed_is_not_begun_anew(visitors: Visitors, desk: Facilitator) -> None:
    tablet = table(visitors, desk)
    desk.jump(desk.say("step.closing"))
    form = given(tablet, "Ring the clinic")
    edit = form.locator(".ours article:has(.acts)").get_by_role("button", name=tablet.say("writer.edit"), exact=True)
    tablet.tap(edit)
    form.locator("textarea").fill("Ring the clinic on Monday")
    tablet.tap(edit)
    expect(form.locator("textarea")).to_have_value("Ring the clinic on Monday")


def test_f09_a_comment_that_was_refused_can_be_sent_as_it_is(visitors: Visitors, desk: Facilitator) -> None:
    """It was written while the conference was closed by mistake; nothing has to be typed anew."""
    page = desk.page.context.new_page()
    page.goto(f"{desk.base}/advise?c={desk.conference}")
    field = page.locator(".text-field").first
    field.locator("textarea").fill("Well heard")
    page.route("**/do", lambda route: route.abort())
    field.locator("textarea").blur()
    expect(field.locator(".mark.unsent")).to_be_visible()
    desk.end()
    page.unroute("**/do")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(field.locator(".mark.refused")).to_contain_text(desk.say("refused.conference.ended"))
    desk.reopen()
    field.locator(".mark.refused button").click()
    expect(field.locator(".mark.saved")).to_be_visible()
    expect(page.locator(".all-notes")).to_contain_text("Well heard")


def begun(visitors: Visitors, path: str, base: str = "") -> tuple[Phone, str]:
    """A phone with the first question of the form before answered, and its code."""
    ann = phone(visitors, path, base)
    code = ann.begin()
    ann.tap(ann.page.locator(".options [role=radio]").first)
    return ann, code


def back(desk: Facilitator) -> None:
    """The scene was opened too early."""
    step = desk.at()
    desk.press("desk.back")
    desk.is_at(step - 1)


def test_f09_a_form_that_is_closed_in_the_middle_says_so_and_keeps_its_answers(visitors: Visitors) -> None:
    desk, wall = evening(visitors)
    ann, _ = begun(visitors, wall.qr_path(wall.page.locator(".wall .survey-qr img")))
    desk.scene(1)
    with ann.page.expect_response("**/now?*"):
        ann.page.evaluate(LOOK)
    ann.tap(ann.button("answering.next"))
    ann.sees(ann.say("answering.shut"))
    back(desk)
    ann.page.evaluate(LOOK)
    ann.press("answering.go_on")
    expect(ann.page.locator(".options [role=radio]").first).to_have_attribute("aria-checked", "true")
    expect(ann.page.get_by_text(ann.say("answering.shut"))).to_have_count(0)


def test_f09_another_code_takes_nothing_from_a_form_that_is_half_filled(visitors: Visitors) -> None:
    """Pressed by mistake, or by the next person: whose answers they are comes back with the code, and with no other."""
    _, wall = evening(visitors)
    ann, mine = begun(visitors, wall.qr_path(wall.page.locator(".wall .survey-qr img")))
    for code, answered in (("", "false"), (mine, "true")):
        ann.press("answering.back")
        ann.press("answering.other_code")
        if code:
            ann.begin(code)
        else:
            assert ann.begin() != mine
        expect(ann.page.locator(".options [role=radio]").first).to_have_attribute("aria-checked", answered)


def test_f09_a_sheet_that_comes_after_the_end_is_not_said_to_be_on_its_way(visitors: Visitors) -> None:
    """Sent without a line; the form was closed before the line came back, and the phone was opened anew."""
    desk, wall = evening(visitors)
    line = Line(visitors.server)
    ann, code = begun(visitors, wall.qr_path(wall.page.locator(".wall .survey-qr img")), line.base)
    ann.go_to_last()
    line.cut()
    ann.send()
    ann.sees(ann.say("answering.unsent"))
    desk.scene(1)
    line.mend()
    ann.page.reload()
    ann.sees(ann.say("answering.shut"))
    back(desk)
    ann.page.evaluate(LOOK)
    ann.press("answering.go_on")
    ann.go_to_last()
    ann.send()
    ann.received(code)
    line.close()


def introductions(visitors: Visitors) -> tuple[Facilitator, Projector, Tablet, Tablet]:
    """Desk, wall and two tablets of one table, while everybody says who they are."""
    desk = visitors.facilitator()
    desk.open("子どもの病気の相談から", ("HC", "CITY_CHILD"))
    wall = visitors.projector(desk)
    desk.jump(desk.say("step.introductions"))
    tablet = table(visitors, desk)
    other = join(visitors, desk)
    other.choose(1)
    return desk, wall, tablet, other


def test_f09_a_line_that_is_being_typed_when_the_step_is_over_is_saved(visitors: Visitors) -> None:
    """Not while another line arrives: as long as the field stands there it is the writer's to leave."""
    desk, wall, tablet, other = introductions(visitors)
    mine, yours = (tablet.page.locator(".line-field input").nth(n) for n in (0, 1))
    mine.press_sequentially("よるでも")
    other.introduce("CITY_CHILD", "子どものことなら")
    expect(yours).to_have_value("子どものことなら")
    expect(tablet.page.locator(".line-field .mark.draft").first).to_be_visible()
    mine.press_sequentially("電話して")
    desk.jump(desk.say("step.cast"))
    expect(mine).to_have_count(0)
    back(desk)
    expect(wall.page.locator(".wall .lines")).to_contain_text("よるでも電話して")


def test_f09_words_whose_form_is_gone_can_still_be_given(visitors: Visitors, desk: Facilitator, line: Line) -> None:
    """A note was given without a line and another begun; then the step was over, and the tablet was opened anew."""
    tablet = table(visitors, desk, base=line.base)
    desk.jump(desk.say("step.sharing"))
    form = tablet.page.locator("section.words")
    form.locator("textarea").fill("Ring the clinic")
    line.cut()
    tablet.press("review.give")
    expect(form.locator(".ours article")).to_contain_text(tablet.say("writer.unsent"))
    form.locator("textarea").fill("Ask them first")
    desk.jump(desk.say("step.advisers"))
    line.mend()
    tablet.page.reload()
    expect(left(tablet, "Ask them first")).to_contain_text(tablet.say("writer.left"))
    tablet.tap(left(tablet, "Ask them first").get_by_role("button", name=tablet.say("writer.give_left"), exact=True))
    expect(left(tablet, "Ask them first")).to_have_count(0)
    expect(tablet.state.locator(".saved")).to_be_visible()
    assert {note.text for note in notes(visitors, desk)} == {"Ring the clinic", "Ask them first"}


def notes(visitors: Visitors, desk: Facilitator) -> list[Note]:
    store = SQLiteStore(visitors.server.folder / "data" / "conferences.db")
    try:
        return list(fold(None, desk.conference, store.entries(desk.conference)).notes.values())
    finally:
        store.close()


def test_f09_words_that_are_thrown_away_are_asked_about_once_more(visitors: Visitors, desk: Facilitator) -> None:
    tablet = table(visitors, desk)
    desk.jump(desk.say("step.sharing"))
    tablet.page.locator("section.words textarea").fill("Nobody's business")
    desk.jump(desk.say("step.advisers"))
    found = left(tablet, "Nobody's business")
    throw = found.get_by_role("button", name=tablet.say("writer.discard"), exact=True)
    tablet.tap(throw)
    tablet.tap(found.get_by_role("button", name=tablet.say("writer.no"), exact=True))
    tablet.tap(throw)
    tablet.tap(throw)
    expect(found).to_have_count(0)


def test_f09_what_a_tablet_wrote_at_a_table_stays_with_that_table(
    visitors: Visitors, desk: Facilitator, line: Line
) -> None:
    """A facilitator moves a tablet that has no line: what it sent is its former table's; what it began there is shown
    at no other table, and is there again when it comes back."""
    tablet = table(visitors, desk, base=line.base)
    stays, other = another(visitors, desk), join(visitors, desk)
    other.sit(2, {"HC": 1})
    tablet.fill("HC", can="Written at table one")
    line.cut()
    tablet.tap(tablet.send)
    expect(tablet.state.locator(".unsent")).to_be_visible()
    tablet.field("can").fill("Begun at table one")
    move(visitors, desk, tablet.seat, 2)
    line.mend()
    expect(tablet.page.locator("header .group")).to_have_text(tablet.say("group", n=2))
    stays.has("Written at table one")
    expect(desk.table(2)).to_contain_text(desk.say("desk.written", n=0, all=0))
    expect(tablet.form.locator(".notices")).to_contain_text(tablet.say("writer.elsewhere", n=1))
    expect(tablet.field("can")).to_have_value("")
    tablet.page.reload()
    expect(tablet.form.locator(".notices")).to_contain_text(tablet.say("writer.elsewhere", n=1))
    expect(tablet.page.locator("body")).not_to_contain_text("Begun at table one")
    move(visitors, desk, tablet.seat, 1)
    expect(tablet.field("can")).to_have_value("Begun at table one")
    expect(tablet.own("Written at table one")).to_have_count(1)


def move(visitors: Visitors, desk: Facilitator, seat: str, group: int) -> None:
    """By the desk, as another device of those who lead would."""
    store = SQLiteStore(visitors.server.folder / "data" / "conferences.db")
    try:
        Writer(store, now, fold).send(
            desk.conference, lambda conference: move_seat(conference, Who("facilitator"), seat=seat, group=group)
        )
    finally:
        store.close()


def test_f07_two_tablets_write_one_line_and_the_second_is_shown_the_first(visitors: Visitors) -> None:
    """Nothing is written over that its writer has not seen."""
    _desk, wall, tablet, other = introductions(visitors)
    row = tablet.page.locator(".line-field").first
    row.locator("input").press_sequentially("昼にお電話を")
    other.introduce("HC", "夜でもどうぞ")
    expect(wall.page.locator(".wall .lines")).to_contain_text("夜でもどうぞ")
    row.locator("input").press("Tab")
    expect(row.locator(".mark.refused")).to_contain_text(tablet.say("refused.words.moved", found="夜でもどうぞ"))
    expect(row.locator("input")).to_have_value("昼にお電話を")
    expect(wall.page.locator(".wall .lines")).to_contain_text("夜でもどうぞ")
    tablet.tap(row.locator(".mark button"))
    expect(row.locator(".mark.saved")).to_be_visible()
    expect(wall.page.locator(".wall .lines")).to_contain_text("昼にお電話を")
