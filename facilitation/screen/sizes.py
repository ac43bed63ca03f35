"""Sizes and moments of files, for people."""

from datetime import datetime

from facilitation.calendar import shown_date


def moment(at: datetime, language: str) -> str:
    """The laptop's own time, to the minute: 令和6年3月1日（金） 14:05."""
    return f"{shown_date(at.date().isoformat(), language)} {at:%H:%M}"


def size(count: int) -> str:
    """Bytes: `48 KB`, `1.2 MB`."""
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(1, round(count / 1000))} KB"
