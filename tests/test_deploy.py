"""What `deploy/` shows for a server is tried as it stands: the door over TLS, the unit's command, dump and restore."""

import asyncio
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import SimpleNamespace

import pytest
import websockets
from store_contract import AT, draft

from facilitation.code import new_code
from facilitation.store.postgres import PostgresStore
from tests.browser.balancer import Balancer
from tests.browser.house import HERE, Server, free_port

DEPLOY = Path(__file__).resolve().parents[1] / "deploy"
UNIT = DEPLOY / "kaigi@.service"
NAME = "kaigi.test"
OWN = {NAME: HERE}
SECRET = "for-the-tests-and-nowhere-else-0123456789"


@pytest.fixture(scope="module")
def caddy():
    if shutil.which("caddy") is None:
        pytest.skip("no Caddy on this machine: apt-get install caddy")


# --- the door --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def door(tmp_path_factory, caddy):
    """The door over TLS, by Caddy's own authority, in front of one server, under a name of its own."""
    folder = tmp_path_factory.mktemp("door")
    with pytest.MonkeyPatch.context() as here:
        known = socket.getaddrinfo
        here.setattr(socket, "getaddrinfo", lambda host, *how, **more: known(OWN.get(host, host), *how, **more))
        here.setenv("ALLOWED_HOSTS", NAME)
        server = Server(folder).start()
        found = Balancer(folder, [server], site=f"https://{NAME}:{free_port()}", tls="tls internal")
        yield found
        found.close()
        server.stop()


def visitor(door):
    """A browser that trusts that authority alone, with its cookies."""
    cookies = CookieJar()
    tls = urllib.request.HTTPSHandler(context=door.trust())
    return urllib.request.build_opener(tls, urllib.request.HTTPCookieProcessor(cookies)), cookies


@pytest.mark.caddy
def test_a_page_comes_by_tls_and_cookies_go_back_by_tls_alone(door):
    browser, cookies = visitor(door)
    with browser.open(door.base + door.servers[0].enter, timeout=10) as page:
        assert (page.status, page.url) == (200, door.base + "/")
        assert "max-age" in page.headers["strict-transport-security"]
    browser.open(door.base + "/projector?c=2024-03-01-XN9P7T", timeout=10).close()
    ours = {cookie.name: cookie for cookie in cookies}
    assert set(ours) == {"kaigi", "house", "room"}
    for name in ("kaigi", "room"):
        assert ours[name].secure and ours[name].has_nonstandard_attr("HttpOnly")


@pytest.mark.caddy
def test_whoever_comes_without_tls_is_sent_on(door):
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *asked):
            return None

    with pytest.raises(urllib.error.HTTPError) as sent:
        urllib.request.build_opener(Stay).open(f"http://{NAME}:{door.http}/join/XN9P7T", timeout=5)
    assert (sent.value.code, sent.value.headers["location"]) == (308, f"{door.base}/join/XN9P7T")


@pytest.mark.caddy
def test_both_sockets_run_by_tls(door):
    async def first(path, **options):
        address = door.base.replace("https", "wss") + path
        async with websockets.connect(address, ssl=door.trust(), origin=door.base, proxy=None, **options) as socket:
            return await asyncio.wait_for(socket.recv(), 10) if "check" in path else socket.subprotocol

    with ThreadPoolExecutor(1) as apart:
        assert apart.submit(asyncio.run, first("/live/check/devices")).result() == "0"
        page = first("/_stcore/stream", subprotocols=["streamlit", "x"])
        assert apart.submit(asyncio.run, page).result() == "streamlit"


