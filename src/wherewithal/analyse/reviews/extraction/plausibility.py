"""Numbers that may have been read or printed wrongly: said in words, with what to do. Nothing is ever stopped by it.

Checks of one result (intervals, percentages, totals, ranges, whole-number means), of its direction, and against other
studies that used the same measure. Sources: Cochrane Handbook 6.5, section 5.5.6 and 6.5.2.9 (standard errors taken for
standard deviations); Brown and Heathers, Social Psychological and Personality Science 8 (2017) 363 (whole-number
means); the rest is arithmetic.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from wherewithal.analyse.reviews.extraction.arms_of_means import READERS, means_of
from wherewithal.analyse.reviews.extraction.effect import Effect
from wherewithal.analyse.reviews.extraction.given import Given
from wherewithal.analyse.reviews.extraction.study import Arm, Instrument
from wherewithal.errors import BadInput
from wherewithal.plain_english import number

LARGE = 2.0
"""A standardised difference beyond this is rarer than a standard error taken for a standard deviation."""
APART = 3.0
"""How many times two standard deviations of one measure may differ before somebody should look."""
SURE = 1.96


@dataclass(frozen=True)
class Doubt:
    """One thing to look up again: ``key`` names the check, ``words`` what is odd, ``do`` what to do."""

    key: str
    words: str
    do: str


@dataclass(frozen=True)
class Taken:
    """One result with what is known around it.

    ``arms`` are its two arms, ``effect`` in the outcome's measure where one could be worked out (turned to the
    outcome's direction), ``quotation`` the paper's own words, ``study`` its number.
    """

    given: Given
    instrument: Instrument
    arms: tuple[Arm | None, Arm | None] = (None, None)
    effect: Effect | None = None
    quotation: str = ""
    study: int = 0


def doubts_about(taken: Taken, others: Sequence[Taken] = ()) -> list[Doubt]:
    """What to look up again about one result. ``others`` are the review's other results, this study's among them."""
    found: list[Doubt] = []
    for check in CHECKS:
        found += check(taken)
    for compare in COMPARISONS:
        found += compare(taken, others)
    return found


def _interval(taken: Taken) -> list[Doubt]:
    numbers = taken.given.numbers
    ratio = taken.given.form == "ratio"
    found = []
    for side in ("", "1", "2"):
        value = numbers.get("value" if not side else f"m{side}")
        low, high = numbers.get(f"low{side}"), numbers.get(f"high{side}")
        if value is None or low is None or high is None:
            continue
        where = f" of arm {side}" if side else ""
        if not low <= value <= high:
            found.append(
                Doubt(
                    f"interval-without{side}",
                    f"The interval{where}, {low:g} to {high:g}, does not hold the estimate {value:g}.",
                    "Look for a lost minus sign, or numbers of another row.",
                )
            )
            continue
        if ratio and min(value, low) <= 0:
            continue
        lower, upper = _sides(value, low, high, log=ratio)
        if _lopsided(lower, upper, value, low, high, log=ratio):
            scale = "as a ratio" if ratio else "as a difference"
            found.append(
                Doubt(
                    f"interval-lopsided{side}",
                    f"The estimate {value:g} does not stand in the middle of its interval{where}, {low:g} to {high:g}, "
                    f"{scale}.",
                    "Look for a digit read wrongly, or a number on another scale (a ratio for a difference). An "
                    "interval from resampling can be lopsided: then say so.",
                )
            )
    return found


def _sides(value: float, low: float, high: float, *, log: bool) -> tuple[float, float]:
    if log:
        value, low, high = math.log(value), math.log(low), math.log(high)
    return value - low, high - value


def _lopsided(lower: float, upper: float, value: float, low: float, high: float, *, log: bool) -> bool:
    """Whether the sides differ by more than rounding and a tenth of the interval could explain."""
    half = max(_rounding(x) for x in (value, low, high))
    slack = 2 * half * (1 / min(value, low) if log else 1)
    return abs(upper - lower) > 0.1 * (lower + upper) + 2 * slack


def _rounding(value: float) -> float:
    """Half a unit of the last digit given."""
    return 0.5 * math.pow(10, -_places(value))


def _places(value: float) -> int:
    digits = repr(float(value))
    if "e" in digits or digits.endswith(".0"):
        return 0
    return len(digits.split(".")[1])


def _shares(taken: Taken) -> list[Doubt]:
    over = [value for key, value in taken.given.numbers.items() if key.startswith("percent") and value > 100]
    return [
        Doubt(
            "percent-over",
            f"{value:g} per cent of people is more than all of them.",
            "Look for a lost decimal point, or a count in the place of a percentage.",
        )
        for value in over[:1]
    ]


def _totals(taken: Taken) -> list[Doubt]:
    numbers = taken.given.numbers
    found = []
    for side, arm in zip(("1", "2"), taken.arms, strict=True):
        people, events = numbers.get(f"n{side}"), numbers.get(f"events{side}")
        if people is not None and events is not None and events > people:
            found.append(
                Doubt(
                    f"events-over{side}",
                    f"Arm {side} has {events:g} people with the event and only {people:g} people.",
                    "Look for swapped columns, or events counted more than once for a person: those are rates.",
                )
            )
        if people is not None and arm is not None and arm.people and people > arm.people:
            found.append(
                Doubt(
                    f"people-over{side}",
                    f"{people:g} people were measured in {arm.name}, and {arm.people} were allocated to it.",
                    "Look whether numbers of two arms were added up, or rows of one person counted twice.",
                )
            )
    return found


def _range(taken: Taken) -> list[Doubt]:
    scale = taken.instrument
    found = []
    for key, value in taken.given.numbers.items():
        if key[:-1] not in {"m", "median", "before", "after", "least", "most", "q1", "q3"}:
            continue
        low = scale.lowest is not None and value < scale.lowest
        high = scale.highest is not None and value > scale.highest
        if low or high:
            found.append(
                Doubt(
                    f"outside-range-{key}",
                    f"{value:g} is outside what {scale.name} can give ({_ends(scale)}).",
                    "Look for another unit or another version of the measure, such as an average of items instead of "
                    "their sum.",
                )
            )
    if scale.lowest is not None and scale.highest is not None:
        most = (scale.highest - scale.lowest) / 2
        for key, value in taken.given.numbers.items():
            n = taken.given.numbers.get(f"n{key[-1]}", 2.0)
            if (
                key[:-1] in {"sd", "sdbefore", "sdafter"}
                and value > most * math.sqrt(n / max(n - 1, 1)) + 1e-9
            ):
                found.append(
                    Doubt(
                        f"spread-over-{key}",
                        f"No scores between {_ends(scale)} can have a standard deviation of {value:g}.",
                        "Look whether it is a variance, or a number of another measure.",
                    )
                )
    return found


def _ends(scale: Instrument) -> str:
    if scale.lowest is not None and scale.highest is not None:
        return f"{scale.lowest:g} to {scale.highest:g}"
    return f"{scale.lowest:g} or more" if scale.lowest is not None else f"{scale.highest:g} or less"


def _whole_items(taken: Taken) -> list[Doubt]:
    """The GRIM test: whether any whole numbers could have the mean that is given (Brown and Heathers 2017)."""
    items = taken.instrument.items
    found = []
    for side in ("1", "2"):
        n, mean = taken.given.numbers.get(f"n{side}"), taken.given.numbers.get(f"m{side}")
        if not items or n is None or mean is None or n != int(n):
            continue
        if not whole_numbers_could(mean, int(n), items, _places(mean)):
            found.append(
                Doubt(
                    f"no-such-mean{side}",
                    f"No {int(n)} people can have a mean of {mean:g} on {items} whole-number items.",
                    "Look whether the mean or the number of people belongs to another row, or people were left out.",
                )
            )
    return found


def whole_numbers_could(mean: float, people: int, items: int, places: int) -> bool:
    """Whether a mean printed with ``places`` decimals fits ``people`` answering ``items`` whole-number items.

    Brown and Heathers (2017). Always true where there are more possible means than decimals can tell apart.
    """
    cells = people * items
    if cells >= 10**places:
        return True
    half = 0.5 * 10**-places + 1e-9
    near = mean * cells
    return any(abs(total / cells - mean) <= half for total in (math.floor(near), math.ceil(near)))


def _too_large(taken: Taken) -> list[Doubt]:
    effect = taken.effect
    if effect is None or effect.measure != "SMD" or abs(effect.value) <= LARGE:
        return []
    return [
        Doubt(
            "very-large",
            f"The arms stand {abs(effect.value):.1f} standard deviations apart, more than almost any programme brings "
            "about.",
            "Look whether the standard deviations are standard errors (divided by the square root of the people).",
        )
    ]


_LESS = re.compile(r"\b(lower|fewer|less|reduc\w+|decreas\w+|declin\w+|decline[sd]?)\b", re.IGNORECASE)
_MORE = re.compile(r"\b(higher|greater|more|increas\w+|gain\w*|rose)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(no|not|non|neither|nor|control\w*|comparison|waiting|usual)\b", re.IGNORECASE)


def _paper_says(taken: Taken) -> list[Doubt]:
    """The quotation says that the first arm has less, and the numbers say more; or the other way round."""
    effect, words = taken.effect, taken.quotation
    if effect is None or not words or _NOT.search(words):
        return []
    less, more = bool(_LESS.search(words)), bool(_MORE.search(words))
    raw = -effect.value if taken.instrument.turned else effect.value
    if less == more or abs(effect.value) < effect.se or (raw < 0) == less:
        return []
    said = (_LESS if less else _MORE).search(words)
    return [
        Doubt(
            "words-say-otherwise",
            f"The quotation says “{said.group(0) if said else ''}”, and the numbers show arm 1 "
            f"{'above' if raw > 0 else 'below'} arm 2.",
            "Look whether the arms are swapped, or whether a high score means the opposite of what the measure says.",
        )
    ]


def _spread_of(taken: Taken) -> list[tuple[float, float]]:
    """People and standard deviation of each arm; nothing where the form has none."""
    if taken.given.form not in READERS or taken.given.missing:
        return []
    try:
        means = means_of(taken.given)
    except BadInput:
        return []
    return list(zip(means.n, means.sd, strict=True))


def _beside(taken: Taken, others: Sequence[Taken]) -> list[Taken]:
    return [other for other in others if other.instrument.key == taken.instrument.key and other is not taken]


def _between_arms(taken: Taken, others: Sequence[Taken]) -> list[Doubt]:
    spread = _spread_of(taken)
    if len(spread) != 2:
        return []
    small, large = sorted(sd for _n, sd in spread)
    if large <= APART * small:
        return []
    return [
        Doubt(
            "arms-spread",
            f"The standard deviations of the two arms differ {large / small:.0f} times ({small:.3g} and {large:.3g}).",
            "Look whether one of them is a standard error.",
        )
    ]


def _between_studies(taken: Taken, others: Sequence[Taken]) -> list[Doubt]:
    """A standard deviation far below other studies' that fits them once it is taken for a standard error."""
    spread = _spread_of(taken)
    usual = [sd for other in _beside(taken, others) for _n, sd in _spread_of(other)]
    if not spread or len(usual) < 2:
        return []
    middle = median(usual)
    found = []
    for side, (n, sd) in enumerate(spread, start=1):
        as_error = sd * math.sqrt(n)
        if sd * APART < middle and abs(math.log(as_error / middle)) < abs(math.log(sd / middle)):
            found.append(
                Doubt(
                    f"sd-is-se{side}",
                    f"The standard deviation of arm {side}, {sd:.3g}, is far below that of other studies with the same "
                    f"measure (about {middle:.3g}). Taken for a standard error it would give {as_error:.3g}.",
                    "Look whether the table gives standard errors; then choose the form “Means and standard errors”.",
                )
            )
        elif taken.given.form == "means-se" and sd > APART * middle:
            found.append(
                Doubt(
                    f"se-is-sd{side}",
                    f"The standard error of arm {side} gives a standard deviation of {sd:.3g}, far above that of other "
                    f"studies with the same measure (about {middle:.3g}).",
                    "Look whether the table gives standard deviations already.",
                )
            )
    return found


