"""The printed table of weights: what each outcome of a comparison counts, and how it is said."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

MISSING = 0
"""The outcome of every field that one of the two records does not give."""


class Field(NamedTuple):
    """One field: its outcomes in the order of the table, each with bits and words. Outcome 0 is ``MISSING``."""

    name: str
    outcomes: tuple[str, ...]
    bits: NDArray[np.float64]
    words: tuple[str, ...]

    def number(self, outcome: str) -> int:
        return self.outcomes.index(outcome)


class Weights(NamedTuple):
    merge: float
    ask: float
    fields: Mapping[str, Field]

    def outcome(self, field: str, outcome: str) -> int:
        return self.fields[field].number(outcome)


@cache
def weights() -> Weights:
    table = tomllib.loads((files(__package__) / "weights.toml").read_text(encoding="utf-8"))
    fields = {}
    for name, outcomes in table.items():
        if isinstance(outcomes, dict):
            fields[name] = Field(
                name,
                ("missing", *outcomes),
                np.array([0.0, *(bits for bits, _ in outcomes.values())]),
                ("", *(words for _, words in outcomes.values())),
            )
    return Weights(float(table["merge"]), float(table["ask"]), fields)
