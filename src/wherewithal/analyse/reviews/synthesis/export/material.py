"""What is exported and how it is pooled: names made harmless, columns that do not clash."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from wherewithal.errors import BadInput, Problem
from wherewithal.spreadsheets import harmless

OWN = ("study", "yi", "vi", "group", "order", "cluster")
"""Columns of the folder's data that no moderator may be called."""


@dataclass(frozen=True)
class Settings:
    """How the studies are pooled and shown: ``measure`` is a key of ``MEASURES`` or blank, ``title`` the review's.

    ``correlation`` is assumed between errors of effects of one study, where there are several (None: independent).
    """

    method: str = "REML"
    test: str = "z"
    confidence: float = 0.95
    measure: str = ""
    better: Literal["higher", "lower"] | None = None
    left: str = ""
    right: str = ""
    title: str = "Synthesis"
    correlation: float | None = None


@dataclass(frozen=True)
class Studies:
    """What is exported: names, effects and variances (k,), and, where there are any, groups, moderators and years.

    A moderator is not a number where a study does not give it. ``cluster`` says which study each of several effects is
    from; they are then pooled by three levels as well.
    """

    names: Sequence[str]
    effects: Sequence[float]
    variances: Sequence[float]
    group: Sequence[str] = ()
    moderators: dict[str, Sequence[float]] = field(default_factory=dict)
    order: Sequence[float] = ()
    left_out: Sequence[str] = ()
    cluster: Sequence[str] = ()


def told(values: Sequence[float]) -> list[int]:
    """The rows of the studies that give a moderator."""
    return [row for row, value in enumerate(values) if not math.isnan(value)]


def ready(studies: Studies) -> Studies:
    """Names that no spreadsheet runs as a formula, and columns whose names do not clash."""
    clash = [name for name in studies.moderators if name in OWN]
    if clash:
        raise BadInput(
            "A moderator has the name of a column that the folder has already.",
            [Problem(f"moderator {name}", name, "another name", "Rename the column.") for name in clash],
        )
    return replace(
        studies,
        names=[harmless(name) for name in studies.names],
        group=[harmless(name) for name in studies.group],
        cluster=[harmless(name) for name in studies.cluster],
    )
