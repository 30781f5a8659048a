"""The rows of DATA as a model takes them: effects with their groups, moderators, studies and outcomes, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from wherewithal.analyse.reviews.synthesis.blocks import assumed_covariance
from wherewithal.analyse.reviews.synthesis.reading import BLANK, Table, effects_of
from wherewithal.analyse.reviews.synthesis.studies import Floats
from wherewithal.cli.synthesis.pool.asked import Asked
from wherewithal.errors import BadInput, Problem


@dataclass(frozen=True)
class Rows:
    """What is pooled, each (k,): ``labels`` for messages, ``names`` for charts; what was not asked for is empty.

    ``covariance`` (k, k) of the sampling errors where studies have several effects and something is known or assumed.
    ``left_out`` are labels of rows without effect, ``lacking`` of rows without a group or moderator, and which;
    ``doubts`` are questions to whoever made the file.
    """

    effects: Floats
    variances: Floats
    labels: list[str]
    names: list[str]
    group: list[str]
    moderators: dict[str, list[object]]
    cluster: list[str]
    outcome: list[str]
    covariance: Floats | None
    left_out: list[str]
    lacking: list[str]
    doubts: list[str]

    @property
    def references(self) -> dict[str, str]:
        """For each moderator of words, the value that the others are compared with."""
        return {
            name: min(str(value) for value in values)
            for name, values in self.moderators.items()
            if values and isinstance(values[0], str)
        }


def rows_of(table: Table, effect: str, variance: str, se: str, label: str, asked: Asked) -> Rows:
    """Read everything asked for. Raises BadInput with every cell that cannot be used."""
    y, v, labels, blank = effects_of(table, effect, variance, se, label)
    named = table.labels(label)
    there = set(labels)
    places = [place for place, where in enumerate(named) if where in there]
    problems: list[Problem] = []
    moderators = {
        name: _moderator(table, name, places, name in asked.categories, problems) for name in asked.regressed
    }
    group = _words(table, asked.by, places)
    optional: dict[str, Sequence[object]] = {**moderators, **({asked.by: group} if asked.by else {})}
    lacking: dict[int, list[str]] = {}
    for column, values in optional.items():
        for number, value in enumerate(values):
            if value is None:
                lacking.setdefault(number, []).append(column)
    if not asked.leave_out:
        problems += [
            Problem(
                f"{labels[number]}, column '{column}'",
                "blank",
                "a value",
                "Fill it in, or leave such rows out by --leave-out and say so.",
            )
            for number, columns in sorted(lacking.items())
            for column in columns
        ]
    cluster, outcome = _words(table, asked.cluster, places), _words(table, asked.outcome, places)
    problems += [
        Problem(f"{labels[number]}, column '{column}'", "blank", f"which {what}", "Fill it in.")
        for column, values, what in ((asked.cluster, cluster, "study"), (asked.outcome, outcome, "outcome"))
        for number, value in enumerate(values)
        if value is None
    ]
    if not problems:
        problems += _twice(labels, cluster, outcome)
    if problems:
        raise BadInput("Some cells cannot be used as they are.", problems)
    kept = [number for number in range(len(labels)) if number not in lacking]
    if not kept:
        raise BadInput("No row gives everything that was asked for, so there is nothing to pool.")
    rows = [places[number] for number in kept]
    studies = [str(cluster[number]) for number in kept] if asked.cluster else []
    variances = v[kept]
    if asked.cluster:
        _several(studies, asked)
    covariance = None
    if asked.covariance:
        covariance = _known(table, asked, rows, variances, named)
    elif asked.rho is not None:
        covariance = assumed_covariance(variances, studies, asked.rho)
    groups = [str(group[number]) for number in kept] if asked.by else []
    chosen = {name: [values[number] for number in kept] for name, values in moderators.items()}
    told_apart: dict[str, list[object]] = {**chosen, **({asked.by: [*groups]} if asked.by else {})}
    return Rows(
        y[kept],
        variances,
        [labels[number] for number in kept],
        table.names(label, rows),
        groups,
        chosen,
        studies,
        [str(outcome[number]) for number in kept] if asked.outcome else [],
        covariance,
        blank,
        [f"{labels[number]}, no {', '.join(lacking[number])}" for number in sorted(lacking)],
        [doubt for column, told in told_apart.items() for doubt in _alike(column, told)],
    )


def _words(table: Table, column: str, places: Sequence[int]) -> list[str | None]:
    """A column as words, None where blank; empty where no column was asked for."""
    if not column:
        return []
    cells = table.texts(column)
    return [None if cells[place].lower() in BLANK else cells[place] for place in places]


def _moderator(
    table: Table, column: str, places: Sequence[int], codes: bool, problems: list[Problem]
) -> list[object]:
    """A column as numbers where every cell is one, as words where none is or where its numbers are codes."""
    words = _words(table, column, places)
    said = [word for word in words if word is not None]
    numbers = [word for word in said if _number(word) is not None]
    if codes or not numbers:
        return list(words)
    others = sorted(set(said) - set(numbers))
    if others:
        problems.append(
            Problem(
                f"{table.name}, column '{column}'",
                f"{len(numbers)} numbers, and {', '.join(repr(word[:20]) for word in others[:5])}",
                "numbers alone, or words alone",
                "Correct the cells (or blank them); where its numbers are codes, give the column as --category.",
            )
        )
        return list(words)
    values = [None if word is None else _number(word) for word in words]
    endless = [value for value in values if value is not None and not np.isfinite(value)]
    if endless:
        problems.append(
            Problem(
                f"{table.name}, column '{column}'", f"{endless[0]}", "numbers that end", "Correct the cells."
            )
        )
    return list(values)


def _number(word: str) -> float | None:
    try:
        return float(word)
    except ValueError:
        return None


def _twice(
    labels: Sequence[str], cluster: Sequence[str | None], outcome: Sequence[str | None]
) -> list[Problem]:
    """Rows that give an outcome their study has given already."""
    seen: dict[tuple[str | None, str | None], str] = {}
    problems = []
    for where, *pair in zip(labels, cluster, outcome, strict=False):
        key = (pair[0], pair[1])
        if key in seen:
            problems.append(
                Problem(
                    where,
                    f"the outcome {pair[1]!r} of study {pair[0]!r} again, after {seen[key]}",
                    "each outcome once a study",
                    "Choose one of the two, or leave --outcome out and give --cluster alone.",
                )
            )
        seen.setdefault(key, where)
    return problems


def _several(studies: Sequence[str], asked: Asked) -> None:
    if len(set(studies)) == 1:
        raise BadInput(
            "All effects are from one study, so there is nothing to put together with it.",
            [
                Problem(
                    f"--cluster {asked.cluster}", "one study", "two or more", "Name the column of studies."
                )
            ],
        )
    if len(set(studies)) == len(studies):
        raise BadInput(
            "Every study gives one effect, so nothing within studies can be told from what lies between them.",
            [
                Problem(
                    f"--cluster {asked.cluster}",
                    "one row a study",
                    "several rows of some studies",
                    "Leave --cluster out, or name the column that says which rows are of one study.",
                )
            ],
        )


def _known(
    table: Table, asked: Asked, rows: Sequence[int], variances: Floats, named: Sequence[str]
) -> Floats:
    """Covariances of errors from columns: the first is with the first row of the same study in DATA, and so on."""
    problems: list[Problem] = []
    columns = np.column_stack([table.numbers(name, problems) for name in asked.covariance])
    place: dict[int, int] = {}
    seen: dict[str, int] = {}
    studies = table.texts(asked.cluster)
    for row, study in enumerate(studies):
        place[row] = seen.get(study, 0)
        seen[study] = place[row] + 1
    made = np.zeros((len(rows), len(rows)))
    for a, first in enumerate(rows):
        for b, second in enumerate(rows):
            if studies[first] != studies[second]:
                continue
            wide = place[second] < columns.shape[1]
            value = columns[first, place[second]] if wide else np.nan
            if not np.isfinite(value):
                problems.append(
                    Problem(
                        named[first],
                        f"no covariance with row {second + 2}",
                        f"a number in column {place[second] + 1} of those given by --covariance",
                        "Fill it in, give as many columns as a study has rows, or assume a correlation by --rho.",
                    )
                )
            elif a == b and not np.isclose(value, variances[a], rtol=1e-6):
                problems.append(
                    Problem(
                        named[first],
                        f"a covariance with itself of {value:g}",
                        f"its variance, {variances[a]:g}",
                        "Order the columns as the study's rows are ordered.",
                    )
                )
            made[a, b] = value
    if problems:
        raise BadInput("These covariances cannot be used as they are.", problems)
    return made


def _alike(column: str, values: Iterable[object]) -> list[str]:
    """Values that differ in capitals or spaces alone."""
    seen: dict[str, set[str]] = {}
    for value in values:
        if isinstance(value, str):
            seen.setdefault(" ".join(value.casefold().split()), set()).add(value)
    return [
        f"column '{column}': {', '.join(repr(word) for word in sorted(words))} count as different values"
        for words in seen.values()
        if len(words) > 1
    ]
