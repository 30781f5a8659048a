"""Pooling and more: Wherewithal beside statsmodels, PyMARE and the kept results of metafor, on every shared set.

    python3 run.py wherewithal --version          once, so that .venv is there
    .venv/bin/python benchmarks/synthesis/run.py [--repeats 20] [--shared ../shared] [--peer FOLDER]

Prints the tables of README.md. The peers are installed into a virtual environment of their own, in a temporary folder
unless --peer names one that has them. Seconds are processor seconds a fit (user and system), medians of three rounds,
ours and the peers' one after the other. Differences are relative, to metafor's kept figures and to ours with
``exact``; PyMARE's standard errors are those of Knapp and Hartung and are compared with ours of that test.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from wherewithal.analyse.reviews.synthesis import leave_one_out, multilevel, pool
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
        test = "knha" if peer.startswith("PyMARE") else "z"
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
    import csv

    draw = np.random.default_rng(1)
    v = draw.uniform(0.01, 0.2, 1000)
    y = draw.normal(0.2, np.sqrt(v + 0.05))
    with (folder / "dat.tannersmith2016.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    y3, v3 = (np.array([float(row[name]) for row in rows]) for name in ("yi", "vi"))
    levels = {"study": [row["studyid"] for row in rows], "effect": list(range(len(rows)))}
    work = {
        "REML, 1,000 studies": lambda: pool(y, v),
        "REML to the last digit, 1,000 studies": lambda: pool(y, v, exact=True),
        "1,000 leave-one-out fits of 1,000 studies, REML": lambda: leave_one_out(y, v),
        "three levels with CR2, 113 effects (Tanner-Smith 2016)": lambda: multilevel(y3, v3, levels),
    }
    lines = ["### Larger work", "", "| | ms |", "|---|---|"]
    lines += [f"| {name} | {1000 * _timed(fit, 5):.1f} |" for name, fit in work.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
