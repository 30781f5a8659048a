"""Evidence of a network from arms: each arm's mean, share or rate, from which all pairs of a study follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from wherewithal.analyse.reviews.synthesis.effects.parts import MEANINGS, Choices, hedges
from wherewithal.analyse.reviews.synthesis.effects.sizes import effect_sizes
from wherewithal.analyse.reviews.synthesis.network.evidence import Evidence, contrasts
from wherewithal.analyse.reviews.synthesis.studies import Floats, floats
from wherewithal.errors import BadInput, Problem

MEASURES = {
    "MD": ("MN", ("mi", "sdi", "ni")),
    "ROM": ("MNLN", ("mi", "sdi", "ni")),
    "OR": ("PLO", ("xi", "ni")),
    "RR": ("PLN", ("xi", "ni")),
    "RD": ("PR", ("xi", "ni")),
    "IRR": ("IRLN", ("xi", "ti")),
}
"""A measure of two arms, by the measure of one arm whose difference it is, and the columns of an arm."""
ADDED = 0.5


@dataclass(frozen=True)
class Pairs:
    """All pairs of every study's arms: in ``study``, ``first`` had an effect against ``second`` with a variance."""

    study: tuple[str, ...]
    first: tuple[str, ...]
    second: tuple[str, ...]
    effects: tuple[float, ...]
    variances: tuple[float, ...]
    notes: tuple[str, ...] = ()


def arms(
    study: Sequence[str],
    treatment: Sequence[str],
    measure: str,
    columns: Mapping[str, npt.ArrayLike],
    *,
    reference: str = "",
) -> Evidence:
    """Evidence from one row an arm, with the arm's numbers in ``columns`` (as in ``effect_sizes``).

    Where an arm of a study has nobody with the event (or, for OR, nobody without), 0.5 is added to the cells of all
    the study's arms, and ``notes`` say so. Raises BadInput as ``contrasts``, and for a measure that does not come
    from single arms (standardised differences: see ``standardised_pairs``).
    """
    made = pairs_of_arms(study, treatment, measure, columns)
    return contrasts(
        made.study,
        made.first,
        made.second,
        made.effects,
        made.variances,
        reference=reference,
        notes=made.notes,
    )


def pairs_of_arms(
    study: Sequence[str], treatment: Sequence[str], measure: str, columns: Mapping[str, npt.ArrayLike]
) -> Pairs:
    """All pairs of every study's arms, from the arms' numbers. Raises BadInput as ``arms``."""
    if measure not in MEASURES:
        raise BadInput(
            f"A network of arms cannot be built of {measure!r}.",
            [Problem("measure", repr(measure), ", ".join(MEASURES), "Choose one, or give effects of pairs.")],
        )
    single, needs = MEASURES[measure]
    gone = [name for name in needs if name not in columns]
    if gone:
        raise BadInput(
            f"{measure} needs columns that are not there.",
            [
                Problem(f"column {n}", "not there", MEANINGS[n], "Name the column that holds it.")
                for n in gone
            ],
        )
    names = [str(cell).strip() for cell in study]
    given = {name: floats(columns[name]) for name in needs}
    labels = [f"{one}, {str(other).strip()}" for one, other in zip(names, treatment, strict=True)]
    filled, notes = _filled(names, given, measure)
    made = effect_sizes(single, filled, choices=Choices(to="none", correction="none"), labels=labels)
    problems = [
        Problem(label, "; ".join(said) or "no value", "numbers for the arm", "Fill them in, or leave it out.")
        for label, said, there in zip(labels, made.notes, made.there, strict=True)
        if not there
    ]
    rows = _by_study(names)
    problems += _alone(rows)
    if problems:
        raise BadInput("Some arms cannot be used as they are.", problems)
    pairs = [(a, b) for own in rows.values() for a, b in combinations(own, 2)]
    return Pairs(
        tuple(names[a] for a, _ in pairs),
        tuple(str(treatment[a]) for a, _ in pairs),
        tuple(str(treatment[b]) for _, b in pairs),
        tuple(float(made.effects[a] - made.effects[b]) for a, b in pairs),
        tuple(float(made.variances[a] + made.variances[b]) for a, b in pairs),
        tuple(notes),
    )


def standardised_pairs(
    study: Sequence[str], treatment: Sequence[str], columns: Mapping[str, npt.ArrayLike]
) -> Pairs:
    """All pairs of every study's arms in standard deviations (Hedges' g), from ``mi``, ``sdi`` and ``ni`` of the arms.

    Every pair of a study is divided by the standard deviation of all its arms together, so that its pairs fit each
    other; with two arms this is the usual g with its large-sample variance. Source: Gleser and Olkin, in Cooper,
    Hedges and Valentine, The Handbook of Research Synthesis and Meta-Analysis (2009), chapter 19, for several
    treatments with one comparison. Raises BadInput for fewer than two people in an arm and a deviation not above 0.
    """
    names = [str(cell).strip() for cell in study]
    means, deviations, people = (floats(columns[name]) for name in ("mi", "sdi", "ni"))
    rows = _by_study(names)
    problems = [
        Problem(
            f"{names[row]}, {str(treatment[row]).strip()}",
            f"mean {means[row]:g}, standard deviation {deviations[row]:g}, {people[row]:g} people",
            "a mean, a deviation above 0 and two people or more",
            "Correct the arm, or leave the study out.",
        )
        for row in range(len(names))
        if not (np.isfinite(means[row]) and deviations[row] > 0 and people[row] >= 2)
    ] + _alone(rows)
    if problems:
        raise BadInput("Some arms cannot be used as they are.", problems)
    found: list[tuple[str, str, str, float, float]] = []
    for name, own in rows.items():
        free = float(people[own].sum()) - len(own)
        together = float(np.sqrt(((people[own] - 1) * deviations[own] ** 2).sum() / free))
        shrink = float(hedges(np.array([free]), "exact")[0])
        for a, b in combinations(own, 2):
            g = shrink * float(means[a] - means[b]) / together
            spread = float(1 / people[a] + 1 / people[b]) + g**2 / (2 * float(people[own].sum()))
            found.append((name, str(treatment[a]), str(treatment[b]), g, spread))
    return Pairs(
        tuple(each[0] for each in found),
        tuple(each[1] for each in found),
        tuple(each[2] for each in found),
        tuple(each[3] for each in found),
        tuple(each[4] for each in found),
    )


def _by_study(names: Sequence[str]) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {}
    for row, name in enumerate(names):
        rows.setdefault(name, []).append(row)
    return rows


def _alone(rows: Mapping[str, Sequence[int]]) -> list[Problem]:
    return [
        Problem(name, "one arm", "two or more", "Add the other arm, or leave the study out.")
        for name, own in rows.items()
        if len(own) < 2
    ]


def _filled(
    study: Sequence[str], given: Mapping[str, Floats], measure: str
) -> tuple[dict[str, Floats], list[str]]:
    if "xi" not in given or measure == "RD":
        return dict(given), []
    events = given["xi"]
    empty = events == 0
    if measure == "OR":
        empty = empty | (events == given["ni"])
    named = np.array(study)
    studies = sorted(set(named[empty].tolist()))
    more = np.isin(named, studies)
    filled = {**given, "xi": events + ADDED * more}
    if "ni" in given:
        filled["ni"] = given["ni"] + 2 * ADDED * more
    return filled, [
        f"{name}: an arm has an empty cell, so {ADDED:g} was added to all its cells" for name in studies
    ]