@pytest.mark.caddy
def test_what_is_for_the_house_alone_is_not_seen_from_outside(door):
    browser, _ = visitor(door)
    for path in ("/metrics", "/readyz", "/_stcore/metrics"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            browser.open(door.base + path, timeout=5)
        assert refused.value.code == 404


@pytest.mark.caddy
@pytest.mark.parametrize("secret", [None, ""])
def test_without_a_sticky_secret_the_door_does_not_start(caddy, secret):
    environment = {name: value for name, value in os.environ.items() if name != "STICKY_SECRET"}
    asked = ["caddy", "validate", "--config", str(DEPLOY / "Caddyfile"), "--adapter", "caddyfile"]
    given = environment | ({} if secret is None else {"STICKY_SECRET": secret})
    refused = subprocess.run(asked, env=given, capture_output=True, text=True, check=False)
    assert refused.returncode != 0 and "Wrong argument count" in refused.stderr
    fine = subprocess.run(asked, env=environment | {"STICKY_SECRET": SECRET}, capture_output=True, check=False)
    assert fine.returncode == 0


@pytest.mark.caddy
def test_the_door_starts_with_its_example_and_tells_the_journal_none_of_its_settings(tmp_path, caddy):
    """What follows the packaged unit, which would print them all; both files as they stand, at a free address."""
    said = (DEPLOY / "caddy.service.conf").read_text("utf-8")
    file = re.findall(r"^EnvironmentFile=/etc/kaigi/(.+)$", said, re.M)
    assert file == ["door.env"]
    example = (DEPLOY / f"{file[0]}.example").read_text("utf-8")
    environment = dict(pair.partition("=")[::2] for pair in re.findall(r"^#?([A-Z_]+=.*)$", example, re.M))
    port = free_port()
    environment |= {"SITE": f"http://{HERE}:{port}", "STICKY_SECRET": SECRET, "HTTP_PORT": str(free_port())}
    environment |= {"HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    reset, command = re.findall(r"^ExecStart=(.*)$", said, re.M)
    assert (reset, re.findall(r"^ExecReload=(.*)$", said, re.M)) == ("", [""])
    log = tmp_path / "log"
    with log.open("wb") as out:
        asked = shlex.split(command.replace("/etc/caddy", str(DEPLOY)))
        process = subprocess.Popen([shutil.which("caddy"), *asked[1:]], env=environment, stdout=out, stderr=out)
    try:
        until = time.monotonic() + 30
        while not answers(HERE, port):
            assert process.poll() is None and time.monotonic() < until, log.read_text("utf-8")
            time.sleep(0.1)
    finally:
        process.terminate()
        process.wait(15)
    told_journal = log.read_text("utf-8")
    assert "using provided configuration" in told_journal and SECRET not in told_journal


class Named(BaseHTTPRequestHandler):
    """A server that says which one it is, by its port."""

    def do_GET(self):
        words = str(self.server.server_port).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        self.wfile.write(words)

    def log_message(self, *said):
        pass


@pytest.fixture
def named(tmp_path, caddy):
    """The door in front of three such servers: what it answers to a visitor, and a way to end one."""
    servers = [ThreadingHTTPServer((HERE, 0), Named) for _ in range(3)]
    for server in servers:
        Thread(target=server.serve_forever, daemon=True).start()
    found = Balancer(tmp_path, [SimpleNamespace(port=server.server_port) for server in servers])

    def ask(browser, path):
        with browser.open(found.base + path, timeout=10) as answer:
            return int(answer.read())

    def end(port):
        server = next(server for server in servers if server.server_port == port)
        server.shutdown()
        server.server_close()

    yield SimpleNamespace(ask=ask, end=end)
    found.close()


def somebody():
    return urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))


@pytest.mark.caddy
def test_a_room_is_whole_on_one_server_and_moves_as_a_whole(named):
    ways = ("/join/XN9P7T?k=x", "/projector?c=2024-03-01-XN9P7T", "/facilitate?a=1&c=2024-03-01-XN9P7T&b=2")
    ways += ("/lead/2024-03-01-XN9P7T/key", "/advise/2024-03-01-XN9P7T/A3C4D6?k=x")
    devices = [somebody() for _ in ways]
    (home,) = {named.ask(device, way) for device, way in zip(devices, ways, strict=True)}
    assert {named.ask(device, "/tablet?s=1") for device in devices * 3} == {home}
    named.end(home)
    (other,) = {named.ask(device, "/tablet?s=1") for device in devices * 3}
    assert other != home


@pytest.mark.caddy
def test_what_an_open_page_hears_and_fetches_goes_where_its_room_is(named):
    """Also where the same device has opened another room since, whose cookie it then has and keeps."""
    rooms = [f"2024-03-01-{new_code()}" for _ in range(12)]
    homes = [named.ask(somebody(), f"/projector?c={room}") for room in rooms]
    assert len(set(homes)) > 1
    browser = somebody()
    last = named.ask(browser, f"/projector?c={rooms[-1]}")
    for room, home in zip(rooms, homes, strict=True):
        ways = (f"/live/{room}/group-1", f"/live/{room}/lead?t=x", f"/parts/{room}/projector?&run=3")
        assert {named.ask(browser, way) for way in ways} == {home}
    assert named.ask(browser, "/tablet?s=1") == last


@pytest.mark.caddy
def test_rooms_are_spread_and_whoever_is_in_none_stays_where_he_is(named):
    assert len({named.ask(somebody(), f"/join/{new_code()}") for _ in range(60)}) == 3
    devices = [somebody() for _ in range(12)]
    homes = [named.ask(device, "/") for device in devices]
    assert len(set(homes)) > 1
    assert [named.ask(device, "/keeping") for device in devices] == homes


# --- the unit --------------------------------------------------------------------------------------------------------


def told(name):
    """All values of a setting of the unit."""
    return re.findall(rf"^{name}=(.*)$", UNIT.read_text("utf-8"), re.M)


OTHER = "127.0.0.2"
"""Another address of this machine than the one that a server hears by itself."""


