"""Accounts of a house's own sign-in (OpenID Connect): whose account makes an organiser."""

from collections.abc import Mapping
from typing import Any


def listed(claims: Mapping[str, Any], rules: Mapping[str, Any]) -> bool:
    """Whether the provider's `claims` name somebody on the house's list.

    `rules`: `emails`, which count only where the provider says it has verified the address; or `claim` and `values`,
    one of which the claim must hold (a group, a role, a subject). No rule lets nobody in.
    """
    return _by_email(claims, rules) or _by_claim(claims, rules)


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
