"""The timetable: blocks with minutes from `terms/agenda.toml`, stretched to a slot, and the parts of a block.

A *step* is what the facilitator opens with one press: a block, or the reveal that stands before a scene.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from facilitation.path import TERMS

VARIANTS: Mapping[str, tuple[tuple[str, int], ...]] = MappingProxyType(
    {
        name: tuple((block, minutes) for block, minutes in variant["blocks"])
        for name, variant in tomllib.loads((TERMS / "agenda.toml").read_text("utf-8")).items()
    }
)

STEPS = frozenset(("reveal", *(block for blocks in VARIANTS.values() for block, _ in blocks)))
"""The kinds of steps there are: pages have words for each of them."""

SCENE_PARTS = (("read", 1), ("think", 2), ("round", 5), ("write", 2))
"""Inside a scene: read aloud, think alone, one minute each, write; in shares of ten minutes (domain §5.2)."""

LECTURE_PARTS = (("lecture", 12), ("questions", 2))


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the timetable: `seconds` is 0 where nothing is timed, `scene` the case's own number (0: none),
    `position` counts the scenes played before it."""

    kind: str
    seconds: int = 0
    scene: int = 0
    position: int = 0

    @staticmethod
    def of(body: Mapping[str, Any]) -> "Step":
        """A step as it was written into a log."""
        return Step(body["kind"], body.get("seconds", 0), body.get("scene", 0), body.get("position", 0))

    def body(self) -> dict[str, Any]:
        """The step as a log keeps it."""
        return {"kind": self.kind, "seconds": self.seconds, "scene": self.scene, "position": self.position}


def length(variant: str) -> int:
    """Minutes of a variant as it stands in the data."""
    return sum(minutes for _, minutes in VARIANTS[variant])


def shared_out(total: int, weights: Sequence[float]) -> list[int]:
    """`total` in whole parts that keep the proportions of `weights` and add up exactly (largest remainder)."""
    whole = sum(weights) or 1
    exact = [total * weight / whole for weight in weights]
    parts = [int(share) for share in exact]
    by_rest = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_rest[: total - sum(parts)]:
        parts[i] += 1
    return parts


def plan(variant: str, scenes: Sequence[tuple[int, int]], slot: int | None = None) -> tuple[Step, ...]:
    """The steps of a conference.

    `scenes`: (number, own minutes) of the scenes the variant plays; `slot`: minutes the room has (default: the
    variant's own length). Scenes share the time of the scene blocks by their own minutes; if the case plays more or
    fewer scenes than there are blocks, the last block repeats or falls away.
    """
    blocks = _with_scenes(VARIANTS[variant], len(scenes))
    minutes = _minutes(blocks, [own for _, own in scenes])
    if slot is not None:
        minutes = shared_out(slot, minutes)
    steps: list[Step] = []
    played = 0
    for (kind, _), own in zip(blocks, minutes, strict=True):
        if kind == "scene":
            steps += _scene_steps(scenes[played][0], own * 60, played)
            played += 1
            if played == len(scenes):
                steps.append(Step("reveal", position=played))
        else:
            steps.append(Step(kind, own * 60, position=played))
    return tuple(steps)


def _with_scenes(blocks: Sequence[tuple[str, int]], count: int) -> list[tuple[str, int]]:
    """The blocks with exactly `count` scene blocks."""
    places = [i for i, (kind, _) in enumerate(blocks) if kind == "scene"]
    gone = set(places[count:])
    kept = [block for i, block in enumerate(blocks) if i not in gone]
    if count > len(places):
        last = places[-1]
        kept[last + 1 : last + 1] = [kept[last]] * (count - len(places))
    return kept


def _minutes(blocks: Sequence[tuple[str, int]], own: Sequence[int]) -> list[int]:
    """Minutes per block, the scenes' time shared out by the case's own minutes."""
    of_scenes = iter(shared_out(sum(m for kind, m in blocks if kind == "scene"), own))
    return [next(of_scenes) if kind == "scene" else minutes for kind, minutes in blocks]


def _scene_steps(scene: int, seconds: int, position: int) -> list[Step]:
    """A scene, after the reveal of what went before it (nothing goes before a case's own first scene)."""
    reveal = [Step("reveal", position=position)] if scene > 1 else []
    return [*reveal, Step("scene", seconds, scene, position)]


def parts(step: Step, people: int = 0, groups: int = 0) -> tuple[tuple[str, int], ...]:
    """What happens inside a step: (name, seconds) in order, adding up to the step; empty where it has no parts.

    Introductions take a turn per person at the largest table (`people`), sharing one per group (`groups`).
    """
    named: Sequence[tuple[str, int]]
    match step.kind:
        case "scene":
            named = SCENE_PARTS
        case "lecture":
            named = LECTURE_PARTS
        case "introductions" if people:
            named = [(f"turn:{n}", 1) for n in range(1, people + 1)]
        case "sharing" if groups:
            named = [(f"group:{n}", 1) for n in range(1, groups + 1)]
        case _:
            return ()
    shares = shared_out(step.seconds, [weight for _, weight in named])
    return tuple((name, seconds) for (name, _), seconds in zip(named, shares, strict=True))
