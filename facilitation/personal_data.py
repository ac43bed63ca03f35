"""Hints that a text may name a real person (domain C17): a hint, never a guarantee and never a block.

`hits` finds what looks like personal data. Width and form of the signs make no difference (０６ is 06, ﾔﾏﾀﾞ is ヤマダ);
the positions are those of the text as it was typed.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from facilitation import personal_extra, personal_names, personal_numbers, personal_places
from facilitation.typed import placed

KINDS = ("name", "phone", "email", "postal", "address", "birth", "idno", "facility")

_FINDERS = (personal_numbers.spans, personal_places.spans, personal_names.spans)
"""The surest first: of two findings in one place the first one stays."""

LONGEST = 4_000
"""A text is looked through in pieces of this length, so that a very long line costs its length and no more."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that may be personal data: `words` stand at `start:end` of the text."""

    kind: str
    words: str
    start: int
    end: int


def hits(text: str, allowed: Collection[str] = frozenset(), *, extra: bool = True) -> tuple[Hit, ...]:
    """What may be personal data in `text`, in its order and without overlaps.

    `allowed` are words of the fictional case itself (`fiction`): they are nobody's. `extra` False: the rules alone,
    also where the optional libraries are installed.
    """
    return tuple(hit for piece, at in _pieces(text) for hit in _hits(piece, at, allowed, extra))


def counts(texts: Iterable[str], allowed: Collection[str] = frozenset()) -> Mapping[str, int]:
    """Kind -> how many, over several texts: all that a log may keep of it."""
    found = Counter(hit.kind for text in texts for hit in hits(text, allowed))
    return {kind: found[kind] for kind in KINDS if found[kind]}


def fiction(texts: Iterable[str]) -> frozenset[str]:
    """The words a fictional case uses for its people and places: what looks like personal data in its own texts."""
    return frozenset(_bare(hit.words) for text in texts for hit in hits(text))


def _hits(text: str, at: int, allowed: Collection[str], extra: bool) -> Iterator[Hit]:
    folded, places = placed(text)
    taken: list[tuple[int, int, str]] = []
    for spans in (*_FINDERS, personal_extra.spans) if extra else _FINDERS:
        for kind, start, end in spans(folded):
            if all(end <= begun or ended <= start for begun, ended, _ in taken):
                taken.append((start, end, kind))
    for start, end, kind in sorted(taken):
        if _bare(folded[start:end]) not in allowed:
            first, last = places[start], places[end]
            yield Hit(kind, text[first:last], at + first, at + last)


def _bare(words: str) -> str:
    """Words as they are compared: without the title behind a name."""
    folded = placed(words)[0].strip()
    return personal_names.without_title(folded)


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    """The text in pieces, cut at an end of sentence or line where there is one."""
    start = 0
    while len(text) - start > LONGEST:
        cut = max(text.rfind(sign, start, start + LONGEST) for sign in "。\n、 ") + 1
        end = cut if cut > start else start + LONGEST
        yield text[start:end], start
        start = end
    if text[start:]:
        yield text[start:], start
