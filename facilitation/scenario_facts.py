"""What the room knows and does not know yet, worked out from the scenes opened so far."""

from collections.abc import Sequence
from dataclasses import dataclass

from facilitation.scenario_parts import Known, Scene, Unknown


@dataclass(frozen=True, slots=True)
class Answer:
    """An unknown that has been settled, with the fact that settled it; `new` if it was this very scene."""

    unknown: Unknown
    known: Known
    new: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """The panel of one scene: its own items in full, earlier ones to be folded, answered ones to be struck off."""

    new_known: tuple[Known, ...] = ()
    earlier_known: tuple[Known, ...] = ()
    new_unknown: tuple[Unknown, ...] = ()
    earlier_unknown: tuple[Unknown, ...] = ()
    answered: tuple[Answer, ...] = ()

    @property
    def known(self) -> tuple[Known, ...]:
        """All facts, the newest first."""
        return self.new_known + self.earlier_known

    @property
    def open_unknown(self) -> tuple[Unknown, ...]:
        """All that is still open, the newest first."""
        return self.new_unknown + self.earlier_unknown


def facts(told: Sequence[Sequence[Scene]]) -> Facts:
    """The panel after the last of `told`: for each scene played, that scene and those skipped just before it.

    What a skipped scene would have told is new to the room when the next one opens. A question that was raised and
    settled between two scenes played was never open in the room and is left out.
    """
    panel = Facts()
    for scenes in told:
        panel = _opened(panel, scenes)
    return panel


def _opened(panel: Facts, scenes: Sequence[Scene]) -> Facts:
    """The panel when `scenes` are added to it."""
    new = tuple(known for scene in scenes for known in scene.known)
    settles = {known.answers: known for known in reversed(new) if known.answers}
    raised = (unknown for scene in scenes for unknown in scene.unknown)
    before = tuple(Answer(answer.unknown, answer.known, False) for answer in panel.answered)
    return Facts(
        new_known=new,
        earlier_known=panel.earlier_known + panel.new_known,
        new_unknown=tuple(unknown for unknown in raised if unknown.id not in settles),
        earlier_unknown=tuple(u for u in _open(panel) if u.id not in settles),
        answered=before + tuple(Answer(u, settles[u.id], True) for u in _open(panel) if u.id in settles),
    )


def _open(panel: Facts) -> tuple[Unknown, ...]:
    """What is open, in the order it was raised."""
    return panel.earlier_unknown + panel.new_unknown
