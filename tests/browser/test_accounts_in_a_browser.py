"""An organiser comes in through an account, over a real provider on this machine and the server as it is started."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from facilitation.texts import say
from tests.browser.house import Server
from tests.browser.provider import CLIENT, SECRET, Provider
from tests.browser.screens import Screen
from tests.browser.visitors import DESK

pytestmark = pytest.mark.browser

YAMADA = {"email": "yamada@example.jp", "email_verified": True, "name": "山田花子"}


@pytest.fixture
def provider() -> Iterator[Provider]:
    found = Provider().start()
    yield found
    found.stop()


@pytest.fixture
def server_with_accounts(tmp_path: Path, provider: Provider) -> Iterator[Server]:
    found = server(tmp_path)
    offer_accounts(found, provider, back_to=found)
    yield found.start()
    found.stop()


def server(folder: Path, database: str = "") -> Server:
    return Server(folder, database, options=("--secrets.files", str(folder / "secrets.toml")))


def offer_accounts(at: Server, provider: Provider, back_to: Server) -> None:
    """What deploy/oidc.md has people write."""
    (at.folder / "secrets.toml").write_text(
        f"""
[auth]
redirect_uri = "{back_to.base}/oauth2callback"
cookie_secret = "a-cookie-secret-for-tests-of-some-length"
client_id = "{CLIENT}"
client_secret = "{SECRET}"
server_metadata_url = "{provider.base}/.well-known/openid-configuration"

[organisers]
emails = ["yamada@example.jp"]
""",
        "utf-8",
    )


@pytest.fixture
def two_servers(tmp_path: Path, provider: Provider, postgres) -> Iterator[list[Server]]:
    """On one database, with the same secrets; who comes back from the provider comes to the second one."""
    place, folders = postgres.space("two_with_accounts"), [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
    found = [server(folder, place) for folder in folders]
    for each in found:
        offer_accounts(each, provider, back_to=found[1])
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(Server.start, found))
    yield found
    for each in found:
        each.stop()


@pytest.mark.postgres
def test_f10_a_sign_in_begun_at_a_server_that_is_killed_comes_to_its_end_at_another(
    browser: Browser, two_servers: list[Server], provider: Provider
) -> None:
    """What was begun travels in a signed cookie; no server has to remember it."""
    here, there = two_servers
    provider.account, provider.meanwhile = YAMADA, here.kill
    page = at_the_front(browser, here)
    ask(page, here)
    expect(page.get_by_text(say("ja", "home.title"), exact=True)).to_be_visible()
    assert page.url.startswith(there.base)
    names = {cookie["name"] for cookie in page.context.cookies()}
    assert "kaigi" in names
    assert not any(name.startswith("_streamlit_user") for name in names)
    page.context.close()


def at_the_front(browser: Browser, server: Server) -> Page:
    page = browser.new_context(viewport=DESK, locale="ja-JP").new_page()
    page.set_default_timeout(60_000)
    page.goto(server.base)
    return page


def ask(page: Page, server: Server) -> None:
    front = Screen(page, server.base, "ja")
    front.tap(page.get_by_text(say("ja", "door.leads")))
    front.press("account.sign_in")


def test_an_account_on_the_list_comes_in_and_leaves_again(
    browser: Browser, server_with_accounts: Server, provider: Provider
) -> None:
    provider.account = YAMADA
    page = at_the_front(browser, server_with_accounts)
    ask(page, server_with_accounts)
    expect(page.get_by_text(say("ja", "home.title"), exact=True)).to_be_visible()
    assert provider.asked[0]["code_challenge_method"] == "S256"
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert cookies["kaigi"]["httpOnly"]
    assert not any(name.startswith("_streamlit_user") for name in cookies), "the door took the framework's away"
    Screen(page, server_with_accounts.base, "ja").tap(page.get_by_text(say("ja", "home.leave")))
    expect(page.get_by_role("heading", name=say("ja", "door.title"), exact=True)).to_be_visible()
    names = {cookie["name"] for cookie in page.context.cookies()}
    assert not {"kaigi", "_streamlit_user"} & names
    assert "yamada" not in server_with_accounts.said()
    page.context.close()


def test_a_copy_of_the_frameworks_cookie_lets_nobody_in_and_the_button_does(
    browser: Browser, server_with_accounts: Server, provider: Provider
) -> None:
    provider.account = YAMADA
    page, kept = at_the_front(browser, server_with_accounts), []
    page.on("response", lambda answer: kept.extend(framework_cookies(answer)))
    ask(page, server_with_accounts)
    expect(page.get_by_text(say("ja", "home.title"), exact=True)).to_be_visible()
    assert kept, "the provider's answer set the framework's cookie"
    page.context.close()
    other = at_the_front(browser, server_with_accounts)
    other.context.add_cookies([{**each, "url": server_with_accounts.base} for each in kept])
    other.reload()
    expect(other.get_by_role("heading", name=say("ja", "door.title"), exact=True)).to_be_visible()
    other.wait_for_timeout(2_000)
    assert "kaigi" not in {cookie["name"] for cookie in other.context.cookies()}
    ask(other, server_with_accounts)
    expect(other.get_by_text(say("ja", "home.title"), exact=True)).to_be_visible()
    other.context.close()


def framework_cookies(answer: Response) -> list[dict[str, str]]:
    """The framework's cookies that an answer sets."""
    lines = [line["value"] for line in answer.headers_array() if line["name"].lower() == "set-cookie"]
    found = [line.partition(";")[0].partition("=") for line in lines if "Max-Age=0" not in line]
    return [{"name": name, "value": value} for name, _, value in found if name.startswith("_streamlit_user") and value]


def test_an_account_that_is_not_listed_stays_outside(
    browser: Browser, server_with_accounts: Server, provider: Provider
) -> None:
    provider.account = {**YAMADA, "email": "suzuki@example.jp"}
    page = at_the_front(browser, server_with_accounts)
    ask(page, server_with_accounts)
    expect(page.get_by_text(say("ja", "account.unlisted"))).to_be_visible()
    page.goto(f"{server_with_accounts.base}/open")
    expect(page.get_by_text(say("ja", "not_found.here"))).to_be_visible()
    page.context.close()
