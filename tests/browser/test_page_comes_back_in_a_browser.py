"""F4 in a browser: a page that met a database without its tables comes back by itself, at the same address."""

import pytest
from playwright.sync_api import Browser, expect

from facilitation.texts import say
from tests.browser.house import Server
from tests.browser.visitors import DESK

pytestmark = [pytest.mark.browser, pytest.mark.postgres]

PLACE = "comes_back"


def test_f04_a_page_without_its_tables_says_so_and_comes_back_by_itself(browser: Browser, postgres, tmp_path):
    server = Server(tmp_path, postgres.space(PLACE)).start()
    device = browser.new_context(viewport=DESK, locale="ja-JP")
    page = device.new_page()
    page.set_default_timeout(60_000)
    try:
        device.request.get(server.base + server.enter)
        postgres.ask(f"alter schema {PLACE} rename to away")
        page.goto(f"{server.base}/open")
        expect(page.get_by_text(say("ja", "database.gone")).first).to_be_visible(timeout=30_000)
        expect(page.get_by_text(say("ja", "safety.button")).first).to_be_visible()
        page.wait_for_timeout(6_000)  # it has asked again meanwhile, and says the same once
        expect(page.get_by_text(say("ja", "database.gone"))).to_have_count(1)
        postgres.ask(f"alter schema away rename to {PLACE}")
        expect(page.get_by_role("heading", name=say("ja", "open.title"))).to_be_visible(timeout=30_000)
        expect(page.get_by_text(say("ja", "database.gone"))).to_have_count(0)
        assert page.url.split("?")[0] == f"{server.base}/open"
    finally:
        device.close()
        server.stop()
    assert "Traceback" not in server.said()
