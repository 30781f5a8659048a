"""Simulated screening: Wherewithal beside ASReview, whole process against whole process, on the same starts.

    python3 run.py wherewithal --version          once, so that .venv is there
    .venv/bin/python benchmarks/screening/run.py [--seeds 3] [--reviews Oud_2018 ...] [--shared ../shared]

Each shared review is shuffled (seed 42: some files list their inclusions first), then screened again by
``asreview simulate`` with ELAS u4 from one inclusion and one exclusion that its seed draws, and from the same two by
``wherewithal screening simulate`` with its default and with "words" learning after every decision, which is ELAS u4's
order. ASReview is installed into a virtual environment of its own, in a temporary folder unless --peer names one that
has it. Our source is compiled beforehand, as pip compiles the peer's. Processor time is the child process's own, user
and system; figures are medians over the seeds, computed for both by the same function from the order of reading.
"""

from __future__ import annotations

import argparse
import compileall
import csv
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path
from statistics import mean, median

import numpy as np

from wherewithal.analyse.reviews.screening.figures import Figures, figures_of

PEER = "asreview==2.2"
HERE = Path(__file__).resolve().parents[2]


def main() -> None:
    asked = _arguments()
    compileall.compile_dir(HERE / "src", quiet=1)
    with tempfile.TemporaryDirectory(prefix="screening-") as folder:
        work = Path(folder)
        peer = (asked.peer or _installed(work / "peer")).resolve()
        rows = []
        for name in asked.reviews or _reviews(asked.shared):
            review, labels = _shuffled(asked.shared / "data" / "screening" / f"{name}.csv", work)
            rows.append(_one(name, review, labels, peer, asked.seeds, work))
            print(_line(rows[-1]), file=sys.stderr, flush=True)
    print(_table(rows, asked.seeds))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--reviews", nargs="*", default=[])
    shared = os.environ.get("WHEREWITHAL_SHARED") or HERE.parent / "shared"
    parser.add_argument("--shared", type=Path, default=Path(shared))
    parser.add_argument("--peer", type=Path, help="a virtual environment that has ASReview already")
    return parser.parse_args()


def _installed(folder: Path) -> Path:
    venv.create(folder, with_pip=True)
    subprocess.run([folder / "bin" / "pip", "install", "--quiet", PEER], check=True)
    return folder


def _reviews(shared: Path) -> list[str]:
    with (shared / "data" / "screening" / "INDEX.csv").open(encoding="utf-8", newline="") as file:
        return [row["name"] for row in csv.DictReader(file)]


def _shuffled(path: Path, work: Path) -> tuple[Path, np.ndarray]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows = [rows[place] for place in np.random.default_rng(42).permutation(len(rows))]
    target = work / path.name
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["title", "abstract", "label_included"], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return target, np.array([row["label_included"] == "1" for row in rows])


def _one(
    name: str, review: Path, labels: np.ndarray, peer: Path, seeds: int, work: Path
) -> dict[str, object]:
    theirs, ours, exact, agree = [], [], [], []
    for seed in range(1, seeds + 1):
        project = work / f"{name}-{seed}.asreview"
        seconds = _processor_seconds(
            [peer / "bin" / "asreview", "simulate", review, "-o", project, "--n-prior-included", "1",
             "--n-prior-excluded", "1", "--prior-seed", str(seed), "--seed", str(seed)],
            work,
        )  # fmt: skip
        order = _order_of(project)
        theirs.append((seconds, figures_of(labels[order[2:]], records=len(labels) - 2)))
        given = sorted(order[:2], key=lambda record: not labels[record])
        ours.append(_ours(review, given, work))
        every = _ours(review, given, work, "--model", "words", "--every-decision")
        exact.append(every)
        agree.append(mean(a == b for a, b in zip(order[2:], every[2][2:], strict=False)))
    return {
        "name": name,
        "records": len(labels),
        "included": int(labels.sum()),
        "read": median(f.read for _, f in theirs),
        "their_seconds": median(s for s, _ in theirs),
        "our_seconds": median(s for s, _, _ in ours),
        "exact_seconds": median(s for s, _, _ in exact),
        "their": _medians([f for _, f in theirs]),
        "our": _medians([f for _, f, _ in ours]),
        "exact": _medians([f for _, f, _ in exact]),
        "agree": median(agree),
    }


