"""Single points of dependence: the stages only one agency type says it can carry (domain §7 C3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from facilitation.coverage import coverage
from facilitation.statements import Statement

HEAVY_SHARE = 0.3
HEAVY_STAGES = 2


@dataclass(frozen=True, slots=True)
class Dependence:
    """How much rests on one type: the `stages` it alone carries, and their `share` (0-1) of the carried stages."""

    stages: tuple[str, ...]
    share: float

    @property
    def solo(self) -> int:
        """The number of stages this type alone carries."""
        return len(self.stages)

    @property
    def heavy(self) -> bool:
        """Worth a flag for the whole conference: two stages or more, and 0.3 or more of the carried ones (C3)."""
        return self.solo >= HEAVY_STAGES and self.share >= HEAVY_SHARE


def dependence(statements: Iterable[Statement]) -> Mapping[str, Dependence]:
    """The types that carry a stage alone, by code; a type that carries none alone is left out."""
    drawn = coverage(statements)
    carried = len(drawn.in_status("covered", "single"))
    alone: dict[str, list[str]] = {}
    for stage in drawn.in_status("single"):
        alone.setdefault(drawn.stages[stage].full[0], []).append(stage)
    return {agency: Dependence(tuple(alone[agency]), len(alone[agency]) / carried) for agency in sorted(alone)}
