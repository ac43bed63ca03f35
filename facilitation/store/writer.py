"""Commands become entries: decided one after another, committed together, acknowledged after the commit.

Thirty tablets press "send" within a second, and a commit that survives a power cut takes milliseconds. So whoever
finds the writer free commits for everybody who waits at that moment: one transaction a log, in the order of arrival.
The others wait for their answer, never for a turn of their own; whoever comes meanwhile is in the next commit, which
is made by a hand of the writer's. Where the store did not answer, they are told so with the others. Each command is
decided on the state that the commands before it leave, as if they had come one by one.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Generic

from facilitation.entries import Draft, Entry, erases
from facilitation.store import Behind, Store, StoreBusy, Unreachable, UnreadableLog
from facilitation.store.known import Command, Fold, Known, Receipt, State, decide_all, new_entries
from facilitation.store.reader import Listener, Reader, tell

__all__ = ["DAY_ONLY", "Command", "Fold", "Receipt", "Writer"]

DAY_ONLY = frozenset({"survey"})
"""Kinds of logs whose entries carry the day alone: the minute of an anonymous answer would tell whose it is."""

HANDS = 2
"""Threads that commit for those who do not: one commits while the other may still be telling."""


@dataclass(frozen=True, slots=True)
class _Request(Generic[State]):
    """One command on its way; `answer` is set after the commit."""

    log: str
    kind: str
    command: Command[State]
    key: str
    answer: Future[Receipt]


class Writer(Reader[State]):
    """The one door to a store. `clock` gives UTC in ISO 8601; `fold` is pure.

    Each of `on_commit` (log, entries) runs after the commit in the committing thread, outside every lock: two calls may
    overtake each other, so listeners keep the highest revision. `on_news` and `on_first` are the reader's.
    """

    def __init__(
        self,
        store: Store,
        clock: Callable[[], str],
        fold: Fold[State],
        on_commit: Sequence[Listener] = (),
        on_news: Sequence[Listener] = (),
        on_first: Sequence[Callable[[str, int], None]] = (),
    ) -> None:
        super().__init__(store, fold, on_news, on_first)
        self._clock, self._on_commit = clock, on_commit
        self._turn = threading.Lock()
        self._waiting: list[_Request[State]] = []
        self._committing = False
        self._hands = ThreadPoolExecutor(HANDS, "writer")
        self.refused: Counter[str] = Counter()
        """How many commands were refused, by the key of the reason."""

    @property
    def waiting(self) -> int:
        """Commands that wait for the commit under way."""
        return len(self._waiting)

    def send(self, log: str, command: Command[State], *, kind: str = "conference", key: str = "") -> Receipt:
        """Decide `command` on the newest state of `log`, write its drafts, return when they are safe.

        `command` must be pure: it is asked again where another process wrote first. What it raises is raised here and
        refuses nobody else. With `key`, a repeat that the command refuses gets the receipt of its first arrival.
        Raises what the store raises: then nothing was written.
        """
        request = _request(log, kind, command, key)
        if self._queued(request):
            self._lead()
        return request.answer.result()

    def post(self, log: str, command: Command[State], *, kind: str = "conference", key: str = "") -> Future[Receipt]:
        """The same for an event loop: the receipt that will be there, and no thread that waits for it."""
        request = _request(log, kind, command, key)
        if self._queued(request) and not self._handed():
            self._lead()
        return request.answer

    def _queued(self, request: _Request[State]) -> bool:
        """Whether nobody commits, so that whoever came has to (or to find a hand for it)."""
        with self._turn:
            self._waiting.append(request)
            free, self._committing = not self._committing, True
        return free

    def _lead(self) -> None:
        """Commit for all who wait at this moment, and leave those who come meanwhile to a hand; or go on where there
        are no hands any more."""
        more = True
        while more:
            with self._turn:
                batch, self._waiting = self._waiting, []
            try:
                written = list(self._serve(batch))
            finally:
                with self._turn:
                    self._committing = bool(self._waiting)
                more = self._committing and not self._handed()
            for entries in filter(None, written):
                tell(self._on_commit, entries[0].log, entries)

    def _handed(self) -> bool:
        """Whether a hand commits next. A process that is ending takes on no hands, and people still wait."""
        try:
            self._hands.submit(self._lead)
        except RuntimeError:
            return False
        return True

    def _serve(self, batch: Sequence[_Request[State]]) -> Iterator[tuple[Entry, ...]]:
        """Commit `batch` log by log. Every request is answered afterwards, whatever happened; where one waited for
        the store in vain, nobody of the batch waits for it once more, nor does who came while it waited."""
        in_vain: BaseException | None = None
        for log in dict.fromkeys(request.log for request in batch):
            requests = [request for request in batch if request.log == log]
            while requests:
                written: tuple[Entry, ...] = ()
                answers: Sequence[Receipt | BaseException]
                try:
                    if in_vain:
                        raise in_vain
                    written, answers = self._commit(log, requests)
                except BaseException as failed:
                    in_vain = failed if isinstance(failed, (StoreBusy, Unreachable)) else None
                    answers = [failed] * len(requests)
                for request, answer in zip(requests, answers, strict=False):
                    self._answer(request, answer)
                requests = requests[len(answers) :]
                yield written
        if in_vain:
            with self._turn:
                late, self._waiting = self._waiting, []
            for request in late:
                self._answer(request, in_vain)

    def _answer(self, request: _Request[State], answer: Receipt | BaseException) -> None:
        if isinstance(answer, Receipt):
            request.answer.set_result(answer)
        else:
            self.refused[getattr(answer, "key", type(answer).__name__)] += 1
            request.answer.set_exception(answer)

    def _commit(
        self, log: str, requests: Sequence[_Request[State]]
    ) -> tuple[tuple[Entry, ...], Sequence[Receipt | Exception]]:
        kind = requests[0].kind
        at = self._clock()[: 10 if kind in DAY_ONLY else None]
        asked = [(request.command, request.key) for request in requests]
        overtaken: Known[State] | None = None
        while True:
            before = self._read(log)
            if overtaken and before.revision == overtaken.revision:  # nobody wrote: its number and its entries differ
                raise UnreadableLog(log=log, entry=before.revision)
            after, answers = decide_all(before, asked, at, self._fold)
            drafts = [Draft(entry.kind, entry.author, entry.body, entry.key) for entry in new_entries(answers)]
            if not drafts:
                return (), answers
            try:
                written = self._store.append(log, kind, drafts, before.revision, at)
            except Behind:
                overtaken = before  # another process wrote in between: decide again on what it left
                continue
            self._keep(after, erases(written))
            return written, answers


def _request(log: str, kind: str, command: Command[State], key: str) -> _Request[State]:
    answer = Future[Receipt]()
    answer.set_running_or_notify_cancel()  # a device that is gone takes nothing back
    return _Request(log, kind, command, key, answer)
