"""The results of R's metafor 5.1-12 and clubSandwich 0.5.8 that lie beside the project, and how they are compared."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

AGREES = 1e-6
"""Relative difference that counts as the same; the smallest numbers are compared as they stand."""


def read(shared: Path) -> dict[str, Any]:
    with (shared / "meta" / "metafor_reference.json").open(encoding="utf-8") as file:
        return dict(json.load(file))


def table(shared: Path, name: str) -> dict[str, list[str]]:
    """A CSV of the folder by column, blanks and NA as empty text."""
    with (shared / "meta" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {column: ["" if row[column] == "NA" else row[column] for row in rows] for column in rows[0]}


def column(values: Iterable[str]) -> np.ndarray:
    return np.array([float(value) if value != "" else np.nan for value in values])


def effects(reference: Mapping[str, Any], name: str) -> tuple[np.ndarray, np.ndarray]:
    """Effects and variances of a set, without the studies that have none."""
    made = reference["escalc"][name]
    y, v = (
        np.array([np.nan if x in (None, "NA") else x for x in made[key]], dtype=float) for key in ("yi", "vi")
    )
    there = np.isfinite(y) & np.isfinite(v)
    return y[there], v[there]


def apart(ours: float | None, theirs: float | None) -> float:
    """Relative difference; nought where both say that there is no such number."""
    if theirs is None or ours is None or np.isnan(theirs):
        return 0.0 if theirs is None or np.isnan(theirs) else np.inf
    if ours == theirs:
        return 0.0
    return abs(ours - theirs) / max(abs(theirs), 1e-9)


def compared(pairs: Mapping[str, tuple[Any, Any]]) -> dict[str, float]:
    return {name: apart(ours, theirs) for name, (ours, theirs) in pairs.items()}
