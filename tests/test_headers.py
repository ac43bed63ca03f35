"""Every answer of the whole server carries its headers (F21): ours, the framework's, errors, refused sockets."""

import re
from concurrent.futures import ThreadPoolExecutor

import anyio
import pytest
from meeting import LOG, a_house, hosted
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse
from test_routes import OWN, carried

import app as server
from facilitation.screen.headers import HEADERS, Guard, guard
from facilitation.screen.house import stand_in


@pytest.fixture(scope="module")
def whole():
    """The server as `streamlit run app.py` starts it, over a house in memory."""
    house = a_house()
    stand_in(house)
    hosted(house)
    with TestClient(server.app, follow_redirects=False, raise_server_exceptions=False) as client:
        yield client
    stand_in(None)


def addresses(kind):
    """Every route of the server of this kind, ours and the framework's, with something put into its blanks."""
    found = {route.path for route in server.app._build_starlette_app().routes if isinstance(route, kind)}
    return sorted(re.sub(r"\{.*?\}", "x", path) for path in found)


def test_the_walk_over_all_routes_sees_ours_and_the_frameworks():
    paths = addresses((Route, Mount, WebSocketRoute))
    assert {"/do", "/join/x", "/record/x", "/live/x/x", "/_stcore/health", "/_stcore/stream", "/media/x"} <= set(paths)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_f21_every_route_answers_every_method_with_the_headers(whole, method):
    for address in [*addresses(Route), *(f"{mount}/x" for mount in addresses(Mount)), "/", "/tablet", "/nowhere.js"]:
        carried(whole.request(method, address, headers=OWN))


@pytest.mark.parametrize("path", ["/..%2f..%2fetc%2fpasswd", "//evil.example/x", "/%00", "/do?" + "x" * 5000])
def test_f21_what_is_refused_before_any_route_has_them_too(whole, path):
    carried(whole.get(path))


def test_f21_a_socket_that_is_refused_has_them_too(whole):
    for address in addresses(WebSocketRoute):
        with (
            pytest.raises(WebSocketDenialResponse) as refused,
            whole.websocket_connect(address, headers={"origin": "http://evil.example"}),
        ):
            pass
        assert refused.value.status_code == 403
        carried(refused.value)


def test_f21_a_socket_that_is_taken_has_them_too(whole):
    with whole.websocket_connect("/live/check/devices") as socket:
        names = {name.decode(): value.decode() for name, value in socket.extra_headers}
        assert names["x-content-type-options"] == "nosniff"
        assert "object-src 'none'" in names["content-security-policy"]


async def fails(*asked):
    raise RuntimeError("planted")


def broken(**options):
    return TestClient(Starlette(routes=[Route("/x", fails)], **options), raise_server_exceptions=False)


def test_f21_an_error_of_ours_has_them_and_says_nothing_of_itself():
    answer = broken(middleware=guard()).get("/x")
    assert (answer.status_code, answer.text) == (500, "500")
    carried(answer)


def test_f21_a_socket_that_breaks_before_it_is_taken_has_them_too():
    told = []

    async def tell(message):
        told.append(message)

    scope = {"type": "websocket", "path": "/x", "headers": [(b"host", b"localhost")]}
    scope["extensions"] = {"websocket.http.response": {}}
    with ThreadPoolExecutor(1) as apart, pytest.raises(RuntimeError, match="planted"):
        apart.submit(anyio.run, Guard(fails), scope, None, tell).result()  # browser tests leave a loop in this thread
    start, body = told
    assert (start["type"], start["status"], body["body"]) == ("websocket.http.response.start", 500, b"500")
    assert dict(start["headers"]).keys() >= {name for name, _ in HEADERS}


def test_this_file_would_see_an_answer_without_them():
    """The planted fault: a server without the guard."""
    with pytest.raises(KeyError):
        carried(broken().get("/x"))

    class Careless(Guard):
        async def __call__(self, scope, receive, send):
            await self.app(scope, receive, send)

    with pytest.raises(KeyError):
        carried(broken(middleware=[Middleware(Careless)]).get("/x"))


def test_no_answer_says_which_conference_was_asked_for(whole):
    """A refusal is the same for a conference that is there and for one that is not."""
    for address in ("/record/{}", "/paper/{}", "/lead/{}/x", "/advise/{}/-"):
        there, nowhere = (whole.get(address.format(log)) for log in (LOG, "2024-01-01-KKKKKK"))
        assert (there.status_code, there.text, there.headers.get("location")) == (
            nowhere.status_code,
            nowhere.text,
            nowhere.headers.get("location"),
        )
