import pytest

from wherewithal.analyse.needs import Comparison, Polarity, compare

LOW, HIGH = Polarity.LOW_IS_GOOD, Polarity.HIGH_IS_GOOD


@pytest.mark.parametrize(
    ("benchmark", "polarity", "label"),
    [
        (18.9, LOW, "Worse"),
        (18.9, HIGH, "Better"),
        (18.9, Polarity.NO_JUDGEMENT, "Higher"),
        (18.9, Polarity.UNKNOWN, "Higher"),
        (21.1, LOW, "Better"),
        (21.1, HIGH, "Worse"),
        (21.1, Polarity.UNKNOWN, "Lower"),
        (19.0, LOW, "Similar"),
        (21.0, HIGH, "Similar"),
    ],
)
def test_the_interval_is_held_against_englands_value(benchmark, polarity, label):
    assert compare(20.0, 19.0, 21.0, benchmark, polarity) == label


@pytest.mark.parametrize(
    "figures",
    [(None, 19.0, 21.0, 18.0), (20.0, None, 21.0, 18.0), (20.0, 19.0, None, 18.0), (20.0, 19.0, 21.0, None)],
)
def test_what_is_missing_is_not_compared(figures):
    assert compare(*figures, LOW) is Comparison.NOT_COMPARED
