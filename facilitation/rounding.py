"""Numbers as people read them: rounded once, where they are shown, and a half goes up."""

from decimal import ROUND_HALF_UP, Decimal


def rounded(value: float, places: int) -> str:
    """A number with so many decimal places."""
    return str(Decimal(repr(round(value, 9))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def percent(share: float | None) -> str:
    """A share (0-1) in whole per cent; a dash where nothing may be shown."""
    return "–" if share is None else f"{rounded(share * 100, 0)}%"