def shown_settings():
    """Those of the example, also what is commented out there."""
    example = (DEPLOY / "kaigi.env.example").read_text("utf-8")
    return dict(pair.partition("=")[::2] for pair in re.findall(r"^#?([A-Z_]+=.*)$", example, re.M))


def answers(address, port):
    with socket.socket() as asking:
        asking.settimeout(2)
        return asking.connect_ex((address, int(port))) == 0


LINUX = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a machine has to be given such an address first")


@pytest.mark.parametrize(("given", "heard"), [({}, HERE), pytest.param({"ADDRESS": OTHER}, OTHER, marks=LINUX)])
def test_the_units_command_starts_a_server_with_the_example_environment(tmp_path, given, heard):
    """`given`: what is changed in it. A server hears its own machine alone, or the address that the file says."""
    port = str(free_port())
    fill = {"%i": port, "/var/lib/kaigi": str(tmp_path), "/opt/kaigi/.venv/bin/python": sys.executable}

    def here(text):
        for shown, real in fill.items():
            text = text.replace(shown, real)
        return shlex.split(text)

    environment = dict(pair.partition("=")[::2] for line in told("Environment") for pair in here(line))
    settings = shown_settings()
    assert settings.pop("ADDRESS")
    environment |= settings | given
    assert environment.pop("DATABASE_URL").startswith("postgresql:///kaigi")
    environment |= {"METRICS_TOKEN": "a-token", "PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    log = tmp_path / "log"
    with log.open("wb") as out:
        command = [environment[word[2:-1]] if word.startswith("${") else word for word in here(told("ExecStart")[0])]
        process = subprocess.Popen(command, cwd=DEPLOY.parent, env=environment, stdout=out, stderr=out)
    try:
        base = f"http://{heard}:{port}"
        assert wait_for(f"{base}/readyz", process) == 200, log.read_text("utf-8")
        assert not answers(OTHER if heard == HERE else HERE, port)
        named = {"Host": "kaigi.example.jp"}
        asked = urllib.request.Request(f"{base}/metrics", headers=named | {"Authorization": "Bearer a-token"})
        assert b"kaigi_commit_seconds" in urllib.request.urlopen(asked, timeout=5).read()
        known = urllib.request.Request(f"{base}/healthz", headers=named)
        assert urllib.request.urlopen(known, timeout=5).status == 200
    finally:
        process.terminate()
        assert process.wait(15) in (0, -15)
    assert (tmp_path / port / "conferences.db").exists()


def wait_for(address, process):
    until = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < until:
        try:
            asked = urllib.request.Request(address, headers={"Host": "localhost"})
            return urllib.request.urlopen(asked, timeout=2).status
        except OSError:
            time.sleep(0.1)
    return 0


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd on this machine")
def test_the_unit_is_sound_and_shut_in(tmp_path):
    unit = tmp_path / "kaigi@8501.service"
    unit.write_text(UNIT.read_text("utf-8").replace("/opt/kaigi/.venv/bin/python", sys.executable), "utf-8")
    asked = ["systemd-analyze", "verify", "--man=no", str(unit)]
    sound = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert (sound.returncode, sound.stdout + sound.stderr) == (0, "")
    asked = ["systemd-analyze", "security", "--offline=true", "--threshold=15", str(unit)]
    assert subprocess.run(asked, capture_output=True, check=False).returncode == 0, "exposed more than 1.5 of 10"


# --- copies ----------------------------------------------------------------------------------------------------------


@pytest.mark.postgres
def test_what_was_dumped_comes_back_word_for_word(postgres, tmp_path):
    """The commands of the README, on another database of the same server."""

    def run(program, *options):
        found = shutil.which(program) or str(postgres.programs / program)
        where = ["-h", HERE, "-p", str(postgres.port), "-U", "test"]
        subprocess.run([found, *where, *options], check=True, capture_output=True)

    run("createdb", "-E", "UTF8", "-T", "template0", "kaigi")
    run("createdb", "-E", "UTF8", "-T", "template0", "anew")
    try:
        store = PostgresStore(postgres.url().replace("/postgres", "/kaigi"))
        written = store.append("a", "conference", [draft("言\n\"'\\ 🍵"), draft("2", key="2")], 0, AT)
        store.forget("b", AT)
        store.close()
        run("pg_dump", "-Fc", "-d", "kaigi", "-f", str(tmp_path / "kaigi.dump"))
        run("pg_restore", "-d", "anew", "--no-owner", "--role=test", str(tmp_path / "kaigi.dump"))
        back = PostgresStore(postgres.url().replace("/postgres", "/anew"))
        assert (back.entries("a"), dict(back.forgotten())) == (written, {"b": AT})
        assert back.append("a", "conference", [draft("3")], 2, AT)[0].revision == 3
        back.close()
    finally:
        for name in ("kaigi", "anew"):
            run("dropdb", "--if-exists", name)
