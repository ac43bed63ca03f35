"""F21 in a real browser: a house in which every field holds something hostile. Every page is opened by who may see it;
what stands there is read out of the page, letter by letter, and every request and every refusal of the page's policy is
written down."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

sys.path.insert(0, str(Path(__file__).parents[1]))

from hostile import LOG, MARK, SURVEY, Hostile, everything
from meeting import ONE, a_house

from facilitation.screen.house import PAGES, House, stand_in
from facilitation.screen.visit import COOKIE
from facilitation.store.sqlite import SQLiteStore
from tests.browser.house import Server
from tests.browser.shots import at_rest
from tests.browser.visitors import DESK, TABLET, Visitors
from tests.who_may import PAGES as SEEN_BY

pytestmark = pytest.mark.browser

WHOLE = bool(os.environ.get("HOSTILE"))
"""The thorough walk takes minutes; it found nothing that the quick one does not see in its places."""

GRANTS = {
    "organiser": {"organiser": 1},
    "adviser": {"advises": [LOG], "roles": {LOG: "医師"}, "device": "d"},
    "seat": {"seats": [[LOG, ONE.seat]]},
}
SCRIPT = "() => { const s = document.createElement('script'); s.text = 'pwned=1'; document.body.append(s); }"
EVAL = """() => new Promise((done) => setTimeout(() => {
    try { done(eval('1')); } catch (error) { done(error.name); }
}))"""
TABS = '[class*="-tabs "] button[role=radio]'

JOINER = "\u2060"
"""What `plain` puts between signs; nobody sees it."""

WATCH = """window.refused = [];
document.addEventListener('securitypolicyviolation', (event) => window.refused.push(
    `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile} ${event.sample}`));"""

MADE = """(() => {
    const reaches = (text) => /evil|pwned|javascript:|data:text/i.test(text);
    const words = /^(aria-label|title|alt|placeholder|value|data-act|data-key|id|class|label|data-unformatted)$/;
    const able = 'script:not([type="application/json"]), style, iframe, object, embed, base, form, link';
    const made = [];
    for (const node of document.querySelectorAll('body *')) {
        if (node.matches(able) && reaches(node.outerHTML)) made.push(node.outerHTML.slice(0, 200));
        if (node.matches('.katex, .stMarkdownColoredText')) made.push(node.outerHTML.slice(0, 200));
        for (const { name, value } of node.attributes) {
            const leads = !words.test(name) && reaches(value);
            if (/^on/.test(name) || leads) made.push(`${node.localName} ${name}=${value}`);
        }
    }
    if (window.pwned !== undefined) made.push('a script ran');
    return made;
})()"""
"""Elements that could run, load or lead somewhere because of what was typed."""

WORDS = """(() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walk.nextNode()) {
        const { data, parentElement } = walk.currentNode;
        if (data.includes('§') && !parentElement.closest('script, .js-plotly-plot')) found.push(data);
    }
    const fields = [...document.querySelectorAll('input, textarea')].map((field) => field.value);
    return [...found, ...fields.filter((value) => value.includes('§'))];
})()"""
"""The text nodes and fields in which it stands."""

ON_CHARTS = "[...document.querySelectorAll('.js-plotly-plot text')].map((text) => text.textContent)"
"""Words on charts, whose lines are broken where a blank was."""

GOES_ON_WITHOUT = "wasm-eval"
"""The framework tries WebAssembly for large numbers, is refused by our policy and counts without."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Hostile, House]]:
    """A server over such a house, its texts, and the house with its keys."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "data").mkdir()
    house = a_house()
    stand_in(house)
    text = everything(house)
    stand_in(None)
    store = SQLiteStore(folder / "data" / "conferences.db")
    for log in house.store.logs():  # in one piece each: hundreds of commits would take their time
        kind = {LOG: "conference", SURVEY: "survey"}.get(log, "house")
        store.receive(log, kind, house.store.entries(log), 0)
    store.close()
    server = Server(folder).start()
    yield server, text, house
    server.stop()


@pytest.fixture
def visitors(browser, hostile, language) -> Iterator[Visitors]:  # type: ignore[no-untyped-def]
    found = Visitors(browser, hostile[0], language)
    yield found
    found.close()


def device(visitors: Visitors, house: House, role: str) -> Page:
    context = visitors.device(TABLET if role == "seat" else DESK)
    context.add_cookies([{"name": COOKIE, "value": house.sign(GRANTS[role]), "url": visitors.server.base}])
    context.add_init_script(WATCH)
    return context.new_page()


def looked_at(page: Page, text: Hostile) -> tuple[set[str], list[str]]:
    """The numbers of what stands on a page, and what is wrong with it."""
    at_rest(page)
    words = [said.replace(JOINER, "") for said in page.evaluate(WORDS)]
    wrong = [
        f"not whole: {each}" for said in words for each in text.whole(said) if each.replace(JOINER, "") not in said
    ]
    charts = ["".join(said.split()) for said in page.evaluate(ON_CHARTS)]
    on_charts = [(said, text.texts[int(n)]) for said in charts for n in MARK.findall(said)]
    wrong += [f"not whole on a chart: {each}" for said, each in on_charts if "".join(each.split()) not in said]
    wrong += [f"made: {each}" for each in page.evaluate(MADE)]
    wrong += [f"refused: {each}" for each in page.evaluate("window.refused") if GOES_ON_WITHOUT not in each]
    return {n for said in words for n in MARK.findall(said)}, [f"{page.url}: {each}" for each in wrong]


def walk(visitors: Visitors, house: House, text: Hostile) -> tuple[set[str], list[str]]:
    """Every page by those who lead, and the tablet by a seat; then what is printed, and a phone. With `HOSTILE=1` each
    page by everybody who may see it, with each of its tabs."""
    seen: set[str] = set()
    wrong: list[str] = []

    def look(page: Page) -> None:
        found, faults = looked_at(page, text)
        seen.update(found)
        wrong.extend(faults)

    for role in GRANTS:
        page = device(visitors, house, role)
        for name in sorted(each.stem for each in PAGES.glob("*.py")):
            others = role in SEEN_BY[name] and (WHOLE or name == "tablet")
            if role != "organiser" and not others:
                continue
            log = SURVEY if name in ("survey", "results") else LOG
            page.goto(f"{visitors.server.base}/{name}?c={log}&s={ONE.seat}")
            expect(page.locator(".kaigi")).not_to_have_count(0)
            look(page)
            for n in range(1, page.locator(TABS).count() if WHOLE else 0):
                page.locator(TABS).nth(n).click()
                look(page)
        for path in ("record", "paper", "keys") if role == "organiser" else ():
            page.goto(f"{visitors.server.base}/{path}/{LOG}?show=1")
            look(page)
        if role == "organiser":
            for path in (f"survey-paper/{SURVEY}?form=post", f"survey-cards/{SURVEY}", "s/HHHHHH?preview=post"):
                page.goto(f"{visitors.server.base}/{path}")
                look(page)
    return seen, wrong


def test_f21_every_page_shows_it_as_it_was_typed_and_asks_nobody_else(
    visitors: Visitors, hostile: tuple[Server, Hostile, House]
) -> None:
    _, text, house = hostile
    seen, wrong = walk(visitors, house, text)
    assert wrong == [], "\n".join(wrong)
    assert len(seen) > (100 if WHOLE else 60), "hardly anything of it stood on a page: this test would see nothing"
    visitors.assert_calm()
    print(json.dumps({"asked": visitors.asked, "texts": len(seen)}), file=sys.stderr)


def test_f21_choices_and_buttons_of_the_framework_show_it_too(
    visitors: Visitors, hostile: tuple[Server, Hostile, House]
) -> None:
    """The boxes of choices when they are open: cases, steps, conferences."""
    _, text, house = hostile
    page = device(visitors, house, "organiser")
    for name in ("audit", "facilitate", "map", "along"):
        page.goto(f"{visitors.server.base}/{name}?c={LOG}")
        at_rest(page)
        for box in page.locator("[data-testid=stSelectbox] input").all():
            box.click()
            _, wrong = looked_at(page, text)
            assert wrong == []
            page.keyboard.press("Escape")
    visitors.assert_calm()


def test_f21_a_page_that_made_something_of_it_would_be_seen(
    visitors: Visitors, hostile: tuple[Server, Hostile, House]
) -> None:
    """The planted fault: one text put into the page as HTML, another half, a picture from elsewhere."""
    _, text, house = hostile
    page = device(visitors, house, "organiser")
    page.goto(f"{visitors.server.base}/facilitate?c={LOG}")
    assert looked_at(page, text)[1] == []
    for planted in (text.texts[0], f"<p>{text.texts[5][:-3]}</p>", '<p onmouseover="pwned=1">x</p>'):
        page.evaluate("html => document.body.insertAdjacentHTML('beforeend', html)", planted)
        assert looked_at(page, text)[1] != [], planted
        page.reload()
    at_rest(page)
    page.evaluate(SCRIPT)
    assert any("script-src" in each for each in looked_at(page, text)[1])
    assert page.evaluate("window.pwned") is None, "the page's policy lets no such script run"
    assert page.evaluate(EVAL) == "EvalError"
