"""Join codes: six letters that cannot be mistaken for each other, written XN9-P7T."""

import secrets
import unicodedata
from hashlib import sha256

LETTERS = "346789ACDEFGHJKMNPQRTWXY"
LENGTH = 6
LONG = 12
"""Letters of a code that opens controls: as hard to guess as 55 bit, still typed in a moment."""

LONG_VOWEL = "ー"
"""What the dash key gives under a Japanese input method; to Unicode it is a letter."""


def new_code() -> str:
    """A fresh code (24^6, about 191 million); whoever opens a conference makes sure it is not in use."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def shown(code: str) -> str:
    """`XN9P7T` as it is written on a wall: `XN9-P7T`; longer ones in threes as well."""
    return "-".join(code[at : at + 3] for at in range(0, len(code), 3))


def long_code(key: str) -> str:
    """The typed form of a key that a QR carries: always the same twelve letters, from which the key cannot be told."""
    rest = int.from_bytes(sha256(f"long code {key}".encode()).digest(), "big")
    found = ""
    for _ in range(LONG):
        rest, at = divmod(rest, len(LETTERS))
        found += LETTERS[at]
    return found


def letters(text: str) -> str:
    """Letters and digits of what somebody typed, upper case, full width folded; spaces and any dash fall away, also
    the long vowel sign that a Japanese keyboard gives for one."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return "".join(sign for sign in folded if sign.isalnum() and sign != LONG_VOWEL)


def read_code(text: str, length: int = LENGTH) -> str | None:
    """What somebody typed, as a code; None if it is none."""
    code = letters(text)
    good = len(code) == length and all(letter in LETTERS for letter in code)
    return code if good else None
