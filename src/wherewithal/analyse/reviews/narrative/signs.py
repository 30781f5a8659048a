"""Which arm a paper's numbers favour, where they are too few for an effect: two means without their spread, a p alone.

Source: Cochrane Handbook 6.5, section 12.2.1.3: a direction can be read where neither a size nor its error can.
"""

from __future__ import annotations

from wherewithal.analyse.reviews.extraction.given import Given

TESTS = frozenset({"t-test", "f-test", "chi-squared", "p-value"})
"""Forms that give a test with its direction, and no size."""
_MIDDLE = {
    "means": "m",
    "means-se": "m",
    "means-ci": "m",
    "quartiles": "median",
    "range": "median",
    "five-numbers": "median",
    "change": "change",
}
_SHARE = {"counts": ("events", "n"), "percentages": ("percent", ""), "rates": ("events", "time")}
_VALUE = {
    "difference": ("value", 0.0),
    "smd": ("value", 0.0),
    "ratio": ("value", 1.0),
    "correlation": ("r", 0.0),
}


def sign_of(given: Given) -> int | None:
    """1 where the first arm has more of what the instrument measures, -1 where the second, 0 where they are alike.

    None where the numbers do not say.
    """
    numbers = given.numbers
    if given.form in TESTS:
        return 1 if given.chosen("favours") == "1" else -1
    if given.form in _VALUE:
        key, nothing = _VALUE[given.form]
        return _sign(numbers[key] - nothing) if key in numbers else None
    arms = [_level(given, arm) for arm in ("1", "2")]
    if arms[0] is None or arms[1] is None:
        return None
    return _sign(arms[0] - arms[1])


def _level(given: Given, arm: str) -> float | None:
    """What one arm comes to: a mean, a median, a change, a share; None where it is not given."""
    numbers = given.numbers
    if given.form == "before-after":
        before, after = numbers.get(f"before{arm}"), numbers.get(f"after{arm}")
        return None if before is None or after is None else after - before
    if given.form in _SHARE:
        top, bottom = _SHARE[given.form]
        events, of = numbers.get(f"{top}{arm}"), numbers.get(f"{bottom}{arm}") if bottom else 1.0
        return None if events is None or not of else events / of
    return numbers.get(f"{_MIDDLE[given.form]}{arm}")


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)
