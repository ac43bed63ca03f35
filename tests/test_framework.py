"""What we change inside of asyncio and the framework is still needed, and changes nothing else."""

import asyncio
import importlib.util
import inspect
import socket
from asyncio import base_events

import pytest
from streamlit import config

from facilitation.screen.framework import keep_settings, send_at_once


@pytest.fixture
def as_before(monkeypatch):
    """asyncio as it comes, whatever a server in an earlier test changed of it; all is back afterwards."""
    spec = importlib.util.find_spec("asyncio.base_events")
    pristine = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(pristine)
    monkeypatch.setattr(base_events, "_set_nodelay", pristine._set_nodelay)
    monkeypatch.setattr(config, "get_options_for_section", config.get_options_for_section)


async def delays() -> list[bool]:
    """Whether either end of a connection to such a socket waits for acknowledgements before it sends on."""
    taken: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        taken.set_result(waits(writer))
        writer.close()

    door = socket.socket(socket.AF_INET)
    door.bind(("127.0.0.1", 0))
    async with await asyncio.start_server(serve, sock=door):
        _, writer = await asyncio.open_connection(*door.getsockname())
        found = [await taken, waits(writer)]
        writer.close()
    return found


def waits(writer: asyncio.StreamWriter) -> bool:
    return not writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_server_on_such_a_socket_sends_at_once(as_before):
    assert run() == [True, False], "asyncio does it by itself now: `send_at_once` can go"
    send_at_once()
    assert run() == [False, False]


def run() -> list[bool]:
    """On a loop of its own, whatever runs in this thread."""
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(delays())
    finally:
        loop.close()


def test_the_settings_of_the_look_are_read_once_and_stay_what_they_are(as_before, monkeypatch):
    sections = [f"theme{part}" for part in ("", ".light", ".dark", ".sidebar", ".light.sidebar", ".dark.sidebar")]
    before = [config.get_options_for_section(section) for section in sections]
    keep_settings()
    assert [config.get_options_for_section(section) for section in sections] == before
    monkeypatch.setattr(config, "get_config_options", lambda: pytest.fail("the settings are read again"))
    assert [config.get_options_for_section(section) for section in sections] == before


def test_the_framework_asks_there_for_every_run():
    from streamlit.runtime import app_session

    assert app_session.config is config
    assert "config.get_options_for_section(" in inspect.getsource(app_session._populate_theme_msg)


def test_no_run_of_a_page_ends_with_a_full_round_of_the_garbage_collector():
    """The framework's hidden setting is on unless it is named, and stops all for as long as the heap is large."""
    from streamlit.runtime.scriptrunner import script_runner

    assert 'config.get_option("runner.postScriptGC")' in inspect.getsource(script_runner)
    assert config.get_option("runner.postScriptGC") is False


def test_f30_where_another_version_has_no_such_place_the_server_runs_without_and_says_so(
    as_before, monkeypatch, caplog
):
    monkeypatch.delattr(base_events, "_set_nodelay")
    monkeypatch.delattr(config, "get_options_for_section")
    send_at_once()
    keep_settings()
    assert not hasattr(base_events, "_set_nodelay") and not hasattr(config, "get_options_for_section")
    assert [record.about["missing"] for record in caplog.records] == [
        "asyncio.base_events._set_nodelay",
        "streamlit.config.get_options_for_section",
    ]
