"""Dates as Japanese officials write them, and ISO in English and in files."""

from datetime import UTC, date, datetime

ERAS = (("令和", date(2019, 5, 1)), ("平成", date(1989, 1, 8)), ("昭和", date(1926, 12, 25)))
DAYS = "月火水木金土日"


def now() -> str:
    """The time for people: UTC, ISO 8601 to the millisecond."""
    return written(datetime.now(UTC))


def written(moment: datetime) -> str:
    """A moment as logs keep it: `2024-03-01T05:00:00.000Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def shown_date(iso: str, language: str) -> str:
    """`2024-03-01` as 令和6年3月1日（金）; unchanged in English or where it is no date."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    era = next(((name, first) for name, first in ERAS if day >= first), None)
    if language != "ja" or era is None:
        return iso
    year = day.year - era[1].year + 1
    return f"{era[0]}{'元' if year == 1 else year}年{day.month}月{day.day}日（{DAYS[day.weekday()]}）"


def fiscal_year(day: date) -> int:
    """The Japanese fiscal year: from April to March (domain §7.0)."""
    return day.year if day.month >= 4 else day.year - 1


def today() -> str:
    """The day by the clock of the place (`2024-03-01`)."""
    return datetime.now().astimezone().date().isoformat()
