"""Pooling and more: Wherewithal beside metafor, statsmodels and PyMARE, on every shared set.

    python3 run.py wherewithal --version          once, so that .venv is there
    apt-get install --no-install-recommends r-base-core r-cran-metafor r-cran-clubsandwich   for metafor
    .venv/bin/python benchmarks/synthesis/run.py [--repeats 20] [--shared ../shared] [--peer FOLDER]

Prints the tables of README.md. The peers are installed into a virtual environment of their own, in a temporary folder
unless --peer names one that has them. Seconds are processor seconds a fit (user and system), medians of three rounds,
ours and the peers' one after the other. Differences are relative, to metafor's figures and to ours with ``exact``;
PyMARE's standard errors are those of Knapp and Hartung and are compared with ours of that test. Where there is no R
with metafor, that part says so and the rest runs.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from types import SimpleNamespace
from typing import Any

import numpy as np

from wherewithal.analyse.reviews.synthesis import effect_sizes, leave_one_out, multilevel, pool
from wherewithal.analyse.reviews.synthesis.between import NAMES

PEERS = ("statsmodels==0.15.0", "pymare==0.0.13")
HERE = Path(__file__).resolve().parents[2]


def main() -> None:
    asked = _arguments()
    folder = asked.shared / "data" / "meta"
    reference = json.loads((folder / "metafor_reference.json").read_text(encoding="utf-8"))
    sets = {name: _set(made) for name, made in reference["escalc"].items() if name in reference["uni"]}
    with tempfile.TemporaryDirectory(prefix="synthesis-") as work:
        peer = asked.peer or _installed(Path(work) / "peer")
        given = Path(work) / "sets.json"
        given.write_text(json.dumps({n: {"y": y.tolist(), "v": v.tolist()} for n, (y, v) in sets.items()}))
        command = [peer / "bin" / "python", Path(__file__).parent / "peers.py", given, str(asked.repeats)]
        said = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=True)
    print(_beside_metafor(sets, folder, asked.repeats))
    print(_against_peers(sets, json.loads(said.stdout), asked.repeats))
    print(_against_metafor(sets, reference, asked.repeats))
    print(_speed(folder))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--repeats", type=int, default=20)
    shared = os.environ.get("WHEREWITHAL_SHARED") or HERE.parent / "shared"
    parser.add_argument("--shared", type=Path, default=Path(shared))
    parser.add_argument("--peer", type=Path, help="a virtual environment that has the peers already")
    return parser.parse_args()


def _installed(folder: Path) -> Path:
    venv.create(folder, with_pip=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    if subprocess.run([*pip, *PEERS], check=False).returncode:
        names = [peer.split("==")[0] for peer in PEERS]
        print("The pinned peers are not to be had; the newest are taken.", file=sys.stderr)
        subprocess.run([*pip, *names], check=True)
    return folder


def _set(made: dict[str, list[float]]) -> tuple[np.ndarray, np.ndarray]:
    y, v = (
        np.array([np.nan if x in (None, "NA") else x for x in made[key]], dtype=float) for key in ("yi", "vi")
    )
    there = np.isfinite(y) & np.isfinite(v)
    return y[there], v[there]


def _timed(fit: Callable[[], Any], repeats: int) -> float:
    rounds = []
    for _ in range(3):
        start = time.process_time()
        for _ in range(repeats):
            fit()
        rounds.append((time.process_time() - start) / repeats)
    return median(rounds)


def _apart(one: float, other: float) -> float:
    if one == other:
        return 0.0
    return abs(one - other) / max(abs(other), 1e-9) if np.isfinite(one) else float("inf")


def _large() -> tuple[np.ndarray, np.ndarray]:
    """1,000 made-up studies."""
    draw = np.random.default_rng(1)
    v = draw.uniform(0.01, 0.2, 1000)
    return draw.normal(0.2, np.sqrt(v + 0.05)), v


def _levels(folder: Path) -> dict[str, tuple[np.ndarray, np.ndarray, list[str]]]:
    """Sets of several effects a study: effects, variances and whose they are; the last is the largest there is."""
    found = {}
    for name, study in (("tannersmith2016", "studyid"), ("besson2016", "study_ID")):
        with (folder / f"dat.{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        if "yi" in rows[0]:
            y, v = (np.array([float(row[key]) for row in rows]) for key in ("yi", "vi"))
            there = np.ones(y.size, dtype=bool)
        else:
            columns = {
                ours: np.array([_number(row[theirs]) for row in rows])
                for ours, theirs in (
                    ("m1i", "exp_mean"), ("sd1i", "exp_se"), ("n1i", "exp_n"),
                    ("m2i", "con_mean"), ("sd2i", "con_se"), ("n2i", "con_n"),
                )
            }  # fmt: skip
            for group in "12":
                columns[f"sd{group}i"] = columns[f"sd{group}i"] * np.sqrt(columns[f"n{group}i"])
                columns[f"sd{group}i"][columns[f"sd{group}i"] <= 0] = np.nan
            made = effect_sizes("SMD", columns)
            y, v, there = made.effects, made.variances, made.there
        whose = [row[study] for row, is_there in zip(rows, there, strict=True) if is_there]
        found[f"{name} ({there.sum()} effects, {len(set(whose))} studies)"] = y[there], v[there], whose
    return found


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _run_r(sets: dict, folder: Path, repeats: int) -> list[dict[str, str]] | None:
    """What metafor says, or None where R or metafor is not here."""
    if shutil.which("Rscript") is None:
        return None
    with tempfile.TemporaryDirectory(prefix="synthesis-r-") as work:
        given = Path(work)
        many = [
            [name, repr(a), repr(b)]
            for name, (y, v) in sets.items()
            for a, b in zip(y.tolist(), v.tolist(), strict=True)
        ]
        _csv(given / "sets.csv", [["set", "y", "v"], *many])
        large = [[repr(a), repr(b)] for a, b in zip(*(x.tolist() for x in _large()), strict=True)]
        _csv(given / "large.csv", [["y", "v"], *large])
        rows = [
            [name.replace(",", ";"), repr(float(a)), repr(float(b)), who, number]
            for name, (y, v, whose) in _levels(folder).items()
            for number, (a, b, who) in enumerate(zip(y, v, whose, strict=True))
        ]
        _csv(given / "levels.csv", [["set", "y", "v", "study", "effect"], *rows])
        command = ["Rscript", str(Path(__file__).parent / "metafor.R"), work, str(repeats)]
        said = subprocess.run(command, capture_output=True, text=True, check=False)
    if said.returncode:
        print(said.stderr, file=sys.stderr)
        return None
    return list(csv.DictReader(said.stdout.splitlines()))


def _csv(path: Path, rows: list[list[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def _beside_metafor(sets: dict, folder: Path, repeats: int) -> str:
    rows = _run_r(sets, folder, repeats)
    if rows is None:
        return (
            "### Beside metafor in the same run\n\nR with metafor and clubSandwich is not on this machine.\n"
        )
    lines = [
        f"### Beside metafor in the same run ({rows[0]['kind'].removeprefix('version ')})",
        "",
        "| what | sets | estimate: largest difference | se: largest | tau²: largest | metafor, ms | ours, ms | ratio |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for method in NAMES:
        theirs = [row for row in rows if row["kind"] == method]
        if not theirs:
            lines.append(f"| {method}, one fit | 0: this metafor has it not | | | | | | |")
            continue
        far, ratios, ms = [], [], []
        for row in theirs:
            y, v = sets[row["set"]]
            ours = pool(y, v, method=method)
            far.append(
                [
                    _apart(getattr(ours, name), float(row[key]))
                    for name, key in (("estimate", "estimate"), ("se", "se"), ("tau2", "tau2"))
                ]
            )
            seconds = _timed(lambda: pool(y, v, method=method), repeats)  # noqa: B023
            ratios.append(float(row["seconds"]) / seconds)
            ms.append((1000 * float(row["seconds"]), 1000 * seconds))
        most = np.array(far).max(axis=0)
        lines.append(
            f"| {method}, one fit | {len(theirs)} | {' | '.join(f'{x:.0e}' for x in most)} | "
            f"{median(t for t, _ in ms):.2f} | {median(o for _, o in ms):.2f} | {median(ratios):.0f} |"
        )
    y, v = _large()
    one = next(row for row in rows if row["kind"] == "large REML")
    lines.append(_line("REML, 1,000 studies", one, pool(y, v), lambda: pool(y, v)))
    hundred = next(row for row in rows if row["kind"] == "leave one out of 100")
    lines.append(
        _line("leave one out of 100 studies", hundred, None, lambda: leave_one_out(y[:100], v[:100]))
    )
    for name, (y3, v3, whose) in _levels(folder).items():
        levels = {"study": whose, "effect": list(range(len(whose)))}
        fit = multilevel(y3, v3, levels)
        for kind in ("three levels", "three levels with CR2"):
            row = next(r for r in rows if r["kind"] == kind and r["set"] == name.replace(",", ";"))
            each = fit.robust[0] if kind.endswith("CR2") else fit.coefficients[0]
            found = SimpleNamespace(estimate=each.estimate, se=each.se, tau2=sum(fit.variances.values()))
            lines.append(_line(f"{kind}, {name}", row, found, lambda: multilevel(y3, v3, levels)))  # noqa: B023
    lines += ["", "Ours always works out CR2 with a model of several levels: both rows are the same fit.", ""]
    return "\n".join(lines)


def _line(name: str, row: dict[str, str], ours: Any, work: Callable[[], Any]) -> str:
    far = "  |  |  "
    if ours is not None:
        far = " | ".join(
            f"{_apart(getattr(ours, key), float(row[key])):.0e}" for key in ("estimate", "se", "tau2")
        )
        far = f" {far} "
    seconds = _timed(work, 5)
    theirs = float(row["seconds"])
    return f"| {name} | 1 |{far}| {1000 * theirs:.1f} | {1000 * seconds:.2f} | {theirs / seconds:.0f} |"


def _against_peers(sets: dict, peers: dict, repeats: int) -> str:
    lines = [
        f"### Beside statsmodels and PyMARE ({len(sets)} sets)",
        "",
        "| peer and estimator | sets it fits | estimate: median, largest difference | se: median, largest | "
        "tau²: median, largest | peer, ms | ours, ms | ratio |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for peer, results in peers.items():
        method = peer.split()[1]
        test = "knha" if peer.startswith("PyMARE") and method != "EE" else "z"
        far: dict[str, list[float]] = {"estimate": [], "se": [], "tau2": []}
        theirs_ms, ours_ms, fitted = [], [], 0
        for name, (y, v) in sets.items():
            found = results[name]
            if "error" in found or not np.isfinite(found["estimate"]) or not np.isfinite(found["se"]):
                continue
            fitted += 1
            ours = pool(y, v, method=method, test=test, exact=True)
            for figure, values in far.items():
                values.append(_apart(found[figure], getattr(ours, figure)))
            theirs_ms.append(1000 * found["seconds"])
            ours_ms.append(1000 * _timed(lambda: pool(y, v, method=method, test=test), repeats))  # noqa: B023
        cells = [f"{median(values):.0e}, {max(values):.0e}" for values in far.values()]
        ratio = median(t / o for t, o in zip(theirs_ms, ours_ms, strict=True))
        lines.append(
            f"| {peer} | {fitted} of {len(sets)} | {' | '.join(cells)} | {median(theirs_ms):.2f} | "
            f"{median(ours_ms):.2f} | {ratio:.1f} |"
        )
    return "\n".join([*lines, ""])


def _against_metafor(sets: dict, reference: dict, repeats: int) -> str:
    lines = [
        "### Beside metafor's kept figures",
        "",
        "| estimator | figures compared | agree to 1e-6 | largest difference of the others | exact: agree to 1e-6 "
        "| ms |",
        "|---|---|---|---|---|---|",
    ]
    for method in NAMES:
        counted = {False: [0, 0], True: [0, 0]}
        largest, milliseconds = (0.0, ""), []
        for name, (y, v) in sets.items():
            for key, theirs in reference["uni"][name].items():
                if not isinstance(theirs, dict) or key.split("_")[0] != method or "tau2" not in theirs:
                    continue
                test = key.partition("_")[2] or "z"
                for exact, count in counted.items():
                    ours = pool(y, v, method=method, test=test, exact=exact)
                    pairs = {
                        "estimate": (ours.estimate, theirs["beta"]),
                        "se": (ours.se, theirs["se"]),
                        "low": (ours.ci.low, theirs["ci.lb"]),
                        "high": (ours.ci.high, theirs["ci.ub"]),
                        "p": (ours.p, theirs["pval"]),
                        "tau2": (ours.tau2, theirs["tau2"]),
                        "i2": (ours.i2, theirs["I2"]),
                        "q": (ours.q, theirs["QE"]),
                    }
                    for figure, (one, other) in pairs.items():
                        count[0] += 1
                        apart = _apart(one, other)
                        count[1] += apart < 1e-6
                        if not exact and apart >= 1e-6:
                            largest = max(largest, (apart, f"{name} {figure}"))
            milliseconds.append(1000 * _timed(lambda: pool(y, v, method=method), repeats))  # noqa: B023
        other = f"{largest[0]:.0e} ({largest[1]})" if largest[0] else ""
        exactly = counted[True]
        lines.append(
            f"| {method} | {counted[False][0]:,} | {counted[False][1]:,} | {other} | {exactly[1]:,} | "
            f"{median(milliseconds):.2f} |"
        )
    return "\n".join([*lines, ""])


def _speed(folder: Path) -> str:
    y, v = _large()
    sets = _levels(folder)
    work = {
        "REML, 1,000 studies": lambda: pool(y, v),
        "REML to the last digit, 1,000 studies": lambda: pool(y, v, exact=True),
        "1,000 leave-one-out fits of 1,000 studies, REML": lambda: leave_one_out(y, v),
    }
    for name, (y3, v3, whose) in sets.items():
        levels = {"study": whose, "effect": list(range(len(whose)))}
        work[f"three levels with CR2, {name}"] = partial(multilevel, y3, v3, levels)
    lines = ["### Larger work", "", "| | ms |", "|---|---|"]
    lines += [f"| {name} | {1000 * _timed(fit, 5):.1f} |" for name, fit in work.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
