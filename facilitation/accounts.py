"""Accounts of a house's own sign-in (OpenID Connect): whose account makes an organiser, and by which sign-in."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

DAY = 24 * 3600


def listed(claims: Mapping[str, Any], rules: Mapping[str, Any]) -> bool:
    """Whether the provider's `claims` name somebody on the house's list.

    `rules`: `emails`, which count only where the provider says it has verified the address; or `claim` and `values`,
    one of which the claim must hold (a group, a role, a subject). No rule lets nobody in.
    """
    return _by_email(claims, rules) or _by_claim(claims, rules)


def login(claims: Mapping[str, Any], secret: str, now: float) -> str:
    """The number of the sign-in that made these claims; empty where it was more than a day ago, or does not say when.

    It tells one sign-in from another and, without the house's secret, nobody whose it was.
    """
    at = claims.get("iat")
    if not isinstance(at, int | float) or now - at > DAY:
        return ""
    said = [secret, at, *(claims.get(name) for name in ("iss", "sub", "nonce"))]
    return sha256(repr(said).encode()).hexdigest()[:12]


def _by_email(claims: Mapping[str, Any], rules: Mapping[str, Any]) -> bool:
    email = str(claims.get("email") or "").casefold()
    known = {str(each).casefold() for each in _several(rules.get("emails"))}
    return bool(email) and claims.get("email_verified") is True and email in known


def _by_claim(claims: Mapping[str, Any], rules: Mapping[str, Any]) -> bool:
    name = str(rules.get("claim") or "")
    wanted = {str(each) for each in _several(rules.get("values"))}
    return bool(name) and bool(wanted & {str(each) for each in _several(claims.get(name))})


def _several(value: Any) -> list[Any]:
    """A list as it is, one value as a list, nothing as none."""
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list | tuple) else [value]
