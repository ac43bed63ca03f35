"""What people typed: cleaned before it is written, folded before it is searched."""

import re
import unicodedata
from collections.abc import Iterator

_LINE_END = re.compile("\r\n?")
_NEVER_STORED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def clean(text: str) -> str:
    """`text` as typed, without what no person types and some database or export refuses.

    Dropped: NUL, the other controls of C0 and C1 and DEL (except tab and newline), lone surrogates. Line ends of any
    system become a newline. Emoji, right-to-left and zero-width characters and half or full width stay as they are.
    """
    return _NEVER_STORED.sub("", _LINE_END.sub("\n", text))


def sayable(text: str) -> str:
    """`text` with a question mark for each lone surrogate: what can be sent to anybody."""
    return text.encode("utf-8", "replace").decode("utf-8")


def nfkc(text: str) -> str:
    """`text` folded for search and comparison, never for storing: ｱﾙｺｰﾙ finds アルコール, ＯＡＣ finds oac."""
    return unicodedata.normalize("NFKC", text).casefold()


def placed(text: str) -> tuple[str, list[int]]:
    """`text` in NFKC without invisible signs, and for each sign of that (and for its end) where it stands in `text`."""
    folded: list[str] = []
    places: list[int] = []
    for start, group in _groups(text):
        shown = "".join(sign for sign in unicodedata.normalize("NFKC", group) if unicodedata.category(sign) != "Cf")
        folded.append(shown)
        places += [start] * len(shown)
    return "".join(folded), [*places, len(text)]


_VOICED = "\u3099\u309a\uff9e\uff9f"


def _groups(text: str) -> Iterator[tuple[int, str]]:
    """Each sign with the voice marks that belong to it, and where it begins."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or text[at] not in _VOICED:
            yield start, text[start:at]
            start = at
