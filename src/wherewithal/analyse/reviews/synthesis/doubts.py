"""Numbers that can be, but hardly are: said beside the result, never corrected by themselves.

Three slips of extraction are common enough to look for (Maassen and others, PLoS ONE 15 (2020) e0233107; Kadlec and
others, Sports Medicine 53 (2023) 313): a standard error taken for a standard deviation, a study in another unit, and a
scale that runs the other way. Each is a question to whoever has the paper.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np
import numpy.typing as npt

from wherewithal.analyse.reviews.synthesis.distributions import normal_above
from wherewithal.analyse.reviews.synthesis.pooling import pool
from wherewithal.analyse.reviews.synthesis.studies import Floats, checked, floats

SMALL_SPREAD = 0.4
"""A standard deviation below this share of the others' median is looked at."""
NEAR = 1.8
"""As near as this many times is taken for the same."""
HUGE = 3.0
"""A standardised difference beyond this is hardly ever seen between groups of people."""
UNITS = (7.0, 10.0, 12.0, 52.0, 60.0, 100.0, 1000.0)
FEWEST = 3


@dataclass(frozen=True)
class Doubt:
    """One study, what is odd about it, and what to look up. ``kind`` is spread, unit, size or direction."""

    where: str
    kind: str
    words: str

    def __str__(self) -> str:
        return f"{self.where}: {self.words}"


def doubts_about_groups(
    columns: Mapping[str, npt.ArrayLike],
    *,
    scale: Sequence[str] | None = None,
    labels: Sequence[str] | None = None,
) -> tuple[Doubt, ...]:
    """Doubts about means and standard deviations of two groups (m1i sd1i n1i m2i sd2i n2i), each (k,).

    Studies are compared with others on the same ``scale`` (an instrument's name, one a study); without it, only each
    study with itself: a difference of more than three standard deviations. Fewer than three studies on a scale are
    not compared. Columns that are not there are not looked at.
    """
    given = {name: floats(values) for name, values in columns.items()}
    if not {"sd1i", "n1i"} <= set(given):
        return ()
    count = given["sd1i"].size
    names = labels if labels is not None else [f"study {number + 1}" for number in range(count)]
    found: list[tuple[int, Doubt]] = []
    for place in range(count):
        doubt = _huge(given, place, names[place])
        if doubt:
            found.append((place, doubt))
    for members in _scales(scale, count):
        if len(members) >= FEWEST:
            found += _among(given, members, names)
    seen: set[tuple[int, str]] = set()
    kept = []
    for place, doubt in sorted(found, key=lambda item: item[0]):
        if (place, doubt.kind) not in seen:
            seen.add((place, doubt.kind))
            kept.append(doubt)
    return tuple(kept)


def _scales(scale: Sequence[str] | None, count: int) -> list[list[int]]:
    if scale is None:
        return []
    groups: dict[str, list[int]] = {}
    for place in range(count):
        if str(scale[place]).strip():
            groups.setdefault(str(scale[place]).strip().lower(), []).append(place)
    return list(groups.values())


def _huge(given: Mapping[str, Floats], place: int, where: str) -> Doubt | None:
    """A difference too large in its own standard deviations."""
    try:
        m1, m2, sd1, sd2, n1, n2 = (
            float(given[name][place]) for name in ("m1i", "m2i", "sd1i", "sd2i", "n1i", "n2i")
        )
    except KeyError:
        return None
    if not all(np.isfinite((m1, m2, sd1, sd2, n1, n2))) or min(sd1, sd2) <= 0:
        return None
    spread = ((sd1**2 + sd2**2) / 2) ** 0.5
    size = abs(m1 - m2) / spread
    if size <= HUGE:
        return None
    people = (n1 + n2) / 2
    return Doubt(
        where,
        "size",
        f"the groups are {size:.1f} standard deviations apart, which is hardly ever seen. Were standard errors taken "
        f"for standard deviations? Then it would be {size / people**0.5:.2f}",
    )


