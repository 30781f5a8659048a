"""Ages read from the words of a paper or a protocol: from and to, in years. What is not plain is not guessed."""

from __future__ import annotations

import re

_NUMBER = r"(\d{1,2}(?:\.\d+)?)"
_UNIT = r"\s*(years?|yrs?|months?|mths?)?(?:\s*olds?)?"
_RANGE = re.compile(rf"{_NUMBER}{_UNIT}\s*(?:to|and|-|–|−|until)\s*{_NUMBER}{_UNIT}", re.IGNORECASE)
_UNDER = re.compile(rf"\b(?:under|below|younger than)\s+{_NUMBER}{_UNIT}", re.IGNORECASE)
_OLDEST = 25.0


def ages_in(text: str) -> tuple[float, float] | None:
    """The one range of ages that a text gives ("aged 3 to 8", "6-36 months"), in years; None where there is none, where
    there are several different ones, or where it is no range of children's ages.
    """
    found = set()
    for low, low_unit, high, high_unit in _RANGE.findall(text):
        last = high_unit or low_unit
        ages = _years(low, low_unit or last), _years(high, last)
        if ages[0] <= ages[1] <= _OLDEST:
            found.add(ages)
    if not found:
        found = {
            (0.0, _years(age, unit)) for age, unit in _UNDER.findall(text) if _years(age, unit) <= _OLDEST
        }
    return found.pop() if len(found) == 1 else None


def _years(number: str, unit: str) -> float:
    return float(number) / 12 if unit.lower().startswith("m") else float(number)
