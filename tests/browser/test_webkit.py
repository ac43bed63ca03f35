"""What is typed on an iPad: the device's keeping measured in a WebKit browser, on the real pages (F8, F9, F10)."""

import pytest
from playwright.sync_api import expect
from selenium.webdriver.common.keys import Keys

from facilitation.agencies import AGENCIES
from tests.browser.conftest import Devices
from tests.browser.house import Line, Server
from tests.browser.screens import Facilitator
from tests.browser.test_faults_of_tablets import table
from tests.browser.test_survey_by_phone import counted, evening
from tests.browser.visitors import PHONE, Visitors
from tests.browser.webkit import Device

pytestmark = pytest.mark.browser

CAN, HARD = "section.writer textarea[data-field=can]", "section.writer textarea[data-field=hard]"
GROWN = "const field = document.querySelector(arguments[0]); return field.clientHeight >= field.scrollHeight"
MORE = " once more" * 20
SEND = "section.writer .send .primary"
SAVED = "section.writer .state .saved"
OURS = "section.writer .ours article"


def short(device: Device, code: str) -> str:
    return AGENCIES[code].short(device.language)


def join(device: Device, desk: Facilitator, group: int = 1) -> Device:
    """Through the door to a table, as far as the tablet's own page."""
    device.go(f"/join/{desk.conference[-6:]}")
    device.tap(".st-key-groups button", device.say("group", n=group))
    device.sees("header .group", device.say("group", n=group))
    return device


def sit(device: Device, desk: Facilitator, *types: str) -> Device:
    """The first device of group 1, ready to write."""
    join(device, desk)
    device.tap("label", device.say("tablet.rules_read"))
    device.tap("button", device.say("tablet.rules_go"))
    device.sees("input[type=number]")
    device.fits()
    for code in types or ("HC",):
        device.type(f'input[aria-label="{short(device, code)}"]', "1")
    device.tap("button", device.say("tablet.table_save"))
    return device


def ready(device: Device, desk: Facilitator) -> Device:
    sit(device, desk).tap("section.writer .chip", short(device, "HC"))
    device.fits()
    return device


def test_a_draft_outlives_reload_restart_and_an_empty_battery(desk: Facilitator, devices: Devices) -> None:
    tablet = ready(devices(), desk)
    seat = tablet.driver.current_url
    tablet.type(CAN, "First we listen")
    tablet.type(HARD, "No quiet room")
    tablet.driver.refresh()
    tablet.holds(CAN, "First we listen")
    tablet.holds(HARD, "No quiet room")

    tablet.type(CAN, ", then we ask")
    tablet.restart(f"/join/{desk.conference[-6:]}")
    tablet.holds(CAN, "First we listen, then we ask")
    assert tablet.driver.current_url == seat

    tablet.type(CAN, MORE)
    assert tablet.run(GROWN, CAN)
    tablet.kept()
    tablet.dies()
    tablet.start().go(f"/join/{desk.conference[-6:]}")
    tablet.holds(CAN, "First we listen, then we ask" + MORE)
    tablet.tap(SEND)
    tablet.sees(SAVED)
    tablet.sees(OURS, "First we listen, then we ask" + MORE)
    assert len(tablet.all(OURS)) == 1


def test_f10_the_first_tap_after_a_killed_server_is_saved(
    own_server: Server, desk: Facilitator, devices: Devices
) -> None:
    tablet = ready(devices(), desk)
    tablet.type(CAN, "Half written")
    own_server.kill()
    tablet.sees("#kaigi-lost", tablet.say("tablet.lost"))
    tablet.type(CAN, ", finished in the dark")
    own_server.start()
    tablet.tap(SEND)
    tablet.sees(f"{OURS}:has(.acts)", "Half written, finished in the dark")
    tablet.sees(SAVED)
    expect(desk.table(1)).to_contain_text(desk.say("desk.written", n=1, all=1))
    tablet.type(CAN, "The next one")
    desk.jump(desk.say("scene.number", n=2, of=4))
    tablet.sees("section.writer .notices button")  # the page is with the server again, and was drawn anew
    tablet.holds(CAN, "The next one")
    tablet.driver.refresh()
    tablet.sees(f"{OURS}:has(.acts)", "Half written, finished in the dark")
    tablet.holds(CAN, "The next one")


def test_a_composition_is_left_alone_while_cards_come_and_the_scene_changes(
    visitors: Visitors, desk: Facilitator, devices: Devices
) -> None:
    """A word stays open under an input method; it is offered in kanji and taken as if nothing had happened."""
    other = table(visitors, desk)
    tablet = join(devices(), desk)
    tablet.tap("section.writer .chip", short(tablet, "HC"))
    tablet.type(CAN, "ほけんし")
    tablet.run("window.ended = 0; addEventListener('compositionend', () => { window.ended += 1; });")
    other.write("HC", can="A card from the other tablet")
    tablet.sees(OURS, "A card from the other tablet")
    desk.jump(desk.say("scene.number", n=2, of=4))
    tablet.sees("section.writer .notices button")
    assert tablet.value(CAN) == "ほけんし"
    assert tablet.run("return [window.ended, document.activeElement.dataset.field]") == [0, "can"]
    tablet.type(CAN, " ")
    assert tablet.value(CAN) == "保健師"
    tablet.type(CAN, Keys.ENTER + "に")
    assert tablet.value(CAN) == "保健師に"
    tablet.type(CAN, Keys.ENTER)
    tablet.driver.refresh()
    tablet.holds(CAN, "保健師に")
    tablet.tap(SEND)
    own = tablet.sees(f"{OURS}:has(.acts)", "保健師に")
    assert own.text.startswith(tablet.say("scene.short", n=1))  # the scene it was begun in
    expect(other.own("保健師に")).to_be_visible()


