"""How long figures take: LAIT's 641,070 rows, the department's files, one area's profile, and the methods.

    python3 run.py wherewithal --version          once, so that .venv is there
    .venv/bin/python benchmarks/indicators/run.py [--times 5] [--shared ../shared]

Every step is run ``--times`` times in this process and the median is given, after one run that is not counted. Where
``Rscript`` and the package PHEindicatormethods are installed, its rates and inequality indices are timed on the same
rows in the same way and given as a ratio; where they are not, nothing is said of them.
"""

from __future__ import annotations

import argparse
import csv
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

from wherewithal.analyse.needs import Figures, profile, statistical_neighbours
from wherewithal.analyse.needs.authorities import numbers_by_code
from wherewithal.analyse.needs.dfe import indicator_rows
from wherewithal.analyse.needs.standings import standings
from wherewithal.sources.explore_education import is_data_set, read_data_set
from wherewithal.sources.files import read_text
from wherewithal.sources.fingertips import read_export
from wherewithal.sources.lait import ENGLAND_NUMBER, read_lait
from wherewithal.sources.statistical_neighbours import read_statistical_neighbours
from wherewithal.statistics.estimates import crude_rate
from wherewithal.statistics.inequality import Group, gradient

HERE = Path(__file__).resolve().parents[2]
TRAFFORD = 358
RATES = 100_000
PEER = """
suppressPackageStartupMessages({library(PHEindicatormethods); library(dplyr)})
given <- read.csv("given.csv"); times <- as.integer(commandArgs(TRUE)[1])
middle <- function(work) {work(); median(replicate(times, system.time(work())[["elapsed"]]))}
cat(middle(function() phe_rate(given, count, people, confidence = 0.95)), "\\n")
groups <- read.csv("groups.csv")
cat(middle(function() phe_sii(groups, quantile, people, value = value, se = error, repetitions = 100000, rii = TRUE)))
"""


def main() -> None:
    asked = _arguments()
    folder = asked.shared / "data" / "needs"
    dfe = folder / "dfe"
    rows: list[tuple[str, str, float, str]] = []

    def timed(step: str, size: str, work: Callable[[], object], target: str = "") -> None:
        rows.append((step, size, _median(work, asked.times), target))
        print(f"{step}: {rows[-1][2]:.3f} s", file=sys.stderr, flush=True)

    parquet, dictionary = dfe / "bds_long_0.parquet", dfe / "lait_data_dictionary.csv"
    table = read_lait(parquet, dictionary)
    own = read_statistical_neighbours(dfe / "sn_model_2025_wide.csv")
    near = {number: [each.number for each in found.near] for number, found in own.items()}
    found = standings(table, near)
    timed(
        "Import LAIT and its dictionary",
        f"{len(table):,} rows",
        lambda: read_lait(parquet, dictionary),
        "under 10 s",
    )
    timed(
        "Ranks, quarters and neighbours, every measure and period",
        f"{len(found.series):,} series × {len(found.authorities)} authorities",
        lambda: standings(table, near),
        "under 2 s",
    )
    timed("All of it as one long table", f"{found.frame().height:,} rows", found.frame)
    lait_rows = table.rows_of([TRAFFORD, *near[TRAFFORD], ENGLAND_NUMBER])
    figures = Figures(lait_rows)
    hundred = set(list(figures.indicators)[:100])
    some = Figures(row for row in lait_rows if row.indicator_id in hundred)
    codes = {str(number): number for number in own}
    beside = statistical_neighbours(str(TRAFFORD), own, codes)
    timed(
        "Profile of an area",
        "100 indicators, 10 neighbours",
        lambda: profile(some, str(TRAFFORD), edition="", neighbours=beside),
        "page under 300 ms",
    )
    files = [path for path in sorted(dfe.glob("*.csv")) if is_data_set(read_text(path))]
    sets = [read_data_set(path) for path in files]
    size = sum(len(each.rows) for each in sets)
    timed(
        "Read Explore Education Statistics",
        f"{len(files)} files, {size:,} rows",
        lambda: [read_data_set(f) for f in files],
    )
    made = indicator_rows(sets)
    timed("Rates and shares with intervals from them", f"{len(made):,} values", lambda: indicator_rows(sets))
    _every_profile(timed, made, numbers_by_code(), own)
    export = folder / "phof" / "fingertips_90284_injuries_0_14.csv"
    timed("Read a Fingertips export", f"{len(read_export(export).rows):,} rows", lambda: read_export(export))
    counts = [(number % 97 + 1.0, 1000.0 + number) for number in range(RATES)]
    timed("Rates with Byar's or exact limits", f"{RATES:,}", lambda: [crude_rate(x, n) for x, n in counts])
    groups = [Group(5000 + 100 * place, 75 + place, error=1.5) for place in range(10)]
    timed("Slope and relative index with intervals", "10 groups, 100,000 draws", lambda: gradient(groups))
    _print(rows, asked.times, _peer(counts, groups, asked.times))


def _every_profile(timed: Callable[..., None], made: list, numbers: Mapping[str, int], own: dict) -> None:
    figures = Figures(made)
    areas = [code for code, number in numbers.items() if number in own]

    def every() -> None:
        for code in areas:
            profile(figures, code, edition="", neighbours=statistical_neighbours(code, own, numbers))

    timed("Profiles of all authorities", f"{len(areas)} authorities, 13 indicators", every)


def _median(work: Callable[[], object], times: int) -> float:
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return median(taken)


def _peer(counts: list[tuple[float, float]], groups: list[Group], times: int) -> list[float]:
    """Seconds of the R package for rates and indices; nothing where it is not installed."""
    rscript = shutil.which("Rscript")
    if rscript is None:
        print("Rscript is not here, so the R package is not timed.", file=sys.stderr)
        return []
    with tempfile.TemporaryDirectory(prefix="indicators-") as name:
        folder = Path(name)
        _write(folder / "given.csv", ["count", "people"], counts)
        lines = [(place, group.people, group.value, group.error) for place, group in enumerate(groups, 1)]
        _write(folder / "groups.csv", ["quantile", "people", "value", "error"], lines)
        (folder / "peer.R").write_text(PEER)
        done = subprocess.run(
            [rscript, "peer.R", str(times)], cwd=folder, capture_output=True, text=True, check=False
        )
    if done.returncode:
        print(f"The R package could not be timed: {done.stderr.strip()[-200:]}", file=sys.stderr)
        return []
    return [float(line) for line in done.stdout.split()]


def _write(path: Path, header: list[str], lines: list) -> None:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([header, *lines])


def _print(rows: list[tuple[str, str, float, str]], times: int, peer: list[float]) -> None:
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, median of {times}.\n")
    print("| step | size | seconds | asked for |")
    print("|---|---|---:|---|")
    for step, size, seconds, target in rows:
        print(f"| {step} | {size} | {seconds:.3f} | {target} |")
    for (step, _, seconds, _), theirs in zip(rows[-2:], peer, strict=False):
        print(f"\n{step}: PHEindicatormethods takes {theirs:.3f} s, {theirs / seconds:.1f} times ours.")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--times", type=int, default=5)
    shared = os.environ.get("WHEREWITHAL_SHARED") or HERE.parent / "shared"
    parser.add_argument("--shared", type=Path, default=Path(shared))
    return parser.parse_args()


if __name__ == "__main__":
    main()
