"""Dates as officials write them: eras change on a day, and the fiscal year begins in April."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitation.calendar import fiscal_year, shown_date, written


@pytest.mark.parametrize(
    ("iso", "shown"),
    [
        ("2024-03-01", "令和6年3月1日（金）"),
        ("2019-05-01", "令和元年5月1日（水）"),
        ("2019-04-30", "平成31年4月30日（火）"),
        ("1989-01-08", "平成元年1月8日（日）"),
        ("1989-01-07", "昭和64年1月7日（土）"),
        ("1926-12-25", "昭和元年12月25日（土）"),
        ("2020-01-01", "令和2年1月1日（水）"),
        ("2024-02-29", "令和6年2月29日（木）"),
    ],
)
def test_a_date_is_written_in_its_era(iso, shown):
    assert shown_date(iso, "ja") == shown


@pytest.mark.parametrize("iso", ["1926-12-24", "", "2023-02-29", "来週", "<b>"])
def test_what_has_no_era_or_is_no_date_stays_as_it_is(iso):
    assert shown_date(iso, "ja") == iso


@given(st.dates())
def test_english_and_files_keep_the_iso_date(day):
    assert shown_date(day.isoformat(), "en") == day.isoformat()


@given(st.dates(min_value=date(1926, 12, 25)))
def test_no_two_days_are_written_the_same(day):
    before = day - timedelta(days=1)
    assert shown_date(day.isoformat(), "ja") != shown_date(before.isoformat(), "ja")
    assert shown_date(day.isoformat(), "ja").startswith(("令和", "平成", "昭和"))


def test_a_fiscal_year_begins_in_april():
    days = (date(2024, 3, 1), date(2024, 3, 31), date(2024, 4, 1), date(2024, 12, 31))
    assert [fiscal_year(day) for day in days] == [2023, 2023, 2024, 2024]


def test_a_moment_is_kept_in_utc_to_the_millisecond():
    japan = timezone(timedelta(hours=9))
    assert written(datetime(2024, 3, 1, 14, 0, 0, 123456, tzinfo=japan)) == "2024-03-01T05:00:00.123Z"
    assert written(datetime(2024, 3, 1, 5, tzinfo=UTC)) == "2024-03-01T05:00:00.000Z"
