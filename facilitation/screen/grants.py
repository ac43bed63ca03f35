"""What a device was given at the doors, each with the moment it was given: that ends a day later, through whatever
other doors the device goes meanwhile.

A cookie says `organiser`, the turn of the password (`keyring`); `seats`, as (conference, seat); `leads`, `advises` and
`walls`, conferences; under `given` the moment of each. What has none was given when the cookie was signed.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from facilitation.screen.tokens import DAY

GIVEN = "given"
LISTS = ("seats", "leads", "advises", "walls")
MOST = 8
"""Seats and conferences of a kind that one cookie holds."""


def give(granted: Mapping[str, Any], kind: str, what: Any, now: float) -> dict[str, Any]:
    """`granted` with one more, given at this moment; what the device had already is given anew."""
    others = [each for each in granted.get(kind, []) if each != what] if kind in LISTS else []
    held = [*others, what][-MOST:] if kind in LISTS else what
    return {**granted, kind: held, GIVEN: {**granted.get(GIVEN, {}), _name(kind, what): now}}


def held(granted: Mapping[str, Any], signed: float, now: float) -> dict[str, Any]:
    """What of a cookie's grants still holds, each with its moment."""
    known = granted.get(GIVEN, {})
    given = {name: known.get(name, signed) for name in _names(granted)}
    given = {name: at for name, at in given.items() if now - at <= DAY}
    lists = {kind: [each for each in granted.get(kind, []) if _name(kind, each) in given] for kind in LISTS}
    kept = {name: value for name, value in granted.items() if name not in (GIVEN, "organiser", *LISTS)}
    kept |= {kind: found for kind, found in lists.items() if found}
    kept |= {"organiser": granted["organiser"]} if "organiser" in given else {}
    return kept | ({GIVEN: given} if given else {})


def _names(granted: Mapping[str, Any]) -> Iterator[str]:
    if granted.get("organiser"):
        yield "organiser"
    for kind in LISTS:
        yield from (_name(kind, each) for each in granted.get(kind, []))


def _name(kind: str, what: Any) -> str:
    """What a grant's moment stands under: a seat's number tells it from all others."""
    if kind == "organiser":
        return kind
    return str(what[1]) if kind == "seats" else f"{kind} {what}"
