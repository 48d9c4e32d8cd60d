"""Days in words, in the languages papers are written in."""

from datetime import date

import pytest

from mekhala.core.calendar.in_words import day_in_words, in_digits_of


@pytest.mark.parametrize(("language", "said"), [
    ("en", "9 March 2026"),
    ("km", "ថ្ងៃទី ៩ ខែមីនា ឆ្នាំ ២០២៦"),
    ("th", "๙ มีนาคม พ.ศ. ๒๕๖๙ (ค.ศ. ๒๐๒๖)"),
    ("vi", "ngày 9 tháng 3 năm 2026"),
])  # fmt: skip
def test_a_day_is_said_as_the_language_says_it(language, said):
    assert day_in_words(date(2026, 3, 9), language) == said


@pytest.mark.parametrize("language", ["en", "km", "th", "vi"])
def test_no_two_months_are_said_alike(language):
    said = {day_in_words(date(2026, month, 1), language) for month in range(1, 13)}
    assert len(said) == 12


def test_a_language_without_digits_of_its_own_keeps_the_common_ones():
    assert in_digits_of("vi", "2026") == "2026"
