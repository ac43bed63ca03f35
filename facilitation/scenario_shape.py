"""What pydantic found wrong with the shape of a file, in our own words and with the author's places."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from facilitation.scenario_problem import SENTENCES, Problem, found


def shape(error: ValidationError) -> list[Problem]:
    """All findings.

    pydantic counts only the items that are right: a list whose items are wrong is "too short" as well. Left out.
    """
    flaws = error.errors(include_url=False, include_input=False)
    above = {flaw["loc"][:depth] for flaw in flaws for depth in range(len(flaw["loc"]))}
    told = [flaw for flaw in flaws if flaw["type"] != "too_short" or flaw["loc"] not in above]
    return [_flaw(flaw["type"], flaw["loc"], flaw.get("ctx", {})) for flaw in told]


def _flaw(kind: str, loc: tuple[int | str, ...], ctx: Mapping[str, Any]) -> Problem:
    """One finding of the model; a key of `parts` or a type of pydantic is the key of its sentence."""
    parts = (f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in loc if part != "[key]")
    place = "".join(parts).lstrip(".")
    return found(place, kind if kind in SENTENCES["ja"] else "wrong", **ctx)