def _means_of(taken: Taken) -> list[float]:
    keys = ("m", "median", "after")
    return [value for key, value in taken.given.numbers.items() if key[:-1] in keys and key[-1] in "12"]


def _units(taken: Taken, others: Sequence[Taken]) -> list[Doubt]:
    own = [abs(value) for value in _means_of(taken)]
    usual = [abs(value) for other in _beside(taken, others) for value in _means_of(other)]
    if not own or len(usual) < 2 or not median(own) or not median(usual):
        return []
    times = median(own) / median(usual)
    if 1 / 8 < times < 8:
        return []
    return [
        Doubt(
            "units",
            f"Its means (about {median(own):.3g}) are of another size than other studies’ with the same measure (about "
            f"{median(usual):.3g}).",
            "Look for another unit (months and years, an average and a sum), or make it a measure of its own.",
        )
    ]


def _against_its_own_study(taken: Taken, others: Sequence[Taken]) -> list[Doubt]:
    """Every other sure effect of the study points the other way."""
    effect = taken.effect
    if effect is None or abs(effect.value) < SURE * effect.se:
        return []
    mine = [
        other.effect
        for other in others
        if other is not taken
        and other.study == taken.study
        and other.instrument.outcome == taken.instrument.outcome
        and other.effect is not None
        and other.effect.measure == effect.measure
        and abs(other.effect.value) >= SURE * other.effect.se
    ]
    if len(mine) < 1 or any((each.value > 0) == (effect.value > 0) for each in mine):
        return []
    return [
        Doubt(
            "against-the-others",
            f"It points the other way from {number(len(mine))} other sure "
            f"{'result' if len(mine) == 1 else 'results'} of this study for the same outcome.",
            "Look whether a high score means less of the outcome on this measure, and say so in the measure.",
        )
    ]


CHECKS: tuple[Callable[[Taken], list[Doubt]], ...] = (
    _interval,
    _shares,
    _totals,
    _range,
    _whole_items,
    _too_large,
    _paper_says,
)
COMPARISONS: tuple[Callable[[Taken, Sequence[Taken]], list[Doubt]], ...] = (
    _between_arms,
    _between_studies,
    _units,
    _against_its_own_study,
)
