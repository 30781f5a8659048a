"""Which way studies point for every outcome of a review: one plot of studies by outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wherewithal.analyse.reviews.extraction.study import Outcome
from wherewithal.analyse.reviews.narrative.directions import EffectDirections, Result, effect_directions
from wherewithal.analyse.reviews.narrative.pointing import Gathered


def across(
    outcomes: Sequence[tuple[Outcome, Gathered]],
    names: Mapping[str, str],
    risks: Mapping[tuple[str, str], str] | None = None,
) -> EffectDirections | None:
    """The plot's data, studies in the order of ``names`` (by number); None where fewer than two outcomes have any.

    ``risks`` are judgements of a study's risk of bias, by the outcome's key and the study's number.
    """
    found = [
        (
            list(names).index(each.study),
            Result(
                names[each.study],
                outcome.name,
                each.direction,
                each.instrument,
                each.people,
                (risks or {}).get((outcome.key, each.study), ""),
            ),
        )
        for outcome, gathered in outcomes
        for each in gathered.pointings
    ]
    if len({result.outcome for _place, result in found}) < 2:
        return None
    order = [outcome.name for outcome, _gathered in outcomes]
    found.sort(key=lambda pair: (pair[0], order.index(pair[1].outcome)))
    return effect_directions([result for _place, result in found])


def told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Each study's name by its number; two of one name are told apart by their numbers."""
    said = list(names.values())
    return {
        study: f"{name} (study {study})" if said.count(name) > 1 else name for study, name in names.items()
    }
