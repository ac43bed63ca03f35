"""For whoever watches over a server: is it alive, may it get visitors, what has it counted."""

import asyncio

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from facilitation.keyring import LOG
from facilitation.screen.house import house
from facilitation.screen.server import may_read_metrics, metrics
from facilitation.store import StoreError

PATIENCE = 2.0
"""Seconds the store may take to answer; a balancer waits no longer either."""


def health(request: Request) -> Response:
    """`/healthz`: the process answers."""
    store = house().store
    return JSONResponse({"status": "ok", "schema": store.schema, "store": store.name})


async def ready(request: Request) -> Response:
    """`/readyz`: the store answers as well and takes writing; 503 where it does not."""
    store = house().store
    try:
        found = await asyncio.wait_for(run_in_threadpool(store.revision, LOG), PATIENCE)
    except (StoreError, TimeoutError):
        found = 0
    fine = found > 0 and not store.read_only
    return JSONResponse({"status": "ready" if fine else "not ready", "store": store.name}, 200 if fine else 503)


def counts(request: Request) -> Response:
    """`/metrics`: for whoever brings METRICS_TOKEN; nobody else learns that it is there."""
    found = metrics()
    if found is None or not may_read_metrics(request.headers.get("authorization", "")):
        return PlainTextResponse("404", 404)
    return Response(found.text(), headers={"Content-Type": found.media_type, "Cache-Control": "no-store"})


def routes() -> list[BaseRoute]:
    """All three."""
    return [Route("/healthz", health), Route("/readyz", ready), Route("/metrics", counts)]
