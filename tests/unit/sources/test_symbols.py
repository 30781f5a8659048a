import pytest

from wherewithal.sources.symbols import EXPLORE_EDUCATION, LAIT, read_number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12.5", (12.5, "")),
        (" -3 ", (-3.0, "")),
        ("1,234,567", (1234567.0, "")),
        ("", (None, "")),
        ("c", (None, "Suppressed, so that nobody can be recognised")),
        ("[c]", (None, "Suppressed, so that nobody can be recognised")),
        ("low", (None, "Rounds to nought, but is not nought")),
        ("12,5", None),
        ("nan", None),
        ("inf", None),
        ("about 5", None),
    ],
)
def test_a_cell_is_a_number_a_mark_or_neither(text, expected):
    assert read_number(text, EXPLORE_EDUCATION) == expected


def test_the_marks_of_one_publisher_are_not_those_of_another():
    assert read_number("-", EXPLORE_EDUCATION) is None
    assert read_number("-", LAIT) == (None, LAIT["-"])
