"""What a server tells those who watch over it: metrics and lines for machines. An evening is played through the real
server with marked words, codes, names and keys; none of them stands in either."""

import asyncio
import io
import json
import logging
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from meeting import ORGANISER, opening
from prometheus_client.parser import text_string_to_metric_families

from bench.line import Line
from bench.phones import answers
from bench.prepared import Opened, in_store, prepared
from bench.room import Room
from bench.server import Server
from facilitation import commands
from facilitation.calendar import now
from facilitation.fold import fold
from facilitation.screen import server as server_settings
from facilitation.screen.log_lines import Lines
from facilitation.screen.metrics import Metrics
from facilitation.store.memory import MemoryStore
from facilitation.store.writer import Writer

TOKEN = "token-that-nobody-guesses"
WORDS = "ひみつのことば"
CODE, TITLE = "Y6T7RD", "ひみつの検討会"
LINE = "電話はいつでもひみつ"
WRONG = "XXNN99"
TABLETS, PHONES = 4, 3


@dataclass
class Evening:
    """What was played, what the server said, and what must stand nowhere."""

    secrets: set[str] = field(default_factory=set)
    log: str = ""
    metrics: str = ""
    strangers: list[int] = field(default_factory=list)


def with_a_title(store):
    log, writer = f"2024-03-01-{CODE}", Writer(store, now, fold)
    writer.send(log, lambda state: commands.open_conference(state, ORGANISER, **opening(code=CODE, title=TITLE)))
    return writer.state(log)


async def played(folder) -> Evening:
    survey = in_store(folder, "", prepared).survey
    conference = in_store(folder, "", with_a_title)
    opened = Opened(conference.id, f"/join/{CODE}?k={conference.secret}", conference.groups, conference.steps)
    server, evening = Server(folder), Evening()
    await server.start()
    try:
        room = Room(server.base, opened)
        lead = f"/lead/{opened.log}/{conference.lead_key}"
        await room.open(lead)
        await room.join(TABLETS)
        await room.sit()
        await room.until("scene")
        await room.write(room.tablets)
        first = room.tablets[0]
        await first.do("write_line", type="HC", text=LINE)
        fields = {"scene": 1, "type": "HC", "stage": "S1", "can": f"{WORDS} "}
        card = "secret-card-1"
        await first.do("write_card", card=card, base=0, key=card, fields=fields)
        too_long = {**fields, "can": WORDS * 500}
        refused = {"log": first.log, "seat": first.seat, "verb": "write_card"}
        refused["fields"] = {"card": "secret-card-2", "base": 0, "key": "secret-card-2", "fields": too_long}
        assert (await first.line.ask("/do", refused)).status == 422
        stranger = Line(server.base)
        for path in (
            f"/join/{WRONG}",
            f"/enter/{WORDS.encode().hex()}",
            f"/record/{opened.log}",
            f"/projector?c={opened.log}",
            f"/advise/{opened.log}/{conference.adviser_code}",
            f"/nowhere/{WRONG}?k={conference.secret}",
        ):
            await stranger.ask(path)
        assert (await room.desk.line.ask(f"/record/{opened.log}")).status == 200
        await answers(server.base, survey, PHONES)
        for authorization in ("", "Bearer wrong", TOKEN):
            evening.strangers.append((await asked(server, authorization))[0])
        evening.metrics = (await asked(server, f"Bearer {TOKEN}"))[1]
        evening.secrets = {TITLE, WORDS, LINE, WRONG, WORDS.encode().hex(), TOKEN, survey, "127.0.0.1", card}
        evening.secrets |= {opened.log, conference.code, conference.secret, conference.lead_key}
        evening.secrets |= {conference.adviser_code, conference.adviser_key}
        evening.secrets |= {tablet.seat for tablet in room.tablets} | {sent.card for sent in room.sent}
        evening.secrets |= {value for one in (*room.tablets, room.desk) for value in one.line.cookies.values()}
        await room.close()
    finally:
        server.stop()
    evening.log = server.said()
    return evening


