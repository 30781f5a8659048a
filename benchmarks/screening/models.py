"""Simulated screening with several of our models on every shared review, beside what ASReview's ELAS u4 would do.

    .venv/bin/python benchmarks/screening/models.py [--models meaning ...] [--seeds 3] [--every-decision]

Each shared review is shuffled as in ``run.py`` and screened again from the same drawn starts by "words" learning after
every decision, which is ELAS u4's order (``run.py`` shows how nearly), and by each model named as it runs; with
``--every-decision`` all of them learn so often, which takes ten times longer.
Figures are medians over the seeds; the difference in loss is over the pairs of review and seed. Reviews of SYNERGY, on
which settings were chosen, are summed up apart from the others. The model "meaning" reads every abstract with its
language model once, which takes about twenty minutes of processor for all reviews.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import mean, median

sys.path.insert(0, str(Path(__file__).resolve().parent))

from run import HERE, _shuffled

ELAS = "ELAS u4's order"


def main() -> None:
    asked = _arguments()
    with (asked.shared / "data" / "screening" / "INDEX.csv").open(encoding="utf-8", newline="") as file:
        reviews = [row for row in csv.DictReader(file) if not asked.reviews or row["name"] in asked.reviews]
    losses: dict[str, dict[str, list[float]]] = {}
    beside = [ELAS, *asked.models]
    print("| review | chosen on | " + " | ".join(beside) + " |")
    print("|---" * (len(beside) + 2) + "|")
    with tempfile.TemporaryDirectory(prefix="models-") as folder:
        for row in reviews:
            name = row["name"]
            review, _labels = _shuffled(asked.shared / "data" / "screening" / f"{name}.csv", Path(folder))
            losses[name] = _losses(review, asked.models, asked.seeds, asked.every_decision)
            chosen = "yes" if row["family"] == "SYNERGY" else ""
            cells = " | ".join(f"{median(each):.4f}" for each in losses[name].values())
            print(f"| {name} | {chosen} | {cells} |", flush=True)
    print()
    for title, wanted in (("SYNERGY", True), ("the others", False)):
        names = [row["name"] for row in reviews if (row["family"] == "SYNERGY") is wanted]
        if names:
            print(_summed_up(title, names, losses))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--models", nargs="*", default=["words", "terms", "meaning"])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument(
        "--every-decision", action="store_true", help="Every model learns as often as ELAS u4."
    )
    parser.add_argument("--reviews", nargs="*", default=[])
    shared = os.environ.get("WHEREWITHAL_SHARED") or HERE.parent / "shared"
    parser.add_argument("--shared", type=Path, default=Path(shared))
    return parser.parse_args()


def _losses(review: Path, models: list[str], seeds: int, often: bool) -> dict[str, list[float]]:
    """Every model's loss for each seed."""
    every = _told(review, ["words"], seeds, "--every-decision")
    found = {ELAS: [run["loss"] for run in every["runs"]]}
    told = _told(review, models, seeds, *["--every-decision"] * often)
    for each in told.get("models", [told]):
        found[each["model"]] = [run["loss"] for run in each["runs"]]
    return found


def _told(review: Path, models: list[str], seeds: int, *more: str) -> dict:
    command = [Path(sys.executable).parent / "wherewithal", "screening", "simulate", review, "--json",
               "--seeds", seeds, *more]  # fmt: skip
    command += [part for model in models for part in ("--model", model)]
    said = subprocess.run([str(part) for part in command], capture_output=True, check=True, text=True)
    return json.loads(said.stdout)


def _summed_up(title: str, names: list[str], losses: dict[str, dict[str, list[float]]]) -> str:
    base = mean(median(losses[name][ELAS]) for name in names)
    parts = [f"{len(names)} reviews of {title}: mean of the median losses {base:.4f} with {ELAS}"]
    for model in [each for each in losses[names[0]] if each != ELAS]:
        here = mean(median(losses[name][model]) for name in names)
        pairs = [
            theirs - ours
            for name in names
            for ours, theirs in zip(losses[name][model], losses[name][ELAS], strict=True)
        ]
        won = sum(median(losses[name][model]) < median(losses[name][ELAS]) for name in names)
        parts.append(
            f"{here:.4f} with {model} ({(here - base) / base:+.1%}; lower on {won} of {len(names)} reviews "
            f"and in {sum(pair > 0 for pair in pairs)} of {len(pairs)} runs)"
        )
    return "; ".join(parts) + "."


if __name__ == "__main__":
    main()
