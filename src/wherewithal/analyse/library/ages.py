"""Ages as registers write them, read as a range of years where that is safe and left alone where not."""

from __future__ import annotations

import re

Ages = tuple[float, float]
"""Youngest and oldest age in years; the oldest counts to the next birthday, as "3 to 8" includes age 8."""

_NUMBER = r"(\d+(?:\.\d+)?)"
_UNIT = r"\s*(months?|years?)?"
_RANGE = re.compile(rf"{_NUMBER}{_UNIT}\s*(?:-|–|to)\s*{_NUMBER}{_UNIT}(?:\s*\(.*\))?", re.IGNORECASE)
_SINGLE = re.compile(rf"(up to|under|from)?\s*{_NUMBER}{_UNIT}(\s+or (?:younger|under))?", re.IGNORECASE)
_FROM_BIRTH = re.compile(
    rf"(?:prenatal|pregnancy|birth)\s*(?:-|–|to)\s*(?:age\s+)?{_NUMBER}{_UNIT}", re.IGNORECASE
)


def read_ages(text: str) -> Ages | None:
    """The range in ``text`` ("3-6", "18 months-3 years", "pregnancy to age 2", "16 or younger"), or None.

    None means that it is not safely a range of children's ages: it is shown as written and not compared.
    """
    text = text.strip()
    if match := _RANGE.fullmatch(text):
        low, low_unit, high, high_unit = match.groups()
        low_unit = low_unit or high_unit
        return _years(low, low_unit), _years(high, high_unit)
    if match := _FROM_BIRTH.fullmatch(text):
        return 0.0, _years(match[1], match[2])
    if match := _SINGLE.fullmatch(text):
        lead, value, unit, tail = match.groups()
        years = _years(value, unit)
        if tail or (lead and lead.lower() in ("up to", "under")):
            return 0.0, years
        if not lead:
            return years, years
    return None


def _years(value: str, unit: str | None) -> float:
    return float(value) / 12 if unit and unit.lower().startswith("month") else float(value)


def overlap(one: Ages, other: Ages) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def ages_in_words(text: str) -> str:
    """ "3-6" as "3 to 6"; anything that is not a plain range stays as it was written."""
    return re.sub(r"(?<=\d)\s*[-–]\s*(?=\d)", " to ", text.strip())
