"""The house's own log: the keys that open it, and notes of who came in and what was taken away.

The fold keeps the keys alone. Notes are for whoever asks later (`audit`): a role, a kind, a moment, never a name and
never words that somebody typed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from facilitation.access import Who, require
from facilitation.entries import Draft, Entry

KIND = "house"
LOG = "house"
"""The kind of the house's log, and its name."""

HOUSE = "house"
"""The author of what the house does by itself."""

NOTED = frozenset(
    (
        *("signed_in", "signed_out", "sign_in_refused", "limit_reached", "seat_handed", "downloaded", "brought"),
        *("copied", "copies_removed", "copies_planned", "restored", "forgotten"),
    )
)
"""Kinds of notes. They change no key, but that whoever signed out stays out, that an account's sign-in opens once, and
that organisers sign in anew where a copy was put back."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """`secret` signs cookies and tokens; `password` is the organisers' password, as its Argon2 hash.

    `turn` tells the passwords there have been apart: what a device was granted under another one holds no more. A copy
    that was put back brings an earlier password, under a turn of its own. `left`: the numbers of devices that signed
    out; what their cookies say holds no more either, whoever brings a copy. `used`: the sign-ins of accounts
    (`accounts.login`) by which somebody came in; each opens once.
    """

    secret: str = ""
    password: str = ""
    turn: int = 1
    left: frozenset[str] = frozenset()
    used: frozenset[str] = frozenset()


def fold(before: Keyring | None, log: str, entries: Iterable[Entry]) -> Keyring:
    """`before` with `entries` added; kinds that are no keys are skipped."""
    now = before or Keyring()
    left, used = set(now.left), set(now.used)
    for entry in entries:
        if entry.kind == "settings":
            now = replace(now, secret=entry.body["secret"], password=entry.body["password"])
        elif entry.kind == "password_changed":
            now = replace(now, password=entry.body["password"], turn=now.turn + 1)
        elif entry.kind == "restored":
            now = replace(now, turn=entry.body.get("turn", now.turn))
        elif entry.kind == "signed_out":
            left.add(str(entry.body.get("device", "")))
        elif entry.kind == "signed_in" and "login" in entry.body:
            used.add(str(entry.body["login"]))
    return replace(now, left=frozenset(left), used=frozenset(used))


def ends(note: Draft | Entry) -> bool:
    """Whether a note says that something opens no more, which stays true whatever copy of the house comes back."""
    return note.kind == "signed_out" or (note.kind == "signed_in" and "login" in note.body)


def first_start(keyring: Keyring, *, secret: str, password: str) -> tuple[Draft, ...]:
    """The keys of a new house; where there are some already (a second server was first), nothing."""
    if keyring.secret:
        return ()
    return (Draft("settings", HOUSE, {"secret": secret, "password": password}),)


def change_password(keyring: Keyring, who: Who, *, password: str) -> tuple[Draft, ...]:
    """Put another password's hash in place of the old one."""
    require(who, "organiser")
    return (Draft("password_changed", who.author, {"password": password}),)


def note(keyring: Keyring, author: str, kind: str, *, key: str = "", **about: Any) -> tuple[Draft, ...]:
    """Remember that something happened. `about` holds codes and ids (`conference`, `how`, `what`)."""
    assert kind in NOTED, kind
    body: Mapping[str, Any] = {name: value for name, value in about.items() if value}
    return (Draft(kind, author, body, key),)
