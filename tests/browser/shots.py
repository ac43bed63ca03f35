"""Walks every screen of a conference and photographs it, in both languages:

    python -m tests.browser.shots [folder] [ja|en]

The wall at 1920x1080, the tablet at 1024x768, the desk at 1366x768, the phone at 360x740. A name that ends in `-whole`
shows a page to its end. For looking at: nothing is asserted here.
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.conftest import ARGUMENTS, SCREENSHOTS
from tests.browser.house import Server
from tests.browser.screens import SCROLLED, Facilitator, Projector, Tablet
from tests.browser.visitors import CASE, PHONE, TYPES, Visitors
from tests.conftest import CHROMIUM
from tests.worked import W

TABLES = {1: {"CITY_CHILD": 2, "HC": 1, "REC": 1}, 2: {"CSC": 1, "DEBT": 1}, 3: {"MED": 1, "SHG": 2, "HC": 1}}
LINES = {
    "ja": ("家庭訪問ができます。まずはお電話を。", "見学はいつでもどうぞ。夜の会もあります。"),
    "en": ("We can visit at home. Please ring first.", "Come and see us any time; there is an evening meeting."),
}
SAID = {
    "ja": {
        "can": "子どもの通院の話のあとに「おうちのことで困っていることはありますか」とひと言たずねる",
        "hard": "窓口が混み、ゆっくり話せる部屋がない。担当が替わると引き継げない",
        "help": "個室と、先に電話をもらえる約束。見学した職員の言葉",
    },
    "en": {
        "can": "After the talk about the child's treatment we ask in one sentence whether something at home is hard",
        "hard": "The counter is busy and there is no room to talk; when staff change, nothing is passed on",
        "help": "A quiet room, and the promise of a call beforehand; the words of someone who has visited",
    },
}
VENUE = {
    "ja": {
        "wifi": "kaigi-room",
        "wifi_key": "tanpopo-2024",
        "person": "保健所 山田（架空）",
        "quiet": "2階 和室",
        "next_date": "来月の第2水曜 14:00　同じ会場",
    },
    "en": {
        "wifi": "kaigi-room",
        "wifi_key": "tanpopo-2024",
        "person": "Yamada, health centre (made up)",
        "quiet": "Tatami room, 2nd floor",
        "next_date": "Second Wednesday of next month, 14:00, same place",
    },
}
WALL_SHOWS = ("join", "groups", "map", "route", "bridges", "helps", "mismatch", "quotes", "advice", "steps")
STEPS = (
    *("aims", "rules", "introductions", "cast", "scene1", "reveal1", "scene2", "reveal2", "scene3", "break"),
    *("reveal3", "scene4", "reveal4", "table_check", "sharing", "advisers", "lecture", "survey", "closing"),
)


class Camera:
    """Photographs pages into a folder, each once it has come to rest."""

    def __init__(self, folder: Path, language: str) -> None:
        self.folder, self.language = folder, language

    def __call__(self, page: Page, name: str, *, whole: bool = False) -> None:
        view = page.viewport_size
        assert view
        at_rest(page)
        page.screenshot(path=self.folder / f"{self.language}-{name}.png")
        if whole:
            main = page.locator("[data-testid=stMain]")
            height = main.evaluate("node => node.scrollHeight") if main.count() else 0
            if height > view["height"]:
                page.set_viewport_size({"width": view["width"], "height": min(int(height), 6000)})
                at_rest(page)
                page.screenshot(path=self.folder / f"{self.language}-{name}-whole.png")
                page.set_viewport_size(view)


def at_rest(page: Page) -> None:
    """Until the script is done, nothing is a grey bar or moves, the fonts are there, two pictures were drawn."""
    calm = """() => {
            const app = document.querySelector('[data-testid=stApp]');
            const done = !app || app.dataset.testScriptState === 'notRunning';
            const at = document.querySelector('[data-testid=stMain]')?.scrollTop ?? 0;
            const still = at === window.lastAt;
            window.lastAt = at;
            const bars = document.querySelector('[data-testid=stSkeleton], [data-testid=stAppSkeleton]');
            const calm = done && still && !bars;
            const now = Date.now();
            if (!calm) window.calmSince = 0; else window.calmSince ||= now;
            return calm && now - window.calmSince > 400 && document.fonts.status === 'loaded';
        }"""
    until = time.monotonic() + 30
    while not page.evaluate(calm):  # `wait_for_function` makes a script out of text, which our pages refuse
        assert time.monotonic() < until, "the page does not come to rest"
        page.wait_for_timeout(100)
    page.evaluate(SCROLLED)


def walk(visitors: Visitors, camera: Camera) -> None:
    """The evening, with a photograph at every turn."""
    language = visitors.language
    phone = visitors.guest(PHONE)
    camera(phone.page, "phone-front", whole=True)
    phone.page.goto(phone.base + "/?wrong=QQQQQQ")
    camera(phone.page, "phone-front-wrong", whole=True)
    phone.page.goto(phone.base + "/hello")
    camera(phone.page, "phone-hello")
    front = visitors.guest()
    camera(front.page, "tablet-front")

    desk = visitors.facilitator()
    camera(desk.page, "desk-home-empty")
    open_in_three(desk, camera)
    desk.room(**VENUE[language])
    tabs(desk, camera, "start")
    wall = visitors.projector(desk)
    expect(wall.page.locator(".wall .wifi")).to_be_visible()
    camera(wall.page, "wall-01-reception")

    first = visitors.tablet(wall.join_path)
    sit(first, camera)
    others = {}
    for group in (2, 3):
        others[group] = visitors.tablet(wall.join_path)
        others[group].sit(group, TABLES[group])
    tables: dict[int, Tablet] = {1: first, **others}
    small = visitors.tablet(wall.join_path, view=PHONE)
    camera(small.page, "phone-choose", whole=True)
    small.choose(1)

    for n, step in enumerate(STEPS, start=2):
        desk.next()
        expect(wall.page.locator(f".wall .body.at-{step.rstrip('1234')}")).to_be_visible()
        between(step, tables, language, camera)
        camera(wall.page, f"wall-{n:02}-{step}")
        camera(first.page, f"tablet-{n:02}-{step}", whole=True)
        if step in ("scene1", "break", "table_check", "sharing", "closing"):
            camera(desk.page, f"desk-{n:02}-{step}", whole=True)
            camera(small.page, f"phone-{n:02}-{step}", whole=True)
    everything_that_can_be_shown(desk, wall, camera)
    leaders(desk, camera)
    tabs(desk, camera, "end")
    desk.end()
    for screen, name in ((desk, "desk-ended"), (wall, "wall-ended"), (first, "tablet-ended"), (small, "phone-ended")):
        camera(screen.page, name, whole=True)
    desk.page.goto(desk.base + "/")
    camera(desk.page, "desk-home")


def open_in_three(desk: Facilitator, camera: Camera) -> None:
    desk.open(CASE[desk.language].title, TYPES, between=lambda step: camera(desk.page, f"desk-open{step}", whole=True))


def sit(tablet: Tablet, camera: Camera) -> None:
    """The way to the first card, as the first table goes it."""
    camera(tablet.page, "tablet-00-choose")
    tablet.choose(1)
    camera(tablet.page, "tablet-00-rules")
    tablet.tap(tablet.page.locator(".safety summary"))
    camera(tablet.page, "tablet-00-safety")
    tablet.tap(tablet.page.locator(".safety summary"))
    tablet.accept_rules()
    camera(tablet.page, "tablet-00-people", whole=True)
    tablet.people(TABLES[1])
    camera(tablet.page, "tablet-01-reception", whole=True)


def between(step: str, tables: dict[int, Tablet], language: str, camera: Camera) -> None:
    """What the tables do in a step."""
    first = tables[1]
    if step == "introductions":
        first.introduce("HC", LINES[language][0])
        tables[3].introduce("SHG", LINES[language][1])
    if step == "scene1":
        camera(first.page, "tablet-scene1-empty")
        write(tables, (1, 2), language)
        first.fill("REC", **SAID[language])
        first.tap(first.form.get_by_text(first.say("writer.link")))
        camera(first.page, "tablet-scene1-filled", whole=True)
        first.tap(first.send)
        first.has(SAID[language]["help"])
        camera(first.page, "tablet-scene1-sent")
    if step == "scene3":
        write(tables, range(3, 9), language)
    if step == "scene4":
        write(tables, range(9, 16), language)
        first.edit(f"{SAID[language]['can']} (1)")
        camera(first.page, "tablet-scene4-editing")
        first.press("writer.cancel_edit")


def write(tables: dict[int, Tablet], cards: Iterable[int], language: str) -> None:
    """Cards of the worked example, each at a table where its speaker sits."""
    for card in cards:
        said = W[card - 1]
        group = next((group for group, people in TABLES.items() if said.type in people), 1)
        text = f"{SAID[language][said.kind]} ({card})"
        tables[group].write(
            said.type, stage=said.stage, reason=said.reason, help_code=said.help, handover=said.handover, to=said.to,
            **{said.kind: text},
        )  # fmt: skip


def everything_that_can_be_shown(desk: Facilitator, wall: Projector, camera: Camera) -> None:
    for name in WALL_SHOWS:
        desk.show(name)
        expect(wall.page.locator(f".wall .body.at-{name}")).to_be_visible()
        camera(wall.page, f"wall-show-{name}")
    desk.show("auto")


def tabs(desk: Facilitator, camera: Camera, when: str) -> None:
    for name in ("groups", "cards", "room", "agencies", "end"):
        desk.tab(name)
        camera(desk.page, f"desk-tab-{name}-{when}", whole=True)
    desk.tab("groups")


def leaders(desk: Facilitator, camera: Camera) -> None:
    """The pages beside the desk: map with an open cell, advisers, connection check, record."""
    page = desk.page.context.new_page()
    for name in ("map", "advise", "check"):
        page.goto(f"{desk.base}/{name}?c={desk.conference}")
        expect(page.locator(".kaigi:visible").nth(1)).to_be_visible()
        camera(page, f"desk-{name}", whole=True)
        if name == "map":
            page.locator("button.cell").first.click()
            camera(page, "desk-map-cell", whole=True)
    page.goto(f"{desk.base}/record/{desk.conference}?show=1")
    page.screenshot(path=camera.folder / f"{camera.language}-record.png", full_page=True)
    page.close()


def main(arguments: list[str]) -> None:
    languages = [name for name in arguments if name in CASE] or list(CASE)
    folder = Path(next((name for name in arguments if name not in CASE), SCREENSHOTS))
    folder.mkdir(parents=True, exist_ok=True)
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    assert chromium, "no Chromium on this machine"
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        server = Server(Path(data)).start()
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        try:
            for language in languages:
                visitors = Visitors(browser, server, language)
                try:
                    walk(visitors, Camera(folder, language))
                except Exception:
                    visitors.photograph(folder, f"failed-{language}")
                    raise
                finally:
                    visitors.close()
        finally:
            browser.close()
            server.stop()
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")


if __name__ == "__main__":
    main(sys.argv[1:])
