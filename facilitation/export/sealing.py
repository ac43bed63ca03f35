"""A file under a passphrase: scrypt makes the key, AES-256-GCM hides the content and notices any change to it.

The file begins with a line that says so, then salt (16 bytes), nonce (12 bytes) and the sealed content. The costs
belong to the format's number: a file cannot ask for more than they are. Nobody can open it without the passphrase.
"""

import secrets
import unicodedata

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MARK = b"KAIGI-SEALED-1\n"
SALT, NONCE = 16, 12
LEAST = 8
"""Characters a passphrase needs."""


class WrongPassphrase(Exception):
    """The file does not open with this passphrase, or it was changed since it was sealed."""


def sealed(data: bytes) -> bool:
    """Whether a file needs a passphrase."""
    return data.startswith(MARK)


def seal(content: bytes, passphrase: str) -> bytes:
    """`content` under a passphrase. Raises ValueError where that is shorter than `LEAST`."""
    if len(_typed(passphrase)) < LEAST:
        raise ValueError("passphrase too short")
    salt, nonce = secrets.token_bytes(SALT), secrets.token_bytes(NONCE)
    return MARK + salt + nonce + AESGCM(_key(passphrase, salt)).encrypt(nonce, content, MARK)


def unseal(data: bytes, passphrase: str) -> bytes:
    """The content of a sealed file. Raises `WrongPassphrase`."""
    rest = data[len(MARK) :]
    salt, nonce, content = rest[:SALT], rest[SALT : SALT + NONCE], rest[SALT + NONCE :]
    if len(nonce) < NONCE:
        raise WrongPassphrase
    try:
        return AESGCM(_key(passphrase, salt)).decrypt(nonce, content, MARK)
    except InvalidTag:
        raise WrongPassphrase from None


def _typed(passphrase: str) -> str:
    """Half or full width and spaces around it make no difference: another keyboard may write them otherwise."""
    return unicodedata.normalize("NFKC", passphrase).strip()


def _key(passphrase: str, salt: bytes) -> bytes:
    """64 MB and a tenth of a second for each guess."""
    return Scrypt(salt=salt, length=32, n=2**16, r=8, p=1).derive(_typed(passphrase).encode())
