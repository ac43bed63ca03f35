"""What is answered before the framework's layers is answered as behind them, and everything else reaches them."""

import pytest
from meeting import LOG, a_house, hosted
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from test_routes import OWN, carried

from facilitation.screen.closed import answered
from facilitation.screen.headers import guard
from facilitation.screen.house import House, stand_in
from facilitation.screen.routes import at_once, routes
from facilitation.screen.straight import straight
from facilitation.store import StoreError, StoreFull


async def framework(scope, receive, send):
    """Stands where the framework's layers and all other routes are."""
    await PlainTextResponse(f"inside: {scope['path']}")(scope, receive, send)


@pytest.fixture
def device():
    house = a_house()
    stand_in(house)
    hosted(house)
    app = Starlette(middleware=[*guard(), *straight(at_once(), {StoreError: answered})])
    app.mount("/", framework)
    yield TestClient(app, follow_redirects=False)
    stand_in(None)


def test_what_sixty_ask_at_one_moment_never_comes_to_the_framework(device):
    assert device.post("/do", json={}, headers=OWN).status_code == 400
    assert device.get(f"/parts/{LOG}/projector").text == "404"
    assert device.get("/do").status_code == 405
    with device.websocket_connect("/live/check/devices") as socket:
        assert socket.receive_text().isdecimal()


def test_everything_else_does(device):
    for path in ("/", "/tablet", "/do/", "/done", "/record/x"):
        assert device.get(path).text == f"inside: {path}"


def test_it_carries_the_headers(device):
    carried(device.get("/do"))
    carried(device.get(f"/parts/{LOG}/projector"))


def test_a_store_that_refuses_is_said_as_everywhere(device, monkeypatch):
    def full(*_):
        raise StoreFull(path="data")

    monkeypatch.setattr(House, "conference", full)
    answer = device.get(f"/parts/{LOG}/projector")
    assert answer.status_code == 503
    carried(answer)


def test_all_of_it_is_among_all_routes():
    assert {route.path for route in at_once()} < {route.path for route in routes()}
