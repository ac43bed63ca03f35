"""The parts of a fictional case, each checked for shape: types, codes, lengths, nothing that is not asked for.

A field's check raises with the key of its sentence (`scenario_problem`), never with words.
"""

import re
import unicodedata
from collections.abc import Callable, Collection
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from facilitation.agencies import AGENCIES
from facilitation.path import HANDOVERS, STAGES, TRACKS

ANY = "ANY"
"""An agency of any type: the case leaves it open and the facilitator may pick one."""

LONGEST_TEXT = 1_200
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_TURNED = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _plain(text: str) -> str:
    """Text to be read aloud: something in it, no control characters, nothing that turns the line around."""
    for sign in text:
        if sign in _TURNED or (sign != "\n" and unicodedata.category(sign) == "Cc"):
            raise PydanticCustomError("control", "control", {"code": f"U+{ord(sign):04X}"})
    if not any(sign.isprintable() and sign != " " for sign in text):
        raise PydanticCustomError("blank", "blank")
    if len(text) > LONGEST_TEXT:
        raise PydanticCustomError("text_too_long", "text_too_long", {"length": len(text), "high": LONGEST_TEXT})
    return text.strip()


def _identifier(text: str) -> str:
    """An id becomes part of addresses and file names: letters, digits, - and _ only, never a path."""
    if not _ID.fullmatch(text):
        raise PydanticCustomError("bad_id", "bad_id", {"value": text})
    return text


def one_of(codes: Collection[str | int], key: str) -> Callable[[Any], Any]:
    """A check that the value is one of `codes`."""

    def check(value: Any) -> Any:
        if value not in codes:
            raise PydanticCustomError(key, key, {"value": value, "expected": " / ".join(map(str, codes))})
        return value

    return check


String = Annotated[str, Field(strict=True)]
_Number = Annotated[int, Field(strict=True)]
Text = Annotated[String, AfterValidator(_plain)]
Id = Annotated[String, AfterValidator(_identifier)]
Agency = Annotated[String, AfterValidator(one_of(AGENCIES.keys(), "unknown_agency"))]
AnyAgency = Annotated[String, AfterValidator(one_of((*AGENCIES, ANY), "unknown_agency"))]
StageCode = Annotated[String, AfterValidator(one_of(STAGES.keys(), "unknown_stage"))]
TrackCode = Annotated[String, AfterValidator(one_of(TRACKS.keys(), "unknown_track"))]
HandOverCode = Annotated[String, AfterValidator(one_of(HANDOVERS.keys(), "unknown_handover"))]
Minutes = Annotated[_Number, Field(ge=1, le=60)]
Number = Annotated[_Number, Field(ge=1, le=99)]
Addiction = Annotated[String, AfterValidator(one_of(("gambling", "alcohol", "drugs", "other"), "choose"))]
Sensitivity = Annotated[_Number, AfterValidator(one_of((0, 2), "choose"))]
Level = Annotated[String, AfterValidator(one_of(("main", "sub", "none"), "choose"))]
Language = Annotated[String, AfterValidator(one_of(("ja", "en"), "choose"))]
VariantId = Annotated[String, AfterValidator(one_of(("full", "120min", "60min", "oac_40min"), "choose"))]


class Part(BaseModel):
    """Frozen; a key that nobody reads is an error, for it is mostly a slip of the pen."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Aims(Part):
    """How far the case serves each of the four learning aims."""

    P1: Level = "none"
    P2: Level = "none"
    P3: Level = "none"
    P4: Level = "none"


class Person(Part):
    """Someone in the case; `agency` is empty for those who work for none, ANY where the type is left open."""

    key: Id
    name: Text
    agency: AnyAgency | None = None


class Moment(Part):
    """A line of the timeline."""

    when: Text
    what: Text


class Known(Part):
    """A fact of a scene; `answers` is the id of the earlier unknown that it settles."""

    id: Id
    text: Text
    answers: Id | None = None


class Unknown(Part):
    """What nobody at the table can know yet."""

    id: Id
    text: Text


class Scene(Part):
    """One part of the case; `reveal` is what happened in the case, shown when the next scene opens."""

    n: Number
    title: Text
    minutes: Minutes
    stages: Annotated[tuple[StageCode, ...], Field(min_length=1, max_length=8)]
    tracks: Annotated[tuple[TrackCode, ...], Field(max_length=6)] = ()
    narrative: Text
    known: Annotated[tuple[Known, ...], Field(max_length=12)] = ()
    unknown: Annotated[tuple[Unknown, ...], Field(max_length=12)] = ()
    question: Text
    reveal: Text
    note: Text
    adviser: Text


class Variant(Part):
    """The scenes one kind of conference plays; without `minutes` each scene keeps its own."""

    id: VariantId
    scenes: Annotated[tuple[Number, ...], Field(min_length=1, max_length=20)]
    minutes: Annotated[tuple[Minutes, ...], Field(max_length=20)] = ()


class Debrief(Part):
    """One sentence to close with: how it was before, what turned it, which act linked (domain §2.4)."""

    before: Text
    turning_point: Text
    linking_act: Text


class Link(Part):
    """One link of a chain with the hand-overs used on it."""

    from_: AnyAgency = Field(alias="from")
    to: AnyAgency
    handovers: Annotated[tuple[HandOverCode, ...], Field(min_length=1, max_length=7)]


class Chain(Part):
    """The case's own path from agency to agency (domain §7 C6), or a first try at it."""

    id: Id
    name: Text
    note: Text | None = None
    links: Annotated[tuple[Link, ...], Field(min_length=1, max_length=10)]
