"""What people typed: cleaned before it is written, folded before it is searched."""

import re
import unicodedata

_LINE_END = re.compile("\r\n?")
_NEVER_STORED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def clean(text: str) -> str:
    """`text` as typed, without what no person types and some database or export refuses.

    Dropped: NUL, the other controls of C0 and C1 and DEL (except tab and newline), lone surrogates. Line ends of any
    system become a newline. Emoji, right-to-left and zero-width characters and half or full width stay as they are.
    """
    return _NEVER_STORED.sub("", _LINE_END.sub("\n", text))


def nfkc(text: str) -> str:
    """`text` folded for search and comparison, never for storing: ｱﾙｺｰﾙ finds アルコール, ＯＡＣ finds oac."""
    return unicodedata.normalize("NFKC", text).casefold()
