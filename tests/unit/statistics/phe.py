"""The test data of the R package PHEindicatormethods, as the shared data holds it."""

from __future__ import annotations

import csv
from pathlib import Path


def rows_of(shared: Path, name: str) -> list[dict[str, str]]:
    with (shared / f"needs/phe/{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def number(text: str | None) -> float | None:
    return None if text is None or text.strip() in ("", "NA") else float(text)


def numbers(rows: list[dict[str, str]], column: str) -> list[float]:
    return [float(row[column] or 0) for row in rows]
