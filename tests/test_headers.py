"""Every answer of the whole server carries its headers (F21): ours, the framework's, errors, refused sockets."""

import base64
import re
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import anyio
import pytest
from meeting import LOG, a_house, hosted
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse
from test_routes import OWN, carried
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

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


def parts(answer):
    """The policy of an answer, by directive."""
    directives = answer.headers["content-security-policy"].split("; ")
    return {name: allowed for name, *allowed in map(str.split, directives)}


def test_f21_no_page_may_run_a_script_that_stands_in_it_or_make_one_out_of_text(whole):
    page = whole.get("/")
    scripts = re.findall(r"<script>(.*?)</script>", page.text, re.DOTALL)
    known = {f"'sha256-{base64.b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts}
    assert len(known) == 1, "the framework's page holds one script of its own"
    assert set(parts(page)["script-src"]) == {"'self'", "blob:", *known}


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1", "testserver:80"])
def test_f21_a_page_talks_to_the_server_it_came_from_and_to_no_other(whole, host):
    allowed = parts(whole.get("/", headers={"host": host}))["connect-src"]
    assert allowed == ["'self'", f"ws://{host}", f"wss://{host}"]


@pytest.mark.parametrize("host", ["[::1]:8501", "localhost:x", "localhost:8501 *", "evil.example"])
def test_f21_a_name_that_no_policy_can_hold_adds_nothing_to_it(whole, host):
    answer = whole.get("/", headers={"host": host})
    assert parts(answer)["connect-src"] == ["'self'"]
    assert len(parts(answer)) == len(parts(whole.get("/")))


def scheme_of(address, host, **headers):
    """What the server's outermost layer makes of a request, and what our answer says of TLS."""
    inner = Starlette(routes=[Route("/x", PlainTextResponse("x"))], middleware=guard())
    client = TestClient(ProxyHeadersMiddleware(inner, trusted_hosts="127.0.0.1"), client=(address, 50000))
    return client.get("/x", headers={"host": host, **headers}).headers.get("strict-transport-security")


def test_a_browser_is_told_to_keep_to_tls_where_it_came_by_tls_and_nowhere_else(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "kaigi.example.jp")
    by_tls = {"x-forwarded-proto": "https"}
    assert scheme_of("127.0.0.1", "kaigi.example.jp", **by_tls) == "max-age=31536000"
    assert scheme_of("127.0.0.1", "kaigi.example.jp:443", **by_tls) == "max-age=31536000"
    assert scheme_of("127.0.0.1", "kaigi.example.jp") is None
    assert scheme_of("127.0.0.1", "kaigi.example.jp", **{"x-forwarded-proto": "http"}) is None
    assert scheme_of("192.0.2.9", "kaigi.example.jp", **by_tls) is None, "no proxy that is trusted says so"
    assert scheme_of("127.0.0.1", "localhost:8501", **by_tls) is None, "that name is every other program's too"


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
