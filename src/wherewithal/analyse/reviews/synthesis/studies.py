"""Effects with their variances as people bring them: every problem named, before any arithmetic."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from wherewithal.errors import BadInput, Problem

Floats = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]


class DidNotConverge(BadInput):
    """The numbers were read, and the method found no solution for them: there is no result, not a rough one."""


def floats(values: npt.ArrayLike) -> Floats:
    """The values as an array of double precision, whatever numpy calls them."""
    return np.asarray(values, dtype=np.float64)


def checked(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    *,
    labels: Sequence[str] | None = None,
    fewest: int = 2,
) -> tuple[Floats, Floats]:
    """The effects and their sampling variances as arrays of shape (k,).

    ``labels`` name the studies in messages; without them they are counted from 1. Raises BadInput, with one
    Problem an entry, for values that are missing or not finite, for variances that are not above nought, and
    where fewer than ``fewest`` studies are left to work with.
    """
    y = numbers(effects, "effects")
    v = numbers(variances, "variances")
    if y.size != v.size:
        raise BadInput(f"There are {y.size} effects and {v.size} variances: one of each is needed a study.")
    problems = []
    for number, (effect, variance) in enumerate(zip(y, v, strict=True)):
        where = labels[number] if labels is not None else f"study {number + 1}"
        if not np.isfinite(effect):
            problems.append(
                Problem(where, "no effect", "a number", "Give the effect, or leave the study out and say so.")
            )
        if not np.isfinite(variance):
            problems.append(
                Problem(
                    where,
                    "no variance",
                    "a number above 0",
                    "Work it out from the standard error or interval.",
                )
            )
        elif variance < 0:
            problems.append(
                Problem(
                    where,
                    f"a variance of {variance:g}",
                    "a number above 0",
                    "A variance is a standard error squared, never negative: look for a column that was mistaken.",
                )
            )
        elif variance == 0:
            problems.append(
                Problem(
                    where,
                    "a variance of 0",
                    "a number above 0",
                    "No study knows its effect exactly: look for a standard error left out or rounded to 0.",
                )
            )
    if problems:
        raise BadInput("These studies cannot be put together as they are.", problems)
    enough(y.size, fewest)
    return y, v


def enough(count: int, fewest: int) -> None:
    """Raises BadInput where fewer than ``fewest`` studies are left."""
    if count < fewest:
        found = {0: "no studies", 1: "one study"}.get(count, f"{count} studies")
        raise BadInput(
            f"There {'is' if count == 1 else 'are'} {found}, and this needs at least {fewest}.",
            [
                Problem(
                    "studies",
                    found,
                    f"{fewest} or more",
                    "Report a single study as it stands, with its own interval; there is nothing to pool.",
                )
            ]
            if count < 2
            else (),
        )


def numbers(values: npt.ArrayLike, what: str) -> Floats:
    """An array of shape (k,). Raises BadInput for what is not a list of numbers."""
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise BadInput(f"The {what} are not all numbers: {error}.") from error
    if array.ndim != 1:
        raise BadInput(f"The {what} are a table of shape {array.shape}; expected a list, one a study.")
    return array
