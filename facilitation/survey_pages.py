"""A form as pages of a phone: what stands together, how long it takes and how many taps. Paper has the same order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from facilitation.survey_items import Item, options

MOST_ON_A_PAGE = {"likert5": 5, "single": 2, "multi": 2, "text": 3}
SECONDS = {"likert5": 6, "single": 6, "multi": 9}
SECONDS_A_ROW, SECONDS_A_PAGE, SECONDS_BEFORE = 4, 2, 20
"""What reading and tapping takes, by our own count on a phone; free texts are optional and not counted."""

COLUMNS = 3
"""Columns of ticks that fit beside an agency type on a phone."""

LAST = ("T5", "T2")
"""Consent and the step for tomorrow close a form, together."""


@dataclass(frozen=True, slots=True)
class Page:
    """Items that stand together: `kind` is `questions` or `grid` (its items are the columns of one table)."""

    kind: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Effort:
    """What a form asks of a hand: taps at least and at most (free texts left out), minutes rounded up."""

    least: int
    most: int
    minutes: int


def pages(items: Sequence[Item]) -> tuple[Page, ...]:
    """The items in their order, cut where the kind of question changes and into pages of about one screen. Grids over
    the same rows are one table."""
    last = tuple(item for item in items if item.id in LAST)
    found: list[Page] = []
    for kind, run in groupby((item for item in items if item not in last), key=_kind):
        together = tuple(run)
        if kind[0] == "grid_binary":
            found += [Page("grid", together[at : at + COLUMNS]) for at in range(0, len(together), COLUMNS)]
        else:
            found += [Page("questions", part) for part in _parts(together, MOST_ON_A_PAGE[together[0].type])]
    return (*found, Page("questions", last)) if last else tuple(found)


def _kind(item: Item) -> tuple[str, str]:
    """What may stand on one page: choices together, grids by their rows."""
    if item.type == "grid_binary":
        return item.type, item.options_from or item.id
    return ("choice" if item.type in ("single", "multi") else item.type), ""


def _parts(items: Sequence[Item], most: int) -> Iterable[tuple[Item, ...]]:
    """`items` in as few parts as fit, of about one size."""
    count = -(-len(items) // most)
    size, more = divmod(len(items), count)
    at = 0
    for n in range(count):
        until = at + size + (n < more)
        yield tuple(items[at:until])
        at = until


def effort(items: Sequence[Item], present: Sequence[str]) -> Effort:
    """Taps and minutes of a form where the agency types `present` take part: begin, one "next" a page, send."""
    drawn = pages(items)
    least = most = 1 + len(drawn)
    seconds = SECONDS_BEFORE + SECONDS_A_PAGE * len(drawn)
    for item in items:
        seconds += SECONDS.get(item.type, 0)
        match item.type:
            case "likert5" | "single":
                least, most = least + 1, most + 1
            case "multi":
                least, most = least + 1, most + len(options(item, present))
            case "grid_binary":
                most += len(options(item, present))
    rows = {len(options(page.items[0], present)) for page in drawn if page.kind == "grid"}
    return Effort(least, most, -(-(seconds + SECONDS_A_ROW * sum(rows)) // 60))
