"""What may explain why studies differ, as columns of numbers: numeric ones as they stand, words one a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from wherewithal.analyse.reviews.synthesis.studies import Floats, Marks, floats
from wherewithal.errors import BadInput, Problem

INTERCEPT = "intercept"
Moderators = Mapping[str, Sequence[object]]


@dataclass(frozen=True)
class Design:
    """``matrix`` (k, p) with a name for each column; ``complete`` marks studies that give every moderator."""

    names: tuple[str, ...]
    matrix: Floats
    complete: Marks


def design(moderators: Moderators, count: int, *, intercept: bool = True) -> Design:
    """Columns for ``count`` studies.

    A moderator of words becomes a column for each value but the first in alphabetical order, which the others are
    compared with (all values, for the first such moderator, where there is no intercept). None, blanks and
    not-a-number are missing. Raises BadInput for a moderator of another length or without any difference.
    """
    names: list[str] = [INTERCEPT] if intercept else []
    columns: list[Floats] = [np.ones(count)] if intercept else []
    complete = np.ones(count, dtype=np.bool_)
    whole = not intercept
    for name, values in moderators.items():
        if len(values) != count:
            raise BadInput(f"The moderator {name!r} has {len(values)} values for {count} studies.")
        gone = np.array([_missing(value) for value in values])
        complete &= ~gone
        if any(isinstance(value, str) for value in values):
            levels = sorted({str(value) for value, out in zip(values, gone, strict=True) if not out})
            for level in levels if whole else levels[1:]:
                names.append(f"{name}: {level}")
                columns.append(
                    floats([not out and str(v) == level for v, out in zip(values, gone, strict=True)])
                )
            whole = False
        else:
            names.append(name)
            columns.append(_numbers(name, [0.0 if out else v for v, out in zip(values, gone, strict=True)]))
    return Design(tuple(names), np.column_stack(columns) if columns else np.empty((count, 0)), complete)


def _numbers(name: str, values: Sequence[object]) -> Floats:
    try:
        return np.array(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise BadInput(f"The moderator {name!r} is neither all numbers nor all words: {error}.") from error


def _missing(value: object) -> bool:
    if value is None or (isinstance(value, str) and not value.strip()):
        return True
    return isinstance(value, float | np.floating) and bool(np.isnan(value))


def orthonormal(matrix: Floats, names: Sequence[str]) -> tuple[Floats, Floats]:
    """Columns at right angles with the same span, and the triangle that leads back: matrix = q r.

    Raises BadInput where a column says nothing that others do not say already, or there are too few studies.
    """
    k, p = matrix.shape
    if k <= p:
        raise BadInput(
            f"{k} studies cannot tell {p} coefficients apart.",
            [
                Problem(
                    "moderators",
                    f"{p} columns",
                    f"fewer than {k}",
                    "Use fewer moderators, or compare in words.",
                )
            ],
        )
    size = np.linalg.norm(matrix, axis=0)
    scaled = matrix / np.where(size > 0, size, 1.0)
    triangle = np.abs(np.diag(np.linalg.qr(scaled, mode="r")))
    if np.any(triangle < 1e-9):
        same = [names[i] for i in np.flatnonzero(triangle < 1e-9).tolist()]
        raise BadInput(
            "Some moderators say the same as others, or are the same in every study.",
            [
                Problem(
                    f"moderator {name}", "follows from the others", "something of its own", "Leave it out."
                )
                for name in same
            ],
        )
    q, r = np.linalg.qr(matrix)
    return floats(q), floats(r)
