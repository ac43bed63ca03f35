"""Taking an archive in: by log and revision, twice without harm, and never over anything that stands here otherwise.

First it is worked out what would happen (`plan`), then it is done (`merge`). A longer copy extends; a copy that went
another way is refused by name, with the entry from which on it differs. What was erased beats what was not, whichever
side erased it: an erased entry is the same entry as the one with its words, and the archive's own `redacted` entries
carry their erasure with them.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Literal

from facilitation import conference, registry, summary, survey_round, texts
from facilitation.code import long_code
from facilitation.entries import Entry
from facilitation.export.archive import KINDS, Archive, Log
from facilitation.store import Behind, Store, UnreadableLog

Outcome = Literal[
    "new", "longer", "same", "shorter", "diverged", "gone", "other_kind", "code_taken", "erases", "erased"
]
REFUSED: tuple[Outcome, ...] = ("diverged", "gone", "other_kind", "code_taken")


@dataclass(frozen=True, slots=True)
class Step:
    """What happens to one log. `entries`: how many are added (new, longer), stand here beyond the archive (shorter),
    or go (erases); `revision`: the first entry that differs (diverged); `at`: when it was erased here (gone); `other`:
    the log that has a code of it here (code_taken)."""

    log: str
    title: str
    outcome: Outcome
    entries: int = 0
    revision: int = 0
    at: str = ""
    other: str = ""

    @property
    def refused(self) -> bool:
        """Whether this keeps the whole archive out."""
        return self.outcome in REFUSED

    def text(self, when: Literal["step", "done"], language: str) -> str:
        """In words, before it is done or afterwards."""
        fields = {"entries": self.entries, "revision": self.revision, "at": self.at[:10], "other": self.other}
        return texts.say(language, f"archive.{when}.{self.outcome}", log=self.log, title=self.title, **fields)


class NotMerged(Exception):
    """The archive was not taken in, and nothing was written; `steps` says of each log why (`Step.refused`)."""

    def __init__(self, steps: Sequence[Step]) -> None:
        super().__init__(", ".join(f"{step.log}: {step.outcome}" for step in steps))
        self.steps = tuple(steps)


def plan(store: Store, archive: Archive) -> tuple[Step, ...]:
    """What taking `archive` in would do, log by log; nothing is written."""
    steps = [_step(store, log) for log in archive.logs]
    if any(step.outcome == "new" for step in steps):
        steps = list(_at_doors(store, archive.logs, steps))
    return (*(_erasing(store, log) for log in archive.forgotten), *steps)


def merge(store: Store, archive: Archive, at: str) -> tuple[Step, ...]:
    """Take `archive` in, all of it or nothing. Raises `NotMerged`, and what the store raises. `at`: now, UTC."""
    while True:
        steps = plan(store, archive)
        if any(step.refused for step in steps):
            raise NotMerged(steps)
        try:
            for log in archive.logs:
                _take_in(store, log)
        except Behind:
            continue  # somebody wrote meanwhile: look again
        for erased in archive.forgotten:
            store.forget(erased, at)
        return steps


def _take_in(store: Store, log: Log) -> None:
    here = store.revision(log.log)
    if here < len(log.entries):
        store.receive(log.log, log.kind, log.entries[here:], here)


def _erasing(store: Store, log: str) -> Step:
    entries = store.entries(log)
    title = str(entries[0].body.get("title", "")) if entries else ""
    if entries and not any(log in store.logs(kind) for kind in KINDS):
        return Step(log, title, "other_kind")
    return Step(log, title, "erased" if log in store.forgotten() else "erases", len(entries))


def _step(store: Store, log: Log) -> Step:
    gone = store.forgotten().get(log.log)
    if gone is not None:
        return Step(log.log, log.title, "gone", at=gone)
    kept = store.entries(log.log)
    if kept and log.log not in store.logs(log.kind):
        return Step(log.log, log.title, "other_kind")
    differs = next((one.revision for one, other in zip(kept, log.entries, strict=False) if not _same(one, other)), 0)
    if differs:
        return Step(log.log, log.title, "diverged", revision=differs)
    more = len(log.entries) - len(kept)
    outcome: Outcome = "new" if not kept else "longer" if more > 0 else "shorter" if more < 0 else "same"
    return Step(log.log, log.title, outcome, abs(more))


def _at_doors(store: Store, logs: Sequence[Log], steps: Sequence[Step]) -> Iterator[Step]:
    """The same steps, but a new log is refused where one of its codes opens another door already."""
    doors = dict(_doors(store))
    for log, step in zip(logs, steps, strict=True):
        own = _codes(log.log, log.entries[0].body)
        other = next((doors[code] for code in own if doors.get(code, log.log) != log.log), "")
        yield replace(step, outcome="code_taken", other=other) if other and step.outcome == "new" else step
        doors |= dict.fromkeys(own, log.log)


def _doors(store: Store) -> Iterator[tuple[str, str]]:
    """Every code that leads somewhere here, with its log: what was counted says it, of others the log itself."""
    counted = store.summaries(conference.KIND, summary.SHAPE)
    for log in store.logs(conference.KIND):
        if log in counted:
            found = summary.read(log, counted[log][1])
            codes = {found.code, found.adviser_code, found.lead_code}
        else:
            codes = _codes(log, _first(store, log))
        yield from ((code, log) for code in codes if code)
    yield from ((registry.code_of(log), log) for log in store.logs(survey_round.KIND))


def _first(store: Store, log: str) -> Mapping[str, Any]:
    """How a log begins; nothing where it cannot be read."""
    with suppress(UnreadableLog):
        return next((entry.body for entry in store.entries(log)), {})
    return {}


def _codes(log: str, opened: Mapping[str, Any]) -> set[str]:
    """The codes that lead to a log: of guests, of advisers, the long one of those who lead."""
    lead = opened.get("lead_key")
    codes = {registry.code_of(log), opened.get("adviser_code", ""), long_code(lead) if lead else ""}
    return codes - {""}


def _same(one: Entry, other: Entry) -> bool:
    """Whether two copies of an entry are one entry: words that only one of them still has make no difference."""
    return one.outside == other.outside and (one.erased or other.erased or one.body == other.body)
