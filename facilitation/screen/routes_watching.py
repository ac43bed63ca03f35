"""For whoever watches over a server: is it alive, may it get visitors, what has it counted."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from facilitation.keyring import LOG
from facilitation.screen.house import house
from facilitation.screen.server import may_read_metrics, metrics
from facilitation.store import Store, StoreError

PATIENCE = 2.0
"""Seconds the store may take to answer; a balancer waits no longer either."""

_apart = ThreadPoolExecutor(1, "ready")
"""Who looks whether the store answers: never one of those that all may be waiting for it."""


async def health(request: Request) -> Response:
    """`/healthz`: the process answers, whatever its threads wait for."""
    store = house().store
    return JSONResponse({"status": "ok", "schema": store.schema, "store": store.name})


async def ready(request: Request) -> Response:
    """`/readyz`: the store answers as well, is sound and takes writing, and pages follow what other servers write; 503
    where one of these does not hold."""
    here, look = house(), asyncio.get_running_loop().run_in_executor
    try:
        answers = await asyncio.wait_for(look(_apart, _answers, here.store), PATIENCE)
    except (StoreError, TimeoutError):
        answers = False
    fine = answers and not (here.damage or here.watch.stands)
    told = {"status": "ready" if fine else "not ready", "store": here.store.name}
    return JSONResponse(told, 200 if fine else 503)


def _answers(store: Store) -> bool:
    return store.revision(LOG) > 0 and store.takes_writing()


def counts(request: Request) -> Response:
    """`/metrics`: for whoever brings METRICS_TOKEN; nobody else learns that it is there."""
    found = metrics()
    if found is None or not may_read_metrics(request.headers.get("authorization", "")):
        return PlainTextResponse("404", 404)
    return Response(found.text(), headers={"Content-Type": found.media_type, "Cache-Control": "no-store"})


def routes() -> list[BaseRoute]:
    """All three."""
    return [Route("/healthz", health), Route("/readyz", ready), Route("/metrics", counts)]
