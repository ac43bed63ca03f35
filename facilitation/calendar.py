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
    era = _era(day)
    if language != "ja" or era is None:
        return iso
    return f"{era}年{day.month}月{day.day}日（{DAYS[day.weekday()]}）"


def _era(day: date) -> str | None:
    """The era and its year (令和6); None before the eras known here."""
    era = next(((name, first) for name, first in ERAS if day >= first), None)
    year = day.year - era[1].year + 1 if era else 0
    return f"{era[0]}{'元' if year == 1 else year}" if era else None


def shown_fiscal_year(year: int, language: str) -> str:
    """2023 as 令和5年度; a year in which the era changes is called by the newer one."""
    era = _era(date(year, 5, 1))
    return f"{era}年度" if language == "ja" and era else f"FY{year}"


def fiscal_year(day: date) -> int:
    """The Japanese fiscal year: from April to March (domain §7.0)."""
    return day.year if day.month >= 4 else day.year - 1


def today() -> str:
    """The day by the clock of the place (`2024-03-01`)."""
    return datetime.now().astimezone().date().isoformat()
