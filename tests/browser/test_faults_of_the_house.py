"""Killed servers, reloads, two facilitators at one button (F10, F11, F12)."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from facilitation.store.copies import copy
from facilitation.store.restoring import restore
from tests.browser.house import Server
from tests.browser.screens import Facilitator, Tablet, never_seen, together
from tests.browser.visitors import CASE, Visitors

pytestmark = pytest.mark.browser


def join_path(desk: Facilitator) -> str:
    return f"/join/{desk.conference[-6:]}"


def test_f10_server_killed_and_restarted(own_server: Server, visitors: Visitors, desk: Facilitator) -> None:
    """kill -9 in the middle: seat, group and draft are still there, and the first tap on every device is saved."""
    wall = visitors.projector(desk)
    tablet = visitors.tablet(join_path(desk))
    tablet.sit(1, {"HC": 1})
    tablet.write("HC", can="Written before the fall")
    tablet.fill("HC", can="Half written")
    newcomer = visitors.tablet(join_path(desk))
    expect(newcomer.page.locator(".st-key-groups")).to_be_visible()
    expect(wall.counts(1, 1)).to_be_visible()

    own_server.kill()
    expect(tablet.page.get_by_text(tablet.say("tablet.lost"))).to_be_visible()
    tablet.field("can").press_sequentially(", finished in the dark")
    own_server.start()

    tablet.tap(tablet.send)
    tablet.has("Half written, finished in the dark")
    tablet.has("Written before the fall")
    expect(tablet.page.locator("header .group")).to_have_text(tablet.say("group", n=1))
    newcomer.sees(newcomer.say("tablet.choose_group"))
    newcomer.choose(2)
    expect(wall.counts(1, 2)).to_be_visible()
    expect(desk.table(1)).to_contain_text(desk.say("desk.written", n=2, all=2))
    expect(desk.table(2)).to_contain_text(desk.say("desk.joined", n=1))
    desk.next()
    expect(wall.page.locator(".wall .body.at-reveal")).to_be_visible()


def test_f10_the_first_tap_of_the_facilitator_is_saved(
    own_server: Server, visitors: Visitors, desk: Facilitator
) -> None:
    """After a restart nobody but the facilitator touches anything: the first press moves the conference, once."""
    wall = visitors.projector(desk)
    expect(wall.page.locator(".wall .body.at-scene")).to_be_visible()
    before = pressed_after_a_restart(own_server, desk)
    desk.is_at(before + 1)
    expect(wall.page.locator(".wall .body.at-reveal")).to_be_visible()


def pressed_after_a_restart(server: Server, desk: Facilitator) -> int:
    """Where the conference stood before the one press on a page that was open all the while."""
    before = desk.at()
    server.kill()
    server.start()
    desk.way_on.click()
    return before


FIRST_DROPPED = """
import streamlit

ours, heard = streamlit.button, []


def button(*given, **more):
    pressed = ours(*given, **more)
    if pressed:
        heard.append(pressed)
    return pressed and len(heard) > 1


streamlit.button = button
"""


def test_f10_a_first_tap_that_is_dropped_would_be_seen(
    own_server: Server, visitors: Visitors, desk: Facilitator
) -> None:
    """The planted fault: a server that drops the first press it hears, as one does that does not know the page yet."""
    desk.next()
    own_server.plant(FIRST_DROPPED)
    before = pressed_after_a_restart(own_server, desk)
    with never_seen():
        desk.is_at(before + 1)
    desk.next()


def test_f11_reload_second_tab_back_button(visitors: Visitors, desk: Facilitator) -> None:
    """The same seat, whatever is done to the page; and each tab keeps its own draft."""
    tablet = visitors.tablet(join_path(desk))
    tablet.sit(1, {"HC": 1})
    seat = tablet.seat
    tablet.fill("HC", can="The first tab's words")
    tablet.page.reload()
    expect(tablet.field("can")).to_have_value("The first tab's words")
    assert tablet.seat == seat

    page = tablet.page.context.new_page()
    page.goto(tablet.base + join_path(desk))
    tab = Tablet(page, tablet.base, tablet.language)
    expect(tab.send).to_be_visible()
    assert tab.seat == seat
    tab.fill("HC", can="The second tab's words")
    tab.page.reload()
    expect(tab.field("can")).to_have_value("The second tab's words")
    expect(tablet.field("can")).to_have_value("The first tab's words")

    page.goto(tablet.base + "/")
    way_back = tab.say("door.back", title=CASE["ja"].title, group=tab.say("group", n=1))
    expect(page.get_by_text(way_back).first).to_be_visible()
    page.go_back()
    expect(tab.send).to_be_visible()
    assert tab.seat == seat
    expect(tab.field("can")).to_have_value("The second tab's words")
    expect(desk.table(1)).to_contain_text(desk.say("desk.joined", n=1))


def test_f12_two_facilitators_press_next(visitors: Visitors, desk: Facilitator) -> None:
    """The second device came by the lead link. Both press at one moment, again and again: one step each time."""
    other = visitors.second_facilitator(desk)
    start = desk.at()
    other.is_at(start)
    for step in range(start + 1, start + 5):
        together(desk.way_on, other.way_on)
        desk.is_at(step)
        other.is_at(step)
    wall = visitors.projector(desk)
    expect(wall.page.locator(".wall .body.at-scene")).to_be_visible()
    assert desk.at() == other.at() == start + 4


def test_f16_a_tablet_that_stays_open_shows_what_came_back_from_the_copy_and_no_more(
    own_server: Server, visitors: Visitors, desk: Facilitator, tmp_path: Path
) -> None:
    """What was written after the copy is gone, and no screen says that it is there: people can write it again."""
    tablet = visitors.tablet(join_path(desk))
    tablet.sit(1, {"HC": 1})
    tablet.write("HC", can="In the copy")
    database, made = own_server.folder / "data" / "conferences.db", tmp_path / "copy.db"
    copy(database, made)
    for text in ("After the copy", "And after that"):
        tablet.write("HC", can=text)
    own_server.stop()
    restore(made, database)
    own_server.start()
    expect(tablet.own("After")).to_have_count(0)
    tablet.has("In the copy")
    tablet.write("HC", can="Written once more")
    expect(tablet.form.locator(".ours article")).to_have_count(2)
