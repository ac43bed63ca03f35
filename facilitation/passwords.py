"""The organisers' password: what may be one, its hash, and whether a typed one fits. At Argon2's own pace, and at most
two at a time: each takes 64 MB, and a crowd of them must not stop the room."""

import secrets
from threading import BoundedSemaphore
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from facilitation import code as codes
from facilitation.access import Refused

LEAST, MOST = 12, 200
"""Characters of a password that somebody chooses; the random one has more."""

GUESSES = 10**9
"""A password is refused that would be found in fewer tries by somebody who knows the commonest ones, words, names,
dates and keyboards. No rule about which characters it has: those make people write `Password1!`."""

OF_THE_HOUSE = (
    *("保健所", "事例検討会", "会議", "依存症", "主催者", "パスワード"),
    *("hokenjo", "jirei", "kentokai", "kaigi", "izonsho", "facilitation", "conference"),
)
"""Words that somebody who guesses would try here first."""

_AT_ONCE = BoundedSemaphore(2)

_READ = 72
"""Characters that are looked at for that: what is longer is safe by its length, and takes long to look at."""


def random_password() -> str:
    """`XN9-P7T-4KD-W3Y`: as hard to guess as a key of 55 bit, and readable aloud."""
    return "-".join(codes.shown(codes.new_code()) for _ in range(2))


def random_secret() -> str:
    """What signs cookies: 256 bit."""
    return secrets.token_urlsafe(32)


def hashed(password: str) -> str:
    """Its Argon2 hash; the only form in which it is kept."""
    with _AT_ONCE:
        return PasswordHasher().hash(password.strip())


def fits(password: str, kept: str) -> bool:
    """Whether `password` is the one that was hashed."""
    if len(password) > MOST:
        return False
    with _AT_ONCE:
        try:
            return PasswordHasher().verify(kept, password.strip())
        except (VerificationError, InvalidHashError):
            return False


def acceptable(password: str, again: str) -> str:
    """A new password that was typed twice; refused where it is too short, too common or typed differently."""
    chosen = password.strip()
    if not LEAST <= len(chosen) <= MOST:
        raise Refused("new_password.length", least=LEAST, most=MOST)
    if _common(chosen):
        raise Refused("new_password.common")
    if chosen != again.strip():
        raise Refused("new_password.again")
    return chosen


def _common(chosen: str) -> bool:
    read = normalize("NFKC", chosen)[:_READ]
    return bool(zxcvbn(read, user_inputs=OF_THE_HOUSE, max_length=_READ)["guesses"] < GUESSES)