def _among(
    given: Mapping[str, Floats], members: Sequence[int], names: Sequence[str]
) -> list[tuple[int, Doubt]]:
    found = []
    for group in ("1", "2"):
        sd, n, mean = (given.get(f"{word}{group}i") for word in ("sd", "n", "m"))
        if sd is None or n is None:
            continue
        known = [
            place for place in members if np.isfinite(sd[place]) and sd[place] > 0 and np.isfinite(n[place])
        ]
        for place in known:
            others = [float(sd[other]) for other in known if other != place]
            if len(others) < FEWEST - 1:
                continue
            usual = median(others)
            ratio = float(sd[place]) / usual
            doubt = _unit(mean, known, place, ratio, names[place]) or _spread(
                float(sd[place]), float(n[place]), usual, ratio, group, names[place]
            )
            if doubt:
                found.append((place, doubt))
    return found


def _unit(mean: Floats | None, known: Sequence[int], place: int, ratio: float, where: str) -> Doubt | None:
    """Mean and spread are both off by the same large factor."""
    if mean is None or not np.isfinite(mean[place]) or mean[place] == 0:
        return None
    others = [abs(float(mean[other])) for other in known if other != place and np.isfinite(mean[other])]
    usual = median(others) if others else 0.0
    if usual == 0:
        return None
    shift = abs(float(mean[place])) / usual
    times = max(ratio, 1 / ratio)
    if (ratio > 1) != (shift > 1) or times < 5 or not 1 / NEAR < shift / ratio < NEAR:
        return None
    near = min(UNITS, key=lambda unit: abs(np.log(unit / times)))
    factor = f"about {near:g}" if 0.8 < near / times < 1.25 else f"{times:.0f}"
    return Doubt(
        where,
        "unit",
        f"mean and standard deviation are both {factor} times {'larger' if ratio > 1 else 'smaller'} than the other "
        "studies' on this scale: is it in another unit?",
    )


def _spread(sd: float, n: float, usual: float, ratio: float, group: str, where: str) -> Doubt | None:
    """A spread far below the others' that would be like theirs as a standard error, or the other way round."""
    if ratio < SMALL_SPREAD and 1 / NEAR < sd * n**0.5 / usual < NEAR:
        return Doubt(
            where,
            "spread",
            f"the standard deviation of group {group}, {sd:g}, is far below the other studies' {usual:g}, and times "
            f"the root of {n:g} people it is {sd * n**0.5:.3g}: it looks like a standard error",
        )
    if ratio > 1 / SMALL_SPREAD and 1 / NEAR < sd / n**0.5 / usual < NEAR:
        return Doubt(
            where,
            "spread",
            f"the standard deviation of group {group}, {sd:g}, is far above the other studies' {usual:g}, which is "
            f"what it would be divided by the root of {n:g} people: are theirs standard errors?",
        )
    return None


def doubts_about_directions(
    effects: npt.ArrayLike, variances: npt.ArrayLike, *, labels: Sequence[str] | None = None
) -> tuple[Doubt, ...]:
    """Studies (k,) that contradict all others and would fit them with their sign turned.

    Looked at where the others' common direction is clear (p below 0.01): a study is odd when it lies on the other side
    of 0 beyond chance (p against the others below 0.05 / k, with tau²) and would fit with its sign turned (p > 0.1).
    Raises BadInput as ``pool``; fewer than five studies are too few to speak of the others.
    """
    y, v = checked(effects, variances, labels=labels)
    if y.size < 5:
        return ()
    found = []
    for place in range(y.size):
        rest = np.arange(y.size) != place
        others = pool(y[rest], v[rest], method="DL")
        if others.p >= 0.01 or y[place] * others.estimate >= 0:
            continue
        spread = float(np.sqrt(v[place] + others.tau2 + others.se**2))
        against, turned = (
            float(2 * normal_above(abs(value - others.estimate) / spread)) for value in (y[place], -y[place])
        )
        if against < 0.05 / y.size and turned > 0.1:
            where = labels[place] if labels is not None else f"study {place + 1}"
            found.append(
                Doubt(
                    where,
                    "direction",
                    f"its effect of {y[place]:.3g} contradicts the others' {others.estimate:.3g}, and would fit them "
                    "with its sign turned: does its scale run the other way?",
                )
            )
    return tuple(found)
