"""A log as far as it was read, and one command decided on it: pure, nothing is written here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from facilitation.access import Refused
from facilitation.entries import Draft, Entry, erases
from facilitation.store import KeyTaken, UnreadableLog
from facilitation.store.rows import numbered, sound

State = TypeVar("State")
Fold = Callable[[State | None, str, Sequence[Entry]], State]
Command = Callable[[State], Sequence[Draft]]

MOST_KEY = 200
"""Letters of a key: a longer one fits no index of a database server, which would be asked again and again."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender may show as saved.

    `fresh` is False where nothing was written: a repeat gets the earlier entry, a change of nothing gets no entry.
    `revision` and `at` are those of the first entry with a key, else of the last: the same for a repeat.
    """

    revision: int
    at: str
    fresh: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Known(Generic[State]):
    """A log at `revision`: the state folded from it and its entries by key."""

    log: str
    revision: int
    state: State
    keys: Mapping[str, Entry]

    def then(self, entries: Sequence[Entry], fold: Fold[State]) -> "Known[State]":
        """The log with `entries` behind it; `self` stays as it is."""
        if not entries:
            return self
        keys = {**self.keys, **{entry.key: entry for entry in entries if entry.key}}
        return Known(self.log, entries[-1].revision, fold(self.state, self.log, entries), keys)

    def decide(self, command: Command[State], key: str, at: str) -> Receipt:
        """What `command` comes to if it is written at once: fresh with its entries, or the earlier receipt.

        The command is asked first, even where `key` is known: the same key with another text is an edit, and only the
        command can tell. Its refusal of a mere repeat ("next scene" is open by now) gives way to the earlier receipt.
        """
        try:
            drafts = [sound(draft) for draft in command(self.state)]
        except Exception:
            if key in self.keys:
                return _repeat(self.keys[key])
            raise
        named = [draft.key for draft in drafts if draft.key]
        if any(len(name) > MOST_KEY for name in named):
            raise Refused("form", found="key")
        earlier = [self.keys[name] for name in (*named, *([] if drafts else [key])) if name in self.keys]
        if earlier:
            return _repeat(earlier[0])
        if len(named) != len(set(named)):
            raise KeyTaken(log=self.log)
        return _fresh(self.revision, at, numbered(self.log, drafts, self.revision, at))


def decide_all(
    known: Known[State], asked: Sequence[tuple[Command[State], str]], at: str, fold: Fold[State]
) -> tuple[Known[State], list[Receipt | Exception]]:
    """Each command (with its key) on the state that those before it leave; a refusal stands in its own place only.

    The answers end behind a command that erases: what comes after it must not be decided on words that are going.
    """
    answers: list[Receipt | Exception] = []
    for command, key in asked:
        try:
            receipt = known.decide(command, key, at)
            known = _then(known, receipt, fold)
            answers.append(receipt)
            if erases(receipt.entries) and receipt.fresh:
                break
        except Exception as refusal:
            answers.append(refusal)
    return known, answers


def _then(known: Known[State], receipt: Receipt, fold: Fold[State]) -> Known[State]:
    """The log with what is to be written behind it. What could not be read again is refused: `known` could be read."""
    try:
        return known.then(receipt.entries if receipt.fresh else (), fold)
    except UnreadableLog as unreadable:
        raise Refused("form", found=receipt.entries[0].kind) from unreadable


def new_entries(answers: Sequence[Receipt | Exception]) -> list[Entry]:
    """What has to be written, in order, before any of `answers` may be given."""
    return [entry for answer in answers if isinstance(answer, Receipt) and answer.fresh for entry in answer.entries]


def _repeat(entry: Entry) -> Receipt:
    return Receipt(entry.revision, entry.at, False, (entry,))


def _fresh(before: int, at: str, entries: tuple[Entry, ...]) -> Receipt:
    if not entries:
        return Receipt(before, at, False, ())
    shown = next((entry for entry in entries if entry.key), entries[-1])
    return Receipt(shown.revision, at, True, entries)
