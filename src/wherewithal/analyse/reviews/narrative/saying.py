"""The sentence for an outcome without an average, by which way studies point and how sure the evidence is.

The verbs of each level are those of the pooled sentence (Santesso and others (2020), GRADE guidelines 26, Journal of
Clinical Epidemiology 119:126); nothing is said of size, since nothing is known of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from wherewithal.analyse.reviews.certainty.levels import Certainty
from wherewithal.analyse.reviews.extraction.study import Outcome
from wherewithal.analyse.reviews.narrative.directions import Cell, Direction, SignTest
from wherewithal.plain_english import counted, listed

_VERBS = {
    Certainty.HIGH: "changes",
    Certainty.MODERATE: "probably changes",
    Certainty.LOW: "may change",
}
_WAYS = {
    Direction.BETTER: "for the better",
    Direction.WORSE: "for the worse",
    Direction.NO_CHANGE: "not at all",
    Direction.MIXED: "some each way",
}


def said(
    outcome: Outcome,
    service: str,
    cells: Sequence[Cell],
    signs: SignTest | None,
    level: Certainty | None,
) -> str:
    """The sentence. Without a level it counts; with one it says which way, where the count is clear by its interval."""
    name = outcome.name if outcome.name[1:2].isupper() else outcome.name[:1].lower() + outcome.name[1:]
    if level is None:
        return _counted(name, service, cells)
    if level is Certainty.VERY_LOW:
        sentence = f"it is unclear whether {service} changes {name}: the evidence is too uncertain to say."
    elif signs is not None and signs.low > 0.5:
        sentence = f"{service} {_VERBS[level]} {name} for the better."
    elif signs is not None and signs.high < 0.5:
        sentence = f"{service} {_VERBS[level]} {name} for the worse."
    else:
        both = signs is not None and signs.better and signs.worse
        why = "they point both ways" if both else "too few of them point anywhere"
        sentence = f"studies do not settle which way {service} moves {name}: {why}."
    return sentence[:1].upper() + sentence[1:]


def _counted(name: str, service: str, cells: Sequence[Cell]) -> str:
    ways = [(sum(cell.direction is way for cell in cells), words) for way, words in _WAYS.items()]
    found = [(count, words) for count, words in ways if count]
    if len(found) == 1:
        count, words = found[0]
        who = (
            "The one study finds"
            if count == 1
            else "Both studies find"
            if count == 2
            else f"All {count} studies find"
        )
        return f"{who} {name} changed {words} with {service}."
    (most, words), *others = found
    finds = "finds" if most == 1 else "find"
    parts = [
        f"{most} {finds} {name} changed {words} with {service}",
        *(f"{count} {words}" for count, words in others),
    ]
    return f"Of {counted(len(cells), 'study', 'studies')}, {listed(parts)}."
