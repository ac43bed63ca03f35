"""What those who lead type at the desk and have not saved yet: over another tab, a reload, somebody else's saving."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.screens import Facilitator
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

LECTURE = "依存症を知る\n回復の道すじ\n家族にできること"


def field(desk: Facilitator, name: str) -> Locator:
    return desk.page.get_by_label(desk.say(name), exact=True).last


def unsaved(desk: Facilitator, save: str = "desk.save") -> Locator:
    return desk.page.get_by_text(desk.say("desk.unsaved", save=desk.say(save)), exact=True)


def test_f09_what_was_typed_about_the_room_is_there_until_it_is_saved(visitors: Visitors, desk: Facilitator) -> None:
    desk.tab("room")
    field(desk, "desk.lecture").fill(LECTURE)
    field(desk, "desk.person").fill("山田（仮）")
    desk.tab("groups")
    desk.tab("room")
    expect(field(desk, "desk.lecture")).to_have_value(LECTURE)
    expect(unsaved(desk)).to_be_visible()
    desk.page.reload()
    desk.tab("room")
    expect(field(desk, "desk.lecture")).to_have_value(LECTURE)
    expect(field(desk, "desk.person")).to_have_value("山田（仮）")
    other = visitors.desk_of(desk.conference)
    other.room(person="佐藤（仮）")
    expect(desk.page.get_by_text(desk.say("desk.meanwhile") + " 佐藤（仮）")).to_be_visible()
    expect(field(desk, "desk.person")).to_have_value("山田（仮）")
    desk.press("desk.save")
    expect(field(other, "desk.lecture")).to_have_value(LECTURE)
    expect(field(other, "desk.person")).to_have_value("山田（仮）")
    expect(unsaved(desk)).to_have_count(0)
    desk.tab("groups")
    desk.tab("room")
    expect(field(desk, "desk.lecture")).to_have_value(LECTURE)
    desk.at_rest()
    expect(unsaved(desk)).to_have_count(0)


def test_f09_an_agency_card_that_was_begun_is_there_again(desk: Facilitator) -> None:
    desk.tab("agencies")
    role = desk.page.locator("[class*=st-key-typed-agency-] textarea").first
    role.fill("火曜の午後は、家族の相談を受けています")
    desk.tab("cards")
    desk.tab("agencies")
    expect(role).to_have_value("火曜の午後は、家族の相談を受けています")
    desk.press("desk_agencies.save")
    expect(unsaved(desk, "desk_agencies.save")).to_have_count(0)
    desk.page.reload()
    desk.tab("agencies")
    expect(role).to_have_value("火曜の午後は、家族の相談を受けています")
    desk.at_rest()
    expect(unsaved(desk, "desk_agencies.save")).to_have_count(0)
