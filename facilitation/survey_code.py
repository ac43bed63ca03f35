"""The four letters that join a person's answers before and after: on a card in the hand, never beside a name.

23 letters (domain §6.1), 23^4 = 279,841 codes. Digits and the letters I, L and O are left out of them; what people
write in their place is read where only one letter can have been meant.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass

from facilitation.code import letters

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 4

LOOK_ALIKES = {"8": "B", "5": "S", "2": "Z", "0": "Q", "O": "Q", "6": "G", "4": "A"}
"""What is written or read by mistake -> the one letter of ours that looks like it. 1, 7, I and L could be several."""


@dataclass(frozen=True, slots=True)
class ReadCode:
    """What somebody typed: its `code`, or "" and what is wrong: a text key under `code` and what fills it."""

    code: str = ""
    wrong: str = ""
    found: str = ""


def new_codes(number: int, used: Collection[str] = ()) -> tuple[str, ...]:
    """`number` fresh codes, none of them in `used`, in an order that says nothing. ValueError where the letters do not
    suffice."""
    if number > len(LETTERS) ** LENGTH - len(set(used)):
        raise ValueError("more codes than there are")
    drawn: dict[str, None] = {}
    while len(drawn) < number:
        code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        if code not in used:
            drawn[code] = None
    return tuple(drawn)


def shown(code: str) -> str:
    """`ABCD` as it is written on a card: `AB-CD`."""
    return f"{code[:2]}-{code[2:]}"


def read_code(text: str) -> ReadCode:
    """What somebody typed. Width, case, spaces and dashes make no difference; a look-alike is read as the letter it
    stands for, any other sign is named."""
    typed = letters(text)
    strange = "".join(dict.fromkeys(sign for sign in typed if sign not in LETTERS and sign not in LOOK_ALIKES))
    if not typed:
        return ReadCode(wrong="empty")
    if strange:
        return ReadCode(wrong="letters", found=strange[:LENGTH])
    if len(typed) != LENGTH:
        return ReadCode(wrong="length", found=typed[: 2 * LENGTH])
    return ReadCode("".join(LOOK_ALIKES.get(sign, sign) for sign in typed))
