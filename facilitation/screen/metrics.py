"""What a server counts, in Prometheus' words: how much, how long, how often refused; never who, where or what.

Labels are routes, kinds and reasons as they stand in the code: nothing that anybody typed can become one.
"""

import time
from contextlib import suppress
from typing import Any

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.types import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from facilitation.screen.traffic import WATCHERS, Answered, Observer

QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Seconds: a commit takes some milliseconds, a page some tens, and what takes longer than a second is seen."""

SIZES = (1, 2, 5, 10, 20, 50, 100, 500)

SHORT = 200
"""Bytes: the message that says "this run is through" is shorter, most others are longer and are not looked into."""


class Metrics(Observer):
    """The counts of this process; what the house counts itself is added by `metrics_house`."""

    media_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # a second row for each, of when it began
        self.registry = CollectorRegistry()
        self._asked: dict[int, tuple[str, float]] = {}
        ProcessCollector(registry=self.registry)
        seconds: dict[str, Any] = {"buckets": QUICK, "registry": self.registry}
        self._requests = Counter("kaigi_requests", "Answers", ["method", "route", "status"], registry=self.registry)
        self._took = Histogram("kaigi_request_seconds", "Until the answer was through", ["route"], **seconds)
        self._sockets = Gauge("kaigi_sockets", "Open sockets; page = visitors", ["kind"], registry=self.registry)
        self._pushes = Counter("kaigi_pushes", "Numbers sent to listeners", ["kind"], registry=self.registry)
        self._runs = Histogram("kaigi_page_run_seconds", "Asked by a page until drawn", ["what"], **seconds)
        self._entries = Counter("kaigi_entries", "Entries that are safe", ["kind"], registry=self.registry)
        self._commits = Histogram("kaigi_commit_seconds", "One commit", ["kind"], **seconds)
        self._sizes = Histogram("kaigi_commit_entries", "Entries a commit", buckets=SIZES, registry=self.registry)

    def text(self) -> bytes:
        """All of it, as it is read by Prometheus."""
        return generate_latest(self.registry)

    def committed(self, log: str, entries: int, seconds: float) -> None:
        """A commit of a log of this kind."""
        self._entries.labels(log).inc(entries)
        self._commits.labels(log).observe(seconds)
        self._sizes.observe(entries)

    def answered(self, what: Answered) -> None:
        if what.method == "SOCKET" or what.route in WATCHERS:
            return
        self._requests.labels(what.method, what.route, what.status).inc()
        self._took.labels(what.route).observe(what.seconds)

    def opened(self, kind: str, socket: int) -> None:
        self._sockets.labels(kind).inc()

    def closed(self, kind: str, socket: int) -> None:
        self._sockets.labels(kind).dec()
        self._asked.pop(socket, None)

    def received(self, kind: str, socket: int, message: Message) -> None:
        if kind == "page" and (data := message.get("bytes")):
            asked = BackMsg()
            with suppress(DecodeError):  # a visitor may send anything; the framework will say so
                asked.ParseFromString(data)
            if asked.HasField("rerun_script"):
                what = "part" if asked.rerun_script.fragment_id else "page"
                self._asked.setdefault(socket, (what, time.perf_counter()))

    def sent(self, kind: str, socket: int, message: Message) -> None:
        if kind != "page":
            self._pushes.labels(kind).inc()
        elif len(data := message.get("bytes") or b"") < SHORT and socket in self._asked:
            told = ForwardMsg.FromString(data)
            if told.HasField("script_finished") and told.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                what, begun = self._asked.pop(socket)
                self._runs.labels(what).observe(time.perf_counter() - begun)
