"""Effect sizes of a table of studies: each row read, checked and worked out, or said why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wherewithal.analyse.reviews.synthesis.effects import means, single, tables
from wherewithal.analyse.reviews.synthesis.effects.parts import (
    ABOVE_NOUGHT,
    MEANINGS,
    WHOLE,
    Choices,
    Measure,
)
from wherewithal.analyse.reviews.synthesis.studies import Floats, floats
from wherewithal.errors import BadInput, Problem

MEASURES: Mapping[str, Measure] = {
    measure.key: measure for measure in (*means.MEASURES, *tables.MEASURES, *single.MEASURES)
}
INSTEAD = {"bi": ("n1i", "ai"), "di": ("n2i", "ci")}
"""A cell that follows from a group's size and its other cell."""


@dataclass(frozen=True)
class EffectSizes:
    """Effects (k,) with sampling variances (k,), not a number where a study has none.

    ``notes`` are what was done to a study or why it has no effect, one tuple of sentences a study: an addition to
    an empty cell, a turned direction, a missing number. ``measure`` gives the name and scale.
    """

    measure: Measure
    effects: Floats
    variances: Floats
    notes: tuple[tuple[str, ...], ...]

    @property
    def there(self) -> npt.NDArray[np.bool_]:
        """Which studies have an effect: (k,)."""
        return np.isfinite(self.effects) & np.isfinite(self.variances)


def measure_named(key: str) -> Measure:
    """The measure. Raises BadInput with those there are."""
    if key in MEASURES:
        return MEASURES[key]
    raise BadInput(
        f"There is no effect measure called {key!r}.",
        [
            Problem(
                "measure",
                repr(key),
                "; ".join(f"{m.key} ({m.name})" for m in MEASURES.values()),
                "Choose one.",
            )
        ],
    )


def effect_sizes(
    measure: str,
    columns: Mapping[str, npt.ArrayLike],
    *,
    choices: Choices | None = None,
    turned: npt.ArrayLike | bool = False,
    labels: Sequence[str] | None = None,
) -> EffectSizes:
    """Effects of every study by ``measure``, a key of ``MEASURES``.

    ``columns`` are its numbers by the names in ``MEANINGS``, each (k,) with not-a-number where the study does not
    give it; ``n1i`` or ``n2i`` may stand for ``bi`` or ``di``. ``turned`` (one for all, or (k,)) reverses the sign
    of studies whose scale runs the other way. Raises BadInput, with one Problem a wrong cell, for a measure that
    is not there, a column that is missing, and numbers that cannot be: more events than people, a correlation
    above 1, a standard deviation of 0.
    """
    what = measure_named(measure)
    asked = choices or Choices()
    _possible(asked)
    given = _complete(what, columns)
    count = next(iter(given.values())).size
    names = labels if labels is not None else [f"study {number + 1}" for number in range(count)]
    problems = _wrong(given, names)
    if problems:
        raise BadInput("Some numbers cannot be as they are.", problems)
    with np.errstate(invalid="ignore"):
        worked = what.work(given, asked)
    notes = {number: list(words) for number, words in worked.notes.items()}
    effects, variances = worked.effects.copy(), worked.variances.copy()
    for number in range(count):
        gone = [name for name in what.needs if not np.isfinite(given[name][number])]
        if gone:
            effects[number] = variances[number] = np.nan
            notes[number] = [f"no effect: {', '.join(gone)} not given"]
        elif not (np.isfinite(effects[number]) and variances[number] > 0) and number not in notes:
            effects[number] = variances[number] = np.nan
            notes[number] = ["no effect: too few people, or numbers without any spread"]
    flips = np.broadcast_to(np.asarray(turned, dtype=np.bool_), (count,))
    if flips.any() and not what.groups and "correlation" not in what.name:
        raise BadInput(f"A {what.name} has no direction to turn round.")
    for number in np.flatnonzero(flips & np.isfinite(effects)).tolist():
        notes.setdefault(number, []).append("direction turned round")
    return EffectSizes(
        measure=what,
        effects=np.where(flips, -effects, effects),
        variances=variances,
        notes=tuple(tuple(notes.get(number, ())) for number in range(count)),
    )


def _possible(choices: Choices) -> None:
    if not np.isfinite(choices.add) or choices.add < 0:
        raise BadInput(f"What is added to empty cells is 0 or more, not {choices.add}.")
    for word, value, there in (
        ("to", choices.to, ("only0", "all", "if0all", "none")),
        ("shared", choices.shared, ("even", "opposite")),
        ("correction", choices.correction, ("exact", "approximate", "none")),
        ("variance", choices.variance, ("LS", "LS2", "UB", "HO")),
    ):
        if value not in there:
            raise BadInput(f"{word} is one of {', '.join(there)}, not {value!r}.")


def _complete(what: Measure, columns: Mapping[str, npt.ArrayLike]) -> dict[str, Floats]:
    """The measure's columns, cells worked out from group sizes where needed."""
    try:
        given = {name: floats(values) for name, values in columns.items()}
    except (TypeError, ValueError) as error:
        raise BadInput(f"The columns are not all numbers: {error}.") from error
    for cell, (size, other) in INSTEAD.items():
        if cell in what.needs and cell not in given and size in given and other in given:
            given[cell] = given[size] - given[other]
    gone = [name for name in what.needs if name not in given]
    if gone:
        raise BadInput(
            f"{what.key}, {what.name}, needs columns that are not there.",
            [
                Problem(
                    f"column {name}",
                    "not there",
                    MEANINGS[name]
                    + (f", or {INSTEAD[name][0]}: the group's size" if name in INSTEAD else ""),
                    "Name the column that holds it.",
                )
                for name in gone
            ],
        )
    kept = {name: values for name, values in given.items() if name in MEANINGS}
    if len({values.shape for values in kept.values()}) != 1 or next(iter(kept.values())).ndim != 1:
        raise BadInput("The columns are not of the same length: one number a study in each.")
    return kept


def _wrong(given: Mapping[str, Floats], names: Sequence[str]) -> list[Problem]:
    """Numbers that cannot be, in the order of the studies."""
    found: list[tuple[int, Problem]] = []

    def wrong(where: npt.NDArray[np.bool_], column: str, expected: str, do: str) -> None:
        for number in np.flatnonzero(where).tolist():
            value = f"{given[column][number]:g}" if column in given else "too many"
            found.append((number, Problem(f"{names[number]}, column '{column}'", value, expected, do)))

    with np.errstate(invalid="ignore"):
        for column, values in given.items():
            wrong(np.isinf(values), column, "a finite number", "Correct the number.")
            if column in WHOLE and not (column in INSTEAD and INSTEAD[column][0] in given):
                wrong(values < 0, column, "0 or more", "A count of people or events is never negative.")
            if column in ABOVE_NOUGHT:
                wrong(values <= 0, column, "a number above 0", f"This is {MEANINGS[column]}: correct it.")
            if column == "ri":
                wrong(
                    np.abs(values) > 1,
                    column,
                    "between -1 and 1",
                    "Look for a percentage or a slip of the point.",
                )
        for events, people in (("ai", "n1i"), ("ci", "n2i"), ("xi", "ni")):
            if events in given and people in given:
                over = given[events] > given[people]
                wrong(
                    over,
                    events,
                    f"no more than {people}",
                    "There are more events than people: look for swapped columns.",
                )
    return [problem for _, problem in sorted(found, key=lambda item: item[0])]