def test_f08_f09_a_double_tap_and_a_lost_acknowledgement_are_one_card(
    desk: Facilitator, devices: Devices, line: Line
) -> None:
    tablet = ready(devices(base=line.base), desk)
    tablet.type(CAN, "Tapped twice")
    tablet.run("const send = document.querySelector(arguments[0]); send.click(); send.click();", SEND)
    tablet.sees(f"{OURS}:has(.acts)", "Tapped twice")
    tablet.sees(SAVED)
    assert not tablet.all("section.writer [role=alert]")

    tablet.type(CAN, "Sent into the dark")
    line.lose_answers()
    tablet.tap(SEND)
    tablet.sees("section.writer .state .unsent")
    tablet.sees("#kaigi-lost")
    tablet.stop()  # the device is put away with the card in its outbox
    line.mend()
    tablet.start().go(f"/join/{desk.conference[-6:]}")
    tablet.sees(f"{OURS}:has(.acts)", "Sent into the dark")
    tablet.sees(OURS, "Tapped twice")
    assert len(tablet.all(OURS)) == 2
    expect(desk.table(1)).to_contain_text(desk.say("desk.written", n=2, all=2))


def test_lines_and_small_forms_keep_what_was_not_sent(visitors: Visitors, devices: Devices) -> None:
    """Named fields and small forms: a draft each, back after a reload and a restart, sent once it is left or given."""
    desk, wall = evening(visitors)
    tablet = sit(devices(), desk, "HC", "CITY_CHILD")
    desk.jump(desk.say("step.introductions"))
    tablet.sees(".line-field input")
    first, second = (f".line-field:nth-child({n}) input" for n in (1, 2))
    tablet.type(first, "そうだん ")
    tablet.type(first, Keys.ENTER + "室")
    tablet.restart(f"/join/{desk.conference[-6:]}")
    tablet.holds(first, "相談室")
    tablet.type(first, "です")
    tablet.type(first, Keys.ENTER)
    tablet.type(second, "ほけんし")  # the first is sent as it is left; its answer comes while the next is composed
    tablet.sees(".line-field:nth-child(1) .mark.saved")
    tablet.type(second, " " + Keys.ENTER)
    tablet.holds(second, "保健師")
    expect(wall.page.locator(".wall .lines")).to_contain_text("相談室です")

    desk.jump(desk.say("scene.number", n=1, of=4))
    desk.jump(desk.say("step.sharing"))
    words, note = "section.words", "Ring the clinic on Monday"
    tablet.type(f"{words} textarea", note)
    tablet.driver.refresh()
    tablet.holds(f"{words} textarea", note)
    tablet.restart(f"/join/{desk.conference[-6:]}")
    tablet.holds(f"{words} textarea", note)
    tablet.tap(f"{words} .give")
    tablet.sees(f"{words} .state .saved")
    tablet.sees(f"{words} .ours article:has(.acts)", note)
    assert len(tablet.all(f"{words} .ours article")) == 1


def test_a_survey_on_a_phone_keeps_its_answers_and_sends_them(visitors: Visitors, devices: Devices) -> None:
    _, wall = evening(visitors)
    path = wall.qr_path(wall.page.locator(".wall .survey-qr img"))
    phone = devices(PHONE)
    phone.go(path)
    phone.tap("button", phone.say("answering.get_code"))
    code = phone.sees(".code-is .code").get_attribute("data-code")
    phone.tap("button", phone.say("answering.begin"))
    phone.tap(".q .options [role=radio]")
    chosen = '.q [role=radio][aria-checked="true"]'
    answer = phone.sees(chosen).text

    phone.driver.refresh()
    phone.sees(f'.code-is .code[data-code="{code}"]')
    phone.restart(path)
    phone.tap("button", phone.say("answering.go_on"))
    phone.sees(chosen, answer)
    while not phone.all("button", phone.say("answering.send")):
        phone.fits()
        at = phone.sees("header.progress span").text
        phone.tap("footer.turn button.primary")
        if phone.sees("header.progress span").text == at:
            phone.tap("footer.turn button.primary")
    phone.tap("footer.turn button.primary")
    if phone.all("footer.turn button.primary"):
        phone.tap("footer.turn button.primary")
    phone.sees(".slip", f"{code[:2]}-{code[2:]}")
    counted(wall, 1)
    assert [name for name in phone.run("return Object.keys(localStorage)") if ":draft" in name or ":out" in name] == []
