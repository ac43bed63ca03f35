"""Frozen values as text and back, by the types of their fields: what is kept between two starts and can be thrown away.

Whoever keeps such a text keeps `version()` beside it: a text that another version of the app wrote is not read.
"""

import json
import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Value = TypeVar("Value")
Reader = Callable[[Any], Any]


def write(value: Any) -> str:
    """A frozen value of dataclasses, mappings, tuples and plain values as JSON."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def read(kind: type[Value], text: str) -> Value:
    """The value of this type that `write` has written."""
    reader: Reader = _reader(kind)  # type: ignore[arg-type]
    value: Value = reader(json.loads(text))
    return value


@cache
def version() -> int:
    """A number of the code and the terms that this process runs with: it changes with every letter of them, so that
    what was worked out by other rules is worked out again."""
    own = Path(__file__).parent
    texts = sorted([*own.glob("*.py"), *(own / "terms").rglob("*.toml"), *(own.parent / "surveys").rglob("*.toml")])
    digest = sha256(b"".join(path.read_bytes() for path in texts))
    return int.from_bytes(digest.digest()[:3], "big")


def _plain(value: Any) -> Any:
    """Fields by place; a mapping as pairs."""
    if is_dataclass(value):
        return [_plain(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, Mapping):
        return [[_plain(key), _plain(each)] for key, each in value.items()]
    if isinstance(value, (tuple, frozenset)):
        return [_plain(each) for each in value]
    return value


def _as_is(found: Any) -> Any:
    return found


@cache
def _reader(kind: Any) -> Reader:
    """How a value of a type is made again; without a call for each number where a whole row needs none."""
    origin, args = get_origin(kind) or kind, get_args(kind)
    if is_dataclass(origin):
        return _of_fields(origin, args)
    if origin in (Union, types.UnionType):
        return _optional([_reader(each) for each in args if each is not types.NoneType])
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _of_pairs(*map(_reader, args))
    if origin is tuple and args[-1] is not Ellipsis:
        return _of_places(tuple, [_reader(each) for each in args])
    if origin in (tuple, frozenset):
        each = _reader(args[0])
        return origin if each is _as_is else lambda found: origin(map(each, found))
    return _as_is


def _of_fields(kind: Any, args: tuple[Any, ...]) -> Reader:
    told = dict(zip(getattr(kind, "__parameters__", ()), args, strict=bool(args)))
    hints = get_type_hints(kind)
    return _of_places(lambda row: kind(*row), [_reader(_told(hints[field.name], told)) for field in fields(kind)])


def _of_places(whole: Reader, places: list[Reader]) -> Reader:
    """Something that is read place by place; only places that need it are touched."""
    needed = [(at, place) for at, place in enumerate(places) if place is not _as_is]

    def made(found: list[Any]) -> Any:
        for at, place in needed:
            found[at] = place(found[at])
        return whole(found)

    return made


def _of_pairs(key: Reader, each: Reader) -> Reader:
    if key is each is _as_is:
        return dict
    return lambda found: {key(name): each(value) for name, value in found}


def _told(hint: Any, told: Mapping[Any, Any]) -> Any:
    """A hint with its type variables filled in."""
    if isinstance(hint, TypeVar):
        return told[hint]
    names = getattr(hint, "__parameters__", ())
    return hint[tuple(told[name] for name in names)] if names else hint


def _optional(readers: list[Reader]) -> Reader:
    """A value that may be missing; of several types only plain ones are told apart, by themselves."""
    only = readers[0]
    if len(readers) > 1 or only is _as_is:
        return _as_is
    return lambda found: None if found is None else only(found)
