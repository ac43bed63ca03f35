"""The clock of the open step, as the device's own clock wants it."""

from facilitation import agenda
from facilitation.conference import Conference
from facilitation.texts import say


def timer_of(conference: Conference, spent: float, language: str) -> dict[str, object]:
    """The open step's clock as the device's own clock wants it (`assets/timer.js`)."""
    people = max((sum(table.values()) for table in conference.people.values()), default=0)
    parts = agenda.parts(conference.here, people, conference.groups)
    return {
        "seconds": conference.timer.seconds,
        "spent": round(spent, 1),
        "running": conference.timer.running,
        "over": say(language, "timer.over"),
        "parts": [[part_name(name, language), seconds] for name, seconds in parts],
    }


def part_name(name: str, language: str) -> str:
    """`read`, `turn:3`, `group:2` … in words."""
    kind, _, n = name.partition(":")
    return say(language, f"part.{kind}", n=n)
