"""Dates as offices write and type them."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.lib.dates import (
    DateError,
    format_date,
    format_moment,
    format_time,
    long_date,
    parse_date,
    read_date,
)

LATE = datetime(2026, 3, 4, 18, 30, tzinfo=UTC)


def test_a_moment_is_shown_in_vietnams_time() -> None:
    assert format_time(LATE) == "01:30"
    assert format_date(LATE) == "05/03/2026"
    assert format_moment(LATE) == "01:30 05/03/2026"
    assert long_date(LATE) == "ngày 05 tháng 3 năm 2026"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        format_time(LATE.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 3, 5), "ngày 05 tháng 3 năm 2026"),
        (date(2026, 2, 28), "ngày 28 tháng 02 năm 2026"),
        (date(2026, 12, 10), "ngày 10 tháng 12 năm 2026"),
    ],
)
def test_the_long_form(day: date, written: str) -> None:
    assert long_date(day) == written


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_what_is_written_is_read_back(day: date) -> None:
    assert parse_date(format_date(day)) == day
    assert parse_date(format_date(day).replace("/", "")) == day


@pytest.mark.parametrize("text", ["5/3/2026", " 05-03-2026", "5.3.2026", "05032026", "5 3 2026"])
def test_ways_of_typing(text: str) -> None:
    assert parse_date(text) == date(2026, 3, 5)


@pytest.mark.parametrize("text", ["", "31/02/2026", "5/3/26", "2026-03-05", "00/01/2026", "mai", "5/3/0026"])
def test_other_texts_are_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(DateError) as refusal:
        parse_date(text)
    assert "05/03/2026" in refusal.value.sentence


def test_links_and_commands_also_carry_the_other_order() -> None:
    assert read_date("2026-03-05") == read_date("5/3/2026") == date(2026, 3, 5)
    for text in ("2026-02-31", "2026-3-5", "mai"):
        with pytest.raises(DateError):
            read_date(text)


@pytest.mark.parametrize("read", [parse_date, read_date])
def test_a_year_that_no_office_means_is_refused(read: Callable[[str], date]) -> None:
    assert read("31/12/2199") == date(2199, 12, 31) and read("01/01/1900") == date(1900, 1, 1)
    for text in ("31/12/9999", "01/01/2200", "31/12/1899", "01/01/0001"):
        with pytest.raises(DateError, match="1900 đến 2199"):
            read(text)
    with pytest.raises(DateError):
        read_date("9999-12-31")
