"""Evidence of a network from arms: each arm's mean, share or rate, from which all pairs of a study follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from wherewithal.analyse.reviews.synthesis.effects.parts import MEANINGS, Choices
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
    from single arms (standardised differences need pairs).
    """
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
    rows: dict[str, list[int]] = {}
    for row, name in enumerate(names):
        rows.setdefault(name, []).append(row)
    problems += [
        Problem(name, "one arm", "two or more", "Add the other arm, or leave the study out.")
        for name, own in rows.items()
        if len(own) < 2
    ]
    if problems:
        raise BadInput("Some arms cannot be used as they are.", problems)
    pairs = [(a, b) for own in rows.values() for a, b in combinations(own, 2)]
    return contrasts(
        [names[a] for a, _ in pairs],
        [str(treatment[a]) for a, _ in pairs],
        [str(treatment[b]) for _, b in pairs],
        [made.effects[a] - made.effects[b] for a, b in pairs],
        [made.variances[a] + made.variances[b] for a, b in pairs],
        reference=reference,
        notes=notes,
    )


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
