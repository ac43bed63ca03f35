"""What became of what was acknowledged: is it in the store, and once?"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bench.phones import Answered
from bench.room import Sent
from facilitation.store import Store


@dataclass(frozen=True, slots=True)
class Kept:
    """Acknowledged and not there; there more often than once."""

    lost: int = 0
    doubled: int = 0

    def __add__(self, other: "Kept") -> "Kept":
        return Kept(self.lost + other.lost, self.doubled + other.doubled)

    def __str__(self) -> str:
        return f"acknowledged and lost / doubled: {self.lost} / {self.doubled}"

    @property
    def plain(self) -> dict[str, int]:
        """As it stands in a result."""
        return {"lost": self.lost, "doubled": self.doubled}


def kept_cards(store: Store, sent: Mapping[str, Iterable[Sent]]) -> Kept:
    """Of the cards that were sent to each log."""
    found = Kept()
    for log, cards in sent.items():
        written = Counter(entry.body["card"] for entry in store.entries(log) if entry.kind == "card_written")
        found += Kept(sum(not written[card.card] for card in cards), _again(written))
    return found


def kept_answers(store: Store, survey: str, answers: Iterable[Answered]) -> Kept:
    """Of the answers to the survey of that code, one of each phone's own code."""
    log = next(log for log in store.logs("survey") if log.endswith(survey))
    given = Counter(entry.body["code"] for entry in store.entries(log) if entry.kind == "answer_given")
    return Kept(sum(not given[answer.code] for answer in answers), _again(given))


def _again(found: Counter[str]) -> int:
    return found.total() - len(found)
