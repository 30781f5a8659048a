"""How long figures take: LAIT's 641,070 rows, the department's files, one area's profile, and the methods beside R.

    python3 run.py wherewithal --version          once, so that .venv is there
    .venv/bin/python benchmarks/indicators/run.py [--times 5] [--shared ../shared]

Every step is run ``--times`` times in this process and the median is given, after one run that is not counted. Where
``Rscript`` is installed the methods are timed beside R on the same rows in the same way, with a ratio and how far the
numbers are apart: beside PHEindicatormethods where that is installed, beside epitools where that is, and beside the
same formulas written for whole columns in R itself. What is not installed is named in the output.
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
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from wherewithal.analyse.needs import Figures, profile, statistical_neighbours
from wherewithal.analyse.needs.authorities import numbers_by_code
from wherewithal.analyse.needs.dfe import indicator_rows
from wherewithal.analyse.needs.standings import standings
from wherewithal.sources.explore_education import is_data_set, read_data_set
from wherewithal.sources.files import read_text
from wherewithal.sources.fingertips import read_export
from wherewithal.sources.lait import ENGLAND_NUMBER, read_lait
from wherewithal.sources.statistical_neighbours import read_statistical_neighbours
from wherewithal.statistics.columns import proportions, rates
from wherewithal.statistics.inequality import Group, gradient
from wherewithal.statistics.intervals import exact_poisson
from wherewithal.statistics.standardisation import ESP2013, directly_standardised_rate

HERE = Path(__file__).resolve().parents[2]
TRAFFORD = 358
RATES = 100_000
EXACT = 1_000
PLACES = 500


@dataclass(frozen=True)
class Method:
    """One method timed here and in R: what it is of, our work, and how R says it."""

    key: str
    name: str
    size: str
    work: Callable[[], object]
    numbers: Callable[[Any], Sequence[float]]


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
    methods = _methods()
    ours = {}
    for method in methods:
        timed(method.name, method.size, method.work)
        ours[method.key] = rows[-1][2]
    _print(rows, asked.times)
    _print_peers(methods, ours, asked.times)


def _counts() -> list[tuple[float, float]]:
    return [(number % 97 + 1.0, 1000.0 + number) for number in range(RATES)]


def _places() -> list[tuple[list[float], list[float]]]:
    """Events and people of 500 places in the nineteen bands of the European Standard Population."""
    return [
        (
            [float((place * 7 + band * 3) % 23) for band in range(19)],
            [1000.0 + 13 * place + band for band in range(19)],
        )
        for place in range(PLACES)
    ]


def _groups() -> list[Group]:
    return [Group(5000 + 100 * place, 75 + place, error=1.5) for place in range(10)]


def _methods() -> list[Method]:
    pairs = _counts()
    counts, people = (np.array([pair[place] for pair in pairs]) for place in (0, 1))
    places, groups = _places(), _groups()
    standard = list(ESP2013.values())
    return [
        Method(
            "rates",
            "Rates with Byar's or exact limits",
            f"{RATES:,}",
            lambda: rates(counts, people),
            lambda found: [*found.value, *found.low, *found.high],
        ),
        Method(
            "proportions",
            "Proportions with Wilson's limits",
            f"{RATES:,}",
            lambda: proportions(counts, people),
            lambda found: [*found.low, *found.high],
        ),
        Method(
            "exact",
            "Exact limits of a count, one by one",
            f"{EXACT:,}",
            lambda: [exact_poisson(count) for count in counts[:EXACT]],
            lambda found: [limit for each in found for limit in each],
        ),
        Method(
            "standardised",
            "Directly standardised rates",
            f"{PLACES} places, 19 ages",
            lambda: [directly_standardised_rate(x, n, standard) for x, n in places],
            lambda found: [each.value for each in found],
        ),
        Method(
            "gradient",
            "Slope and relative index with intervals",
            "10 groups, 100,000 draws",
            lambda: gradient(groups),
            lambda found: [found.slope, found.ratio],
        ),
    ]


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


def _print_peers(methods: Sequence[Method], ours: Mapping[str, float], times: int) -> None:
    """The methods beside whatever of R is installed, or plainly that it is not."""
    rscript = shutil.which("Rscript")
    if rscript is None:
        print("\nR is not installed here, so nothing is timed beside it.")
        return
    with tempfile.TemporaryDirectory(prefix="indicators-") as name:
        folder = Path(name)
        _write(folder / "given.csv", ["count", "people"], _counts())
        _write(
            folder / "places.csv",
            ["place", "count", "people", "standard"],
            [
                (place, count, people, weight)
                for place, (counts, lives) in enumerate(_places())
                for count, people, weight in zip(counts, lives, ESP2013.values(), strict=True)
            ],
        )
        lines = [(place, group.people, group.value, group.error) for place, group in enumerate(_groups(), 1)]
        _write(folder / "groups.csv", ["quantile", "people", "value", "error"], lines)
        done = subprocess.run(
            [rscript, str(Path(__file__).with_name("peers.R")), str(times), str(EXACT)],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            print(f"\nR could not be timed: {done.stderr.strip()[-300:]}")
            return
        found = [line.split("\t") for line in done.stdout.splitlines()]
        timings = [(line[1], line[2], float(line[3])) for line in found if line[0] == "time"]
        numbers = {(peer, key): _read(folder / f"{peer}-{key}.txt") for peer, key, _ in timings}
    absent = [line[1] for line in found if line[0] == "absent"]
    if absent:
        print(f"\nNot installed here, so not timed: the R package {' and '.join(absent)}.")
    named = {method.key: method for method in methods}
    print("\n| method | size | beside | ours s | theirs s | theirs / ours | numbers apart by at most |")
    print("|---|---|---|---:|---:|---:|---:|")
    for peer, key, theirs in timings:
        method = named[key]
        apart = _apart(list(method.numbers(method.work())), numbers[peer, key])
        print(
            f"| {method.name} | {method.size} | {peer} | {ours[key]:.4f} | {theirs:.4f} | "
            f"{theirs / ours[key]:.1f} | {apart:.0e} |"
        )


def _read(path: Path) -> list[float]:
    return [float(line) for line in path.read_text().split()]


def _apart(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The largest relative difference."""
    assert len(ours) == len(theirs), (len(ours), len(theirs))
    return max(abs(a - b) / max(abs(b), 1e-12) for a, b in zip(ours, theirs, strict=True))


def _write(path: Path, header: list[str], lines: list) -> None:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([header, *lines])


def _print(rows: list[tuple[str, str, float, str]], times: int) -> None:
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, median of {times}.\n")
    print("| step | size | seconds | asked for |")
    print("|---|---|---:|---|")
    for step, size, seconds, target in rows:
        print(f"| {step} | {size} | {seconds:.3f} | {target} |")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--times", type=int, default=5)
    shared = os.environ.get("WHEREWITHAL_SHARED") or HERE.parent / "shared"
    parser.add_argument("--shared", type=Path, default=Path(shared))
    return parser.parse_args()


if __name__ == "__main__":
    main()
