"""Lines for machines (`LOGS=json`): what the server says as JSON, without anybody's words, codes, keys or address.

A message is told as it stands in the source, never with what was filled in; of an error its kind and its path through
the code, never its text, for that may quote what somebody typed. What may be told besides is named where it is said:
`extra={"about": {…}}`.
"""

import json
import linecache
import logging
import sys
import threading
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from streamlit import logger as frameworks

from facilitation.screen.traffic import WATCHERS, Answered, Observer

SAID_BY_TRAFFIC = ("uvicorn.access", "uvicorn.error", "websockets")
"""They tell of each socket as well."""

DEEPEST = 12
"""Lines of a path through the code."""


class Lines(logging.Formatter):
    """One record, one line."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
        }
        if record.levelno >= logging.WARNING:
            told["where"] = f"{Path(record.pathname).name}:{record.lineno}"
        if says := _as_written(record):
            told["says"] = says
        told |= getattr(record, "about", {})
        if record.exc_info and record.exc_info[0]:
            told["error"] = record.exc_info[0].__name__
            told["path"] = _path(record.exc_info[2])
        return json.dumps(told, ensure_ascii=False)


def _as_written(record: logging.LogRecord) -> str:
    """The message without what was filled in; none where it was put together before it came here."""
    said = str(record.msg)
    return said if said and said in "".join(linecache.getlines(record.pathname)) else ""


def _path(trace: TracebackType | None) -> list[str]:
    """File, line and function of each step, from the outermost to where it happened."""
    steps = traceback.extract_tb(trace)[-DEEPEST:]
    return [f"{Path(step.filename).name}:{step.lineno} {step.name}" for step in steps]


class Requests(Observer):
    """A line for each request and each socket that ended, but for what machines ask every few seconds."""

    def __init__(self) -> None:
        self._log = logging.getLogger("kaigi.traffic")

    def answered(self, what: Answered) -> None:
        if what.route not in WATCHERS:
            ms = round(1000 * what.seconds, 1)
            about = {"method": what.method, "route": what.route, "status": what.status, "ms": ms}
            self._log.info("answered", extra={"about": about})


def speak_in_lines() -> None:
    """From now on everything that is logged leaves as such lines, whatever handlers others have put up."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(Lines())
    logging.root.handlers[:] = [handler]
    logging.root.setLevel(logging.INFO)
    frameworks.setup_formatter = _through_root
    for found in list(logging.root.manager.loggerDict.values()):
        if isinstance(found, logging.Logger):
            _through_root(found)
    for name in SAID_BY_TRAFFIC:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(True)
    sys.excepthook = _fell
    threading.excepthook = lambda fallen: _fell(fallen.exc_type, fallen.exc_value, fallen.exc_traceback)


def _through_root(logger: logging.Logger) -> None:
    logger.handlers[:] = []
    logger.propagate = True


def _fell(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    logging.getLogger(__name__).error("an error that nobody met", exc_info=(kind, error or kind(), trace))
