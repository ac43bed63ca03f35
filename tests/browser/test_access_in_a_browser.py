"""Doors, keys and the safety panel as people meet them: real pages, real cookies."""

import re
import time
from collections.abc import Sequence

import pytest
from playwright.sync_api import Page, expect

from facilitation.code import long_code, shown
from facilitation.texts import say
from tests.browser.house import Server
from tests.browser.screens import Facilitator
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

QUIET = 1_500
"""Milliseconds in which a page that was asked nothing sends nothing."""


class Overheard:
    """What leaves a device: requests, and words on sockets that are open."""

    def __init__(self, page: Page) -> None:
        self.page, self._asked = page, list[str]()
        page.on("request", lambda request: self._asked.append(request.url))
        page.on("websocket", lambda socket: self._asked.append(socket.url))
        page.evaluate(
            """() => {
                const send = WebSocket.prototype.send;
                WebSocket.prototype.send = function (words) {
                    window.sentWords.push(this.url);
                    return send.call(this, words);
                };
            }"""
        )

    def begin(self) -> None:
        self.page.evaluate("() => { window.sentWords = []; }")
        self._asked.clear()

    @property
    def sent(self) -> list[str]:
        return [*self._asked, *self.page.evaluate("() => window.sentWords")]


def sent_while(devices: Sequence[Overheard], act: str) -> list[list[str]]:
    """What each device sends while the panel is opened and closed on all of them."""
    for device in devices:
        device.begin()
    for opened in (True, False):
        for device in devices:
            device.page.get_by_text(act, exact=True).first.click()
            expect(device.page.locator("details.safety .panel").first).to_be_visible(visible=opened)
        devices[0].page.wait_for_timeout(QUIET)
    return [device.sent for device in devices]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_safety_panel_opens_on_every_screen_and_leaves_no_trace(
    visitors: Visitors, desk: Facilitator, server: Server, language: str
) -> None:
    """No request, no word on a socket, no entry: whoever opens it is alone with it."""
    tablet = visitors.tablet(f"/join/{desk.conference[-6:]}")
    tablet.sit(1, {"HC": 1})
    front = visitors.guest()
    adviser = visitors.guest()
    adviser.page.goto(f"{server.base}/hello")
    before = entries(desk)
    for screen in (tablet, front, desk, adviser):
        expect(screen.page.locator("details.safety")).to_be_visible()
        screen.at_rest()
    devices = [Overheard(screen.page) for screen in (tablet, front, desk, adviser)]
    desk.page.wait_for_timeout(QUIET)
    tried = [sent_while(devices, say(language, "safety.button"))]
    while len(tried) < 3 and not silent(tried):
        tried.append(sent_while(devices, say(language, "safety.button")))
    assert silent(tried), f"a page looks by itself every 30 s, which may fall into one press; not into three: {tried}"
    assert entries(desk) == before
    wall = visitors.projector(desk)
    expect(wall.page.locator("footer .care")).to_contain_text(say(language, "safety.button"))


def silent(tried: Sequence[Sequence[list[str]]]) -> bool:
    """Whether each device sent nothing at least once."""
    return all(any(sent == [] for sent in device) for device in zip(*tried, strict=True))


def entries(desk: Facilitator) -> str:
    """How many things have happened in this conference, as its audit counts them."""
    page = desk.page.context.new_page()
    page.goto(f"{desk.base}/audit?c={desk.conference}")
    count = page.get_by_text(re.compile("^" + say(desk.language, "audit.count", n=r"\d+") + "$"))
    expect(count).to_be_visible()
    found = count.inner_text()
    page.close()
    return found


def test_f22_after_ten_wrong_codes_a_device_waits_and_its_neighbour_joins_by_qr(
    visitors: Visitors, desk: Facilitator
) -> None:
    desk.tab("room")
    by_qr = desk.qr_path(desk.page.locator(".qr img").first)
    guest = visitors.guest()
    if time.time() % 60 > 30:  # it is counted by the minute: do not begin at the end of one
        guest.page.wait_for_timeout(1_000 * (61 - time.time() % 60))
    guest.page.get_by_label(say("ja", "door.code"), exact=True).fill("aaa-aa4")
    guest.press("door.enter")
    guest.sees(say("ja", "door.wrong", found="AAA-AA4"))
    for letter in "6789ACDEFG":
        guest.page.goto(f"{guest.base}/join/AAAAA{letter}")
    guest.page.get_by_label(say("ja", "door.code"), exact=True).fill(desk.conference[-6:])
    guest.press("door.enter")
    guest.sees(say("ja", "refused.tries.wait", seconds="0").partition("。")[0])
    neighbour = visitors.tablet(by_qr)
    neighbour.sees(say("ja", "tablet.choose_group"))


def test_the_password_is_changed_and_another_organisers_device_signs_in_anew(
    own_server: Server, visitors: Visitors
) -> None:
    found = re.search(r"shown this once\):\s+(\S+)", own_server.said())
    assert found
    here, other = visitors.facilitator(), visitors.facilitator()
    here.page.goto(f"{own_server.base}/password")
    new = "合い言葉は春の野原の菜の花"
    for label, text in (("old", found[1]), ("new", new), ("again", new)):
        here.page.get_by_label(say("ja", f"password.{label}"), exact=True).fill(text)
    here.press("password.change")
    expect(here.button("home.new")).to_be_visible()
    other.page.reload()
    expect(other.page.get_by_role("heading", name=say("ja", "door.title"), exact=True)).to_be_visible()
    other.tap(other.page.get_by_text(say("ja", "door.leads")))
    other.page.get_by_label(say("ja", "door.password"), exact=True).fill(new)
    other.press("door.sign_in")
    expect(other.button("home.new")).to_be_visible()
    assert new not in own_server.said()


def test_the_code_on_the_sheet_of_keys_opens_the_desk_on_another_device_while_the_evening_goes_on(
    visitors: Visitors, desk: Facilitator
) -> None:
    tablet = visitors.tablet(f"/join/{desk.conference[-6:]}")
    tablet.sit(1, {"HC": 1})
    key = desk.lead_path().rpartition("/")[2]
    sheet = desk.page.context.new_page()
    sheet.goto(f"{desk.base}/keys/{desk.conference}")
    code = sheet.locator(".door.lead .code").inner_text()
    assert code == shown(long_code(key))
    desk.page.context.close()  # the facilitator's device dies
    visitors.contexts.remove(desk.page.context)

    tablet.write("HC", can="Written while nobody leads")
    spare = visitors.guest()
    spare.page.get_by_label(say("ja", "door.code"), exact=True).fill(code.lower())
    spare.press("door.enter")
    spare.page.wait_for_url("**/facilitate?c=**")
    other = Facilitator(spare.page, spare.base, "ja")
    step = other.at()
    other.next()
    other.is_at(step + 1)
    tablet.has("Written while nobody leads")
