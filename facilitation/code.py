"""Join codes: six letters that cannot be mistaken for each other, written XN9-P7T."""

import secrets
import unicodedata

LETTERS = "346789ACDEFGHJKMNPQRTWXY"
LENGTH = 6
LONG_VOWEL = "ー"
"""What the dash key gives under a Japanese input method; to Unicode it is a letter."""


def new_code() -> str:
    """A fresh code (24^6, about 191 million); whoever opens a conference makes sure it is not in use."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def shown(code: str) -> str:
    """`XN9P7T` as it is written on a wall: `XN9-P7T`."""
    return f"{code[:3]}-{code[3:]}"


def read_code(text: str) -> str | None:
    """What somebody typed, as a code: full width, small letters, spaces and any dash are read; None if it is none."""
    folded = unicodedata.normalize("NFKC", text).upper()
    letters = "".join(letter for letter in folded if letter.isalnum() and letter != LONG_VOWEL)
    good = len(letters) == LENGTH and all(letter in LETTERS for letter in letters)
    return letters if good else None
