"""The unit of analysis: one can, hard or help cut from a card (domain §7.0)."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["can", "hard", "help"]
KINDS: tuple[Kind, ...] = ("can", "hard", "help")


@dataclass(frozen=True, slots=True)
class Statement:
    """What one agency type said about one stage.

    `type` is a code of `agencies.AGENCIES`, `stage` of `path.STAGES`, `tracks` of `path.TRACKS`, `reason` of
    `path.BARRIERS`, `help` of `path.HELPS`, `handover` of `path.HANDOVERS`, `to` again an agency type.
    A `hard` with a `help` code is *conditional* (C1). A hand-over stands on the card's `can`, or on its `hard`
    where it has no can.
    """

    card: str
    type: str
    stage: str
    kind: Kind
    group: str = ""
    scene: int = 0
    tracks: tuple[str, ...] = ()
    reason: str = ""
    help: str = ""
    handover: str = ""
    to: str = ""
    text: str = ""

    @property
    def conditional(self) -> bool:
        """Hard, but something named would make it possible."""
        return self.kind == "hard" and bool(self.help)