async def asked(server, authorization):
    """Status and text of /metrics for whoever sends this."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    sent = ("GET /metrics HTTP/1.1", f"Host: 127.0.0.1:{server.port}", f"Authorization: {authorization}")
    writer.write("\r\n".join([*sent, "Connection: close", "", ""]).encode())
    answer = (await reader.read()).decode()
    writer.close()
    return int(answer.split()[1]), answer.partition("\r\n\r\n")[2]


@pytest.fixture(scope="module")
def evening(tmp_path_factory):
    with pytest.MonkeyPatch.context() as environment, ThreadPoolExecutor(1) as apart:
        environment.setenv("LOGS", "json")
        environment.setenv("METRICS_TOKEN", TOKEN)
        return apart.submit(asyncio.run, played(tmp_path_factory.mktemp("evening"))).result()


@pytest.fixture(scope="module")
def families(evening):
    """What Prometheus reads: name -> labels and value of each row."""
    read = text_string_to_metric_families(evening.metrics)
    return {family.name: [(row.name, row.labels, row.value) for row in family.samples] for family in read}


def value(families, name, suffix="", **labels):
    return sum(v for row, found, v in families[name] if row == name + suffix and labels.items() <= found.items())


def test_metrics_are_read_by_their_token_alone(evening):
    assert evening.strangers == [404, 404, 404]


def test_metrics_count_what_happened(evening, families):
    sockets = {kind: value(families, "kaigi_sockets", kind=kind) for kind in ("page", "projector", "lead", "table")}
    assert sockets == {"page": TABLETS + 2, "projector": 1, "lead": 1, "table": TABLETS}
    assert value(families, "kaigi_entries", "_total", kind="survey") >= PHONES
    cards = TABLETS + 1
    assert value(families, "kaigi_entries", "_total", kind="conference") > 4 * cards
    commits = value(families, "kaigi_commit_seconds", "_count")
    assert 3 * cards < commits <= value(families, "kaigi_entries", "_total")
    assert value(families, "kaigi_commit_entries", "_sum") == value(families, "kaigi_entries", "_total")
    assert value(families, "kaigi_refused", "_total", kind="conference", reason="card.long") == 1
    assert value(families, "kaigi_requests", "_total", route="/do", status="422") == 1
    assert value(families, "kaigi_requests", "_total", route="/join/{code}", method="GET") == TABLETS + 1
    assert value(families, "kaigi_pushes", "_total", kind="projector") > cards
    assert value(families, "kaigi_page_run_seconds", "_count", what="page") >= TABLETS + 2
    assert value(families, "kaigi_page_run_seconds", "_count", what="part") > TABLETS
    assert value(families, "kaigi_writer_waiting", kind="conference") == 0
    assert {"kaigi_database_retries", "kaigi_turned_away"} <= set(families)
    if sys.platform == "linux":
        assert value(families, "process_resident_memory_bytes") > 50e6


def test_every_request_is_a_line_of_json(evening):
    lines = [json.loads(line) for line in evening.log.splitlines()]
    assert all({"at", "level", "from"} <= set(line) for line in lines)
    told = {(line["method"], line["route"], line["status"]) for line in lines if "route" in line}
    assert {("POST", "/do", 200), ("POST", "/do", 422), ("GET", "/join/{code}", 303)} <= told
    assert {("GET", "/record/{log}", 200), ("GET", "/record/{log}", 404), ("GET", "/advise/{log}/{code}", 303)} <= told
    assert {route for method, route, _ in told if method == "SOCKET"} == {"/_stcore/stream", "/live/{log}/{view}"}
    assert any("python -m facilitation password" in line.get("says", "") for line in lines)


def test_nothing_of_anybody_stands_in_the_log_or_the_metrics(evening):
    assert len(evening.secrets) > 20
    for said in (evening.log, evening.metrics):
        assert {secret for secret in evening.secrets if secret in said} == set()
        assert not re.search("[ぁ-ん]", said)


def test_the_search_finds_what_lines_for_people_hold(tmp_path):
    """The same server without the setting prints its start link and its password."""

    async def said():
        server = Server(tmp_path)
        await server.start()
        server.stop()
        return server.said()

    with ThreadPoolExecutor(1) as apart:
        found = apart.submit(asyncio.run, said()).result()
    assert "/enter/" in found and re.search(r"[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{3}", found)


# --- single lines ----------------------------------------------------------------------------------------------------


def line_of(log):
    """What `log(logger)` says, as people read it and as a line for machines."""
    logger, texts = logging.Logger("tried"), []
    for formatter in (logging.Formatter(), Lines()):
        out = io.StringIO()
        handler = logging.StreamHandler(out)
        handler.setFormatter(formatter)
        logger.handlers[:] = [handler]
        log(logger)
        texts.append(out.getvalue())
    return texts


def raised(words):
    def log(logger):
        try:
            raise ValueError(f"cannot read {words}")
        except ValueError as error:
            logger.exception("an answer was not read: %s", error)

    return log


def put_together(words):
    return lambda logger: logger.warning("no seat for " + words)


def filled_in(words):
    return lambda logger: logger.error('%s - "WebSocket %s" [accepted]', "10.1.2.3", f"/live/{words}")


@pytest.mark.parametrize("said", [raised, put_together, filled_in])
def test_what_was_filled_in_is_not_told(said):
    for_people, for_machines = line_of(said(WORDS))
    assert WORDS in for_people
    assert WORDS not in for_machines and "10.1.2.3" not in for_machines
    assert json.loads(for_machines)["where"].startswith("test_watching.py:")


def test_a_line_says_what_stands_in_the_source_and_which_way_an_error_came():
    line = json.loads(line_of(raised(WORDS))[1])
    assert (line["says"], line["error"]) == ("an answer was not read: %s", "ValueError")
    assert [step.split()[-1] for step in line["path"]] == ["log"]
    assert "says" not in json.loads(line_of(put_together(WORDS))[1])


def test_what_is_no_message_of_the_framework_hurts_nobody():
    counts = Metrics()
    counts.opened("page", 1)
    for data in (b"\xff\xff", b"\x00", WORDS.encode()):
        counts.received("page", 1, {"type": "websocket.receive", "bytes": data})
    counts.closed("page", 1)
    assert b'kaigi_sockets{kind="page"} 0.0' in counts.text()


def test_without_their_settings_nothing_is_counted_and_no_lines_are_made(monkeypatch):
    for name in ("METRICS_TOKEN", "LOGS"):
        monkeypatch.delenv(name, raising=False)
    server_settings.metrics.cache_clear()
    store = MemoryStore()
    assert server_settings.traffic() == []
    assert server_settings.counted(store) is store
    assert not server_settings.may_read_metrics("Bearer ")
