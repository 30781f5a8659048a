"""What the data suggest about each factor of certainty where there is no average. Suggestions never decide.

Source: Murad and others, "Rating the certainty in evidence in the absence of a single estimate of effect",
Evidence-Based Medicine 22 (2017) 85: the factors are judged as always, from the studies side by side. The lines (a
quarter, half, seven in ten) are ours and printed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from wherewithal.analyse.reviews.certainty.factors import factor
from wherewithal.analyse.reviews.certainty.suggesting import (
    FEWEST_TO_DIFFER,
    Suggestion,
    indirectness,
    needs_a_person,
    risk_of_bias,
)
from wherewithal.analyse.reviews.narrative.directions import MOST_AGREE, Cell, SignTest
from wherewithal.plain_english import counted


def suggestions(
    cells: Sequence[Cell],
    signs: SignTest | None,
    *,
    at_high_risk: Sequence[bool | None],
    resembles: Sequence[bool | None] | None,
    people_needed: float | None,
) -> tuple[Suggestion, ...]:
    """One for each factor that can lower the level, from the studies' cells; the lists are in their order.

    Studies weigh by their people where every study says how many, else alike.
    """
    if not cells:
        return ()
    people = [cell.people for cell in cells]
    known = [each for each in people if each]
    weights = [float(each) for each in known] if len(known) == len(people) else [1.0] * len(cells)
    return (
        risk_of_bias(weights, at_high_risk),
        _inconsistency(signs),
        needs_a_person("indirectness") if resembles is None else indirectness(weights, resembles),
        _imprecision(signs, known, len(people), people_needed),
        Suggestion(
            factor("publication_bias"),
            None,
            (
                "Without an average no test of small studies can be made: ask what was registered and not reported.",
            ),
        ),
    )


def _inconsistency(signs: SignTest | None) -> Suggestion:
    which = factor("inconsistency")
    if signs is None:
        return Suggestion(which, None, ("No study points anywhere.",))
    pointing = signs.better + signs.worse
    against = min(signs.better, signs.worse)
    said = (
        f"Of {counted(pointing, 'study', 'studies')} that point somewhere {against} "
        f"{'points' if against == 1 else 'point'} the other way."
    )
    if pointing < FEWEST_TO_DIFFER:
        return Suggestion(which, None, (said, "With so few studies nothing can be said of how they differ."))
    agree = (pointing - against) / pointing >= MOST_AGREE
    line = f"Fewer than {MOST_AGREE:.0%} agreeing counts as a serious concern."
    return Suggestion(which, 0 if agree else -1, (said, line))


def _imprecision(
    signs: SignTest | None, people: Sequence[int], studies: int, needed: float | None
) -> Suggestion:
    said = []
    total = sum(people)
    few = False
    if people:
        some = "" if len(people) == studies else f" of the {len(people)} that say"
        said.append(f"{total:,} people are in the studies{some}.")
    if needed is not None and len(people) == studies:
        few = total < needed
        said.append(
            f"One good trial that could find the smallest effect that matters would need {math.ceil(needed):,}."
        )
    split = signs is not None and signs.low <= 0.5 <= signs.high
    if split:
        said.append("An even split between better and worse could look like this by chance.")
    if not said:
        return needs_a_person("imprecision")
    return Suggestion(factor("imprecision"), -1 if few or split else 0, tuple(said))
