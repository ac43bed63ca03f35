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


def letters(text: str) -> str:
    """Letters and digits of what somebody typed, upper case, full width folded; spaces and any dash fall away, also
    the long vowel sign that a Japanese keyboard gives for one."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return "".join(sign for sign in folded if sign.isalnum() and sign != LONG_VOWEL)


def read_code(text: str) -> str | None:
    """What somebody typed, as a code; None if it is none."""
    code = letters(text)
    good = len(code) == LENGTH and all(letter in LETTERS for letter in code)
    return code if good else None
