"""The organisers' password: what may be one, its hash, and whether a typed one fits. At Argon2's own pace, and at most
two at a time: each takes 64 MB, and a crowd of them must not stop the room."""

import secrets
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from facilitation import code as codes
from facilitation.access import Refused

LEAST, MOST = 12, 200
"""Characters of a password that somebody chooses; the random one has more."""

DIFFERENT = 5
"""A password has at least so many different characters."""

_AT_ONCE = BoundedSemaphore(2)


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
    """A new password that was typed twice; refused where it is too short, too simple or typed differently."""
    chosen = password.strip()
    if not LEAST <= len(chosen) <= MOST:
        raise Refused("new_password.length", least=LEAST, most=MOST)
    if len(set(chosen)) < DIFFERENT:
        raise Refused("new_password.simple", least=DIFFERENT)
    if chosen != again.strip():
        raise Refused("new_password.again")
    return chosen
