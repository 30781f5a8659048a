import pytest

from wherewithal.sources.periods import read_period


@pytest.mark.parametrize(
    ("text", "label", "order", "years"),
    [
        ("2025", "2025", 20250000, 1),
        ("202425", "2024/25", 20240000, 1),
        ("199900", "1999/00", 19990000, 1),
        ("2024/25", "2024/25", 20240000, 1),
        ("2024/2025", "2024/2025", 20240000, 1),
        ("2014-16", "2014-16", 20140000, 3),
        ("2013/14-15/16", "2013/14-15/16", 20130000, 3),
        ("2016-17 (OT)", "2016-17 (OT)", 20160000, 1),
        ("2025 (prov)", "2025 (prov)", 20250000, 1),
    ],
)
def test_years_as_publishers_write_them(text, label, order, years):
    period = read_period(text)
    assert (period.label, period.order, period.years) == (label, order, years)
    assert period.range == f"{years}y"


@pytest.mark.parametrize(
    "text", ["", "0", "202427", "2024 Q1", "Autumn 2024", "25", "1066", "2024/2055", "2025-24"]
)
def test_what_is_no_year_is_none(text):
    assert read_period(text) is None