def _ours(review: Path, given: list[int], work: Path, *more: str) -> tuple[float, Figures, list[int]]:
    target, order = work / "ours.json", work / "order.csv"
    command = [Path(sys.executable).parent / "wherewithal", "screening", "simulate", review, "--json",
               "--order", order, "--given", *map(str, given), *more]  # fmt: skip
    seconds = _processor_seconds(command, work, target)
    run = json.loads(target.read_text(encoding="utf-8"))["runs"][0]
    names = Figures.__dataclass_fields__
    with order.open(encoding="utf-8", newline="") as file:
        read = [int(row["record"]) for row in csv.DictReader(file)]
    return seconds, Figures(**{name: run[name] for name in names}), read


def _processor_seconds(command: list[object], folder: Path, out: Path | None = None) -> float:
    """``folder`` is where it runs: the peer leaves a file there."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    words = [str(part) for part in command]
    said = subprocess.run(words, capture_output=True, check=True, text=True, cwd=folder)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if out:
        out.write_text(said.stdout, encoding="utf-8")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _order_of(project: Path) -> list[int]:
    """The records in the order ASReview read them, the two given first."""
    with zipfile.ZipFile(project) as packed:
        inside = next(name for name in packed.namelist() if name.endswith("results.db"))
        results = project.with_suffix(".db")
        results.write_bytes(packed.read(inside))
    connection = sqlite3.connect(results)
    try:
        return [row[0] for row in connection.execute("SELECT record_id FROM results ORDER BY rowid")]
    finally:
        connection.close()


def _medians(figures: list[Figures]) -> dict[str, float]:
    return {name: median(getattr(each, name) for each in figures) for name in Figures.__dataclass_fields__}


HEAD = (
    "| review | records | included | read by ASReview | ASReview s | ours s | times | ELAS u4 s | times | "
    "same place | loss: ASReview | ours | ELAS u4 | WSS@95: ASReview | ours |"
)


def _line(row: dict) -> str:
    return (
        f"| {row['name']} | {row['records']:,} | {row['included']} | {row['read']:,.0f} "
        f"| {row['their_seconds']:.2f} | {row['our_seconds']:.2f} | {row['their_seconds'] / row['our_seconds']:.0f} "
        f"| {row['exact_seconds']:.2f} | {row['their_seconds'] / row['exact_seconds']:.0f} | {row['agree']:.1%} "
        f"| {row['their']['loss']:.4f} | {row['our']['loss']:.4f} | {row['exact']['loss']:.4f} "
        f"| {row['their']['wss95']:.3f} | {row['our']['wss95']:.3f} |"
    )


def _table(rows: list[dict], seeds: int) -> str:
    total = {key: sum(row[key] for row in rows) for key in ("their_seconds", "our_seconds", "exact_seconds")}
    lines = [HEAD, "|---" * HEAD.count(" | ") + "|---|", *map(_line, rows)]
    lines += [
        "",
        f"{len(rows)} reviews, medians of {seeds} seeds. In sum: ASReview {total['their_seconds']:.1f} s, "
        f"ours {total['our_seconds']:.1f} s ({total['their_seconds'] / total['our_seconds']:.1f} times less), ELAS u4 "
        f"with our solver {total['exact_seconds']:.1f} s "
        f"({total['their_seconds'] / total['exact_seconds']:.1f} times less).",
        "Mean loss: "
        + ", ".join(
            f"{name} {mean(row[key]['loss'] for row in rows):.4f}"
            for name, key in (("ASReview", "their"), ("ours", "our"), ("ELAS u4 with our solver", "exact"))
        )
        + ".",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
