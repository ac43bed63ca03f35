"""Every page on a phone: nothing scrolls sideways, nothing is squeezed into a column, nothing is too small to tap."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from facilitation.screen.first_page import NAMES
from facilitation.texts import say
from tests.browser.house import ROOT, Server
from tests.browser.screens import Screen
from tests.browser.visitors import PHONE, Visitors

pytestmark = pytest.mark.browser

RUNNING, ENDED = "2026-11-20-DEM986", "2026-05-22-DEM347"
"""Conferences of the demo data."""

WITHOUT = {"tablet", "hello", "projector"}
"""Pages that are looked at as a guest sees them, and the wall, which no phone shows."""

PAGES = [f"/{name}?c={log}" for name in NAMES if name not in WITHOUT for log in (RUNNING, ENDED)]

TOO_SMALL = """() => {
    const main = document.querySelector('[data-testid=stMain]') ?? document.scrollingElement;
    const seen = (node) => node.getClientRects().length
        && node.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const unread = 'svg, style, script, table > caption, [data-testid=stIconMaterial]';
    const said = [];
    if (main.scrollWidth > main.clientWidth) said.push(`sideways: ${main.scrollWidth} of ${main.clientWidth}`);
    const words = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
        const text = words.currentNode.textContent.trim();
        const around = words.currentNode.parentElement;
        if (text.length < 3 || !seen(around) || around.closest(unread)) continue;
        const range = document.createRange();
        range.selectNodeContents(words.currentNode);
        const lines = new Set([...range.getClientRects()].map((line) => Math.round(line.top))).size;
        if (lines > 1 && text.length / lines < 3) said.push(`squeezed into ${lines} lines: ${text}`);
    }
    const taps = 'button, summary, input:not([type=hidden], [type=radio], [type=checkbox], [type=file]), select,'
        + ' [data-testid=stRadioOption], [data-testid=stCheckbox] label, a.button, a.brand, a.quiet, a.language';
    const beside = '.modebar, [data-testid^=stTooltip], [data-testid=stDateInput], [data-testid=stTextInput] button,'
        + ' [aria-label^="Help for"]';
    for (const node of main.querySelectorAll(taps)) {
        const { height, width } = node.getBoundingClientRect();
        if (seen(node) && width > 1 && height < 43 && !node.closest(beside)) {
            said.push(`${Math.round(height)} px high: ${node.innerText || node.ariaLabel || node.className}`);
        }
    }
    return said;
}"""
"""What is wrong with a page, in words. The framework's small helpers beside a field (its calendar, its eye, its
question mark) may stay small: the field itself is there to be tapped."""


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """A server with the demo data."""
    command = [sys.executable, "-m", "facilitation", "demo"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "DATA_DIR": str(tmp_path / "data")}, check=True)
    found = Server(tmp_path).start()
    yield found
    found.stop()


def wrong_with(page: Page) -> Iterator[str]:
    """What is wrong on an open page, behind each of its tabs."""
    screen = Screen(page, "", "ja")
    screen.at_rest()
    tabs = page.locator("[class*='-tabs '] [role=radio]")
    for n in range(max(1, tabs.count())):
        if n:
            screen.tap(tabs.nth(n))
            screen.at_rest()
        yield from (f"{page.url} ({n}) {fault}" for fault in page.evaluate(TOO_SMALL))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_can_be_used_on_a_phone(own_server: Server, visitors: Visitors, language: str) -> None:
    phone = visitors.device(PHONE, touch=True)
    phone.request.get(own_server.base + own_server.enter)
    page = phone.new_page()
    found = []
    for path in ("/", *PAGES):
        page.goto(own_server.base + path)
        page.locator(".kaigi:visible").nth(1).wait_for()
        found += wrong_with(page)
    page.goto(f"{own_server.base}/record/{ENDED}?show=1")
    found += wrong_with(page)
    for path in ("/", "/hello", f"/join/{RUNNING[-6:]}"):
        guest = visitors.guest(PHONE)
        guest.page.goto(own_server.base + path)
        guest.page.locator(".kaigi:visible").nth(1).wait_for()
        found += wrong_with(guest.page)
    table = visitors.tablet(f"/join/{RUNNING[-6:]}", view=PHONE)
    table.choose(1)
    table.form.wait_for()
    found += wrong_with(table.page)
    assert not found, "\n".join(found)


def test_results_are_words_and_numbers_on_a_phone_held_upright_and_figures_on_one_turned_sideways(
    own_server: Server, visitors: Visitors
) -> None:
    phone = visitors.device(PHONE, touch=True)
    phone.request.get(own_server.base + own_server.enter)
    page = phone.new_page()
    page.goto(f"{own_server.base}/results?c={ENDED}")
    chart = page.locator("[class*=st-key-chart-]").first
    words, figure = chart.locator(".on-phone"), chart.locator(".js-plotly-plot")
    expect(words).to_be_visible()
    expect(figure).to_be_hidden()
    chart.locator("summary").click()
    row = chart.locator("table.numbers tbody tr").first
    expect(row).to_be_visible()
    assert row.evaluate("row => row.scrollWidth <= row.clientWidth && row.clientWidth < window.innerWidth")
    named = row.locator("td").first.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert say("ja", "charts.agreement.n") in named
    page.set_viewport_size({"width": PHONE["height"], "height": PHONE["width"]})
    expect(words).to_be_hidden()
    expect(figure).to_be_visible()
