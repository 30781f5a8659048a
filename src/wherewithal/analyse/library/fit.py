"""Would it fit? The ages a case speaks of, against the ages of those who took part in the studies."""

from __future__ import annotations

import re

from wherewithal.analyse.library.ages import Ages, ages_in_words, overlap, read_ages

_NAMED = re.compile(r"\bage[sd]?\s+(\d{1,2})\s*(?:to|-|–)\s*(\d{1,2})\b", re.IGNORECASE)


def ages_named_in(text: str) -> Ages | None:
    """The first age range a person named in words ("families of children aged 3 to 8"), or None."""
    match = _NAMED.search(text)
    if not match:
        return None
    low, high = float(match[1]), float(match[2])
    return (low, high) if low <= high else None


def compare_ages(wanted: Ages, evaluated: str) -> str:
    """How the ages a case is about lie to the ages evaluated, in words; "" where those are not a plain range."""
    tested = read_ages(evaluated)
    if tested is None:
        return ""
    span = f"ages {_age(wanted[0])} to {_age(wanted[1])}"
    there = ages_in_words(evaluated)
    if not overlap(wanted, tested):
        which = "younger" if wanted[1] < tested[0] else "older"
        return f"All of your {span} are {which} than any evaluated ({there})."
    outside = []
    if wanted[0] < tested[0]:
        outside.append(f"below {_age(tested[0])} are younger")
    if wanted[1] > tested[1]:
        outside.append(f"above {_age(tested[1])} are older")
    if not outside:
        return f"Your {span} lie within the ages evaluated ({there})."
    return f"Of your {span}, those {' and those '.join(outside)} than any evaluated ({there})."


def _age(years: float) -> str:
    return f"{years:g}"
