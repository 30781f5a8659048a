"""``wherewithal screening``: how early a model would have found what a finished review included."""

from __future__ import annotations

import json
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from wherewithal.analyse.reviews.screening.labelled import LabelledRecords
    from wherewithal.analyse.reviews.screening.simulation import Run

FIGURES = ("recall10", "wss95", "atd", "loss", "ndcg", "read", "cpu_seconds")


@click.group(epilog="Example: wherewithal screening simulate review.csv --seeds 5")
def screening() -> None:
    """Screening: try a model on a review that is finished."""


@screening.command(
    epilog="Example: wherewithal screening simulate review.csv --seeds 5 --json",
    help=(
        "Screen the finished review DATA again with a model that learns from each decision.\n\n"
        "DATA is a CSV with the columns title, abstract and label_included (1 or 0). Each run starts from "
        "one inclusion and one exclusion drawn by its seed, which the figures leave out, and ends when every "
        "inclusion is found."
    ),
)
@click.argument("data", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--seeds", type=click.IntRange(1, 1000), default=1, help="How many runs, with seeds 1, 2, ...")
@click.option("--seed", type=int, help="One run with this seed, instead of --seeds.")
@click.option("--given", nargs=2, type=int, help="Start from these two records (0 is the first), not a draw.")
@click.option(
    "--model",
    default="words",
    show_default=True,
    help="The model; another's name is refused with those there are.",
)
@click.option("--label", default="", help="The column of decisions, where it has another name.")
@click.option(
    "--every-decision",
    is_flag=True,
    help="Learn after every decision, as ASReview does: slower, hardly better.",
)
@click.option(
    "--order", type=click.Path(dir_okay=False, path_type=Path), help="Write the order of reading to this CSV."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def simulate(
    data: Path, seeds: int, seed: int | None, given: tuple[int, int] | None, model: str, label: str,
    every_decision: bool, order: Path | None, as_json: bool,
) -> None:  # fmt: skip
    from wherewithal.analyse.reviews.screening import simulation
    from wherewithal.analyse.reviews.screening.labelled import read_labelled
    from wherewithal.analyse.reviews.screening.ranking.models import model_named

    maker = model_named(model)
    records = read_labelled(data, label=label)
    batch = simulation.one_by_one if every_decision else simulation.batch_after
    started = time.process_time()
    ranker = maker(records.texts)
    reading = time.process_time() - started
    runs = []
    for number in [seed] if seed is not None else range(1, seeds + 1):
        start = _checked(given, records) if given else simulation.drawn_by(number, records.included)
        drawn = None if given else number
        runs.append(simulation.simulate(ranker, records.included, start, seed=drawn, batch=batch))
        if given:
            break
    if order:
        _write_order(order, runs)
    if as_json:
        click.echo(json.dumps(_figures(records, model, runs, reading)))
        return
    click.echo(
        f"{records.name}: {len(records.texts):,} records, {records.inclusions:,} included; model {model}"
    )
    click.echo(f"{'seed':>6}" + "".join(f"{name:>13}" for name in FIGURES))
    for run in runs:
        cells = _row(run)
        click.echo(f"{run.seed if run.seed is not None else 'given':>6}" + _line(cells))
    if len(runs) > 1:
        click.echo(f"{'median':>6}" + _line(_median(runs)))


def _checked(given: tuple[int, int], records: LabelledRecords) -> tuple[int, int]:
    for number in given:
        if not 0 <= number < len(records.texts):
            raise click.UsageError(
                f"--given: there is no record {number}; they go from 0 to {len(records.texts) - 1}."
            )
    if records.included[given[0]] == records.included[given[1]]:
        raise click.UsageError("--given: give one record that was included and one that was excluded.")
    return given


def _row(run: Run) -> dict[str, float]:
    return {**run.figures.as_dict(), "cpu_seconds": run.seconds}


def _median(runs: list[Run]) -> dict[str, float]:
    rows = [_row(run) for run in runs]
    return {name: float(median(row[name] for row in rows)) for name in FIGURES}


def _line(cells: dict[str, float]) -> str:
    return "".join(
        f"{cells[name]:>13,.0f}" if name == "read" else f"{cells[name]:>13.3f}" for name in FIGURES
    )


def _figures(records: LabelledRecords, model: str, runs: list[Run], reading: float) -> dict[str, object]:
    return {
        "data": records.name,
        "records": len(records.texts),
        "included": records.inclusions,
        "model": model,
        "reading_cpu_seconds": round(reading, 4),
        "runs": [{"seed": run.seed, "given": list(run.given), **_row(run)} for run in runs],
        "median": _median(runs),
    }


def _write_order(path: Path, runs: list[Run]) -> None:
    lines = ["seed,place,record"]
    for run in runs:
        name = "" if run.seed is None else run.seed
        lines.extend(f"{name},{place - 1},{record}" for place, record in enumerate(run.order))
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")
