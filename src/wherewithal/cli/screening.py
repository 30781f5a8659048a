"""``wherewithal screening``: how early a model would have found what a finished review included."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from wherewithal.analyse.reviews.screening.labelled import LabelledRecords
    from wherewithal.analyse.reviews.screening.simulation import Run

FIGURES = ("recall10", "wss95", "atd", "loss", "ndcg", "read", "cpu_seconds")


@dataclass(frozen=True)
class _Tried:
    """One model's runs. ``reading`` is the processor time it took to read the texts."""

    model: str
    runs: list[Run]
    reading: float

    @property
    def median(self) -> dict[str, float]:
        rows = [_row(run) for run in self.runs]
        return {name: float(median(row[name] for row in rows)) for name in FIGURES}

    @property
    def curve(self) -> list[float]:
        """The median share found after each hundredth of the records."""
        return [
            round(float(median(shares)), 4) for shares in zip(*(r.recall for r in self.runs), strict=True)
        ]

    def as_dict(self) -> dict[str, Any]:
        return {
            "model": self.model,
            "reading_cpu_seconds": round(self.reading, 4),
            "runs": [{"seed": run.seed, "given": list(run.given), **_row(run)} for run in self.runs],
            "median": self.median,
            "recall_curve": self.curve,
        }


@click.group(epilog="Example: wherewithal screening simulate review.csv --seeds 5")
def screening() -> None:
    """Screening: try a model on a review that is finished."""


@screening.command(
    epilog="Example: wherewithal screening simulate review.csv --seeds 5 --model terms --model words --json",
    help=(
        "Screen the finished review DATA again with a model that learns from each decision.\n\n"
        "DATA is a CSV with the columns title, abstract and label_included (1 or 0). Each run starts from "
        "one inclusion and one exclusion drawn by its seed, which the figures leave out, and ends when every "
        "inclusion is found. Several models start from the same two."
    ),
)
@click.argument("data", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--seeds", type=click.IntRange(1, 1000), default=1, help="How many runs, with seeds 1, 2, ...")
@click.option("--seed", type=int, help="One run with this seed, instead of --seeds.")
@click.option("--given", nargs=2, type=int, help="Start from these two records (0 is the first), not a draw.")
@click.option(
    "--model",
    "models",
    multiple=True,
    default=("terms",),
    show_default=True,
    help="The model, or several to compare: 'words' is ASReview's. Another name is refused with those there are.",
)
@click.option("--question", default="", help="The review's question, which some models start from.")
@click.option("--label", default="", help="The column of decisions, where it has another name.")
@click.option(
    "--every-decision",
    is_flag=True,
    help="Learn after every decision, as ASReview does: slower, hardly better.",
)
@click.option(
    "--order", type=click.Path(dir_okay=False, path_type=Path), help="Write the order of reading to this CSV."
)
@click.option(
    "--chart",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the recall curves to this SVG, and as a table to a CSV beside it.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def simulate(
    data: Path, seeds: int, seed: int | None, given: tuple[int, int] | None, models: tuple[str, ...],
    question: str, label: str, every_decision: bool, order: Path | None, chart: Path | None, as_json: bool,
) -> None:  # fmt: skip
    from wherewithal.analyse.reviews.screening import simulation
    from wherewithal.analyse.reviews.screening.labelled import read_labelled
    from wherewithal.analyse.reviews.screening.ranking.models import model_named

    models = tuple(dict.fromkeys(models))
    makers = [(model, model_named(model)) for model in models]
    if chart and len(models) > 1:
        _few_enough(models)
    records = read_labelled(data, label=label)
    batch = simulation.one_by_one if every_decision else simulation.batch_after
    starts: list[tuple[int | None, tuple[int, int]]]
    if given:
        starts = [(None, _checked(given, records))]
    else:
        drawn = [seed] if seed is not None else range(1, seeds + 1)
        starts = [(number, simulation.drawn_by(number, records.included)) for number in drawn]
    tried = []
    for model, maker in makers:
        started = time.process_time()
        ranker = maker(records.texts, question=question)
        reading = time.process_time() - started
        runs = [
            simulation.simulate(ranker, records.included, start, seed=number, batch=batch)
            for number, start in starts
        ]
        tried.append(_Tried(model, runs, reading))
    if order:
        _write_order(order, tried)
    if chart:
        _write_chart(chart, records, tried)
    if as_json:
        click.echo(json.dumps(_figures(records, tried)))
        return
    click.echo(f"{records.name}: {len(records.texts):,} records, {records.inclusions:,} included")
    for each in tried:
        click.echo(f"model {each.model}")
        click.echo(f"{'seed':>6}" + "".join(f"{name:>13}" for name in FIGURES))
        for run in each.runs:
            click.echo(f"{run.seed if run.seed is not None else 'given':>6}" + _line(_row(run)))
        if len(each.runs) > 1:
            click.echo(f"{'median':>6}" + _line(each.median))


def _checked(given: tuple[int, int], records: LabelledRecords) -> tuple[int, int]:
    for number in given:
        if not 0 <= number < len(records.texts):
            raise click.UsageError(
                f"--given: there is no record {number}; they go from 0 to {len(records.texts) - 1}."
            )
    if records.included[given[0]] == records.included[given[1]]:
        raise click.UsageError("--given: give one record that was included and one that was excluded.")
    return given


def _few_enough(models: Sequence[str]) -> None:
    from wherewithal.charts.recall import MOST

    if len(models) > MOST:
        raise click.UsageError(
            f"--chart: one chart can tell {MOST} models apart, and {len(models)} are named."
        )


def _row(run: Run) -> dict[str, float]:
    return {**run.figures.as_dict(), "cpu_seconds": run.seconds}


def _line(cells: dict[str, float]) -> str:
    return "".join(
        f"{cells[name]:>13,.0f}" if name == "read" else f"{cells[name]:>13.3f}" for name in FIGURES
    )


def _figures(records: LabelledRecords, tried: Sequence[_Tried]) -> dict[str, Any]:
    """One object: a single model's figures in it as they always were, those of several under ``models``."""
    told = [each.as_dict() for each in tried]
    about = {"data": records.name, "records": len(records.texts), "included": records.inclusions}
    return {**about, **told[0]} if len(told) == 1 else {**about, "models": told}


def _write_order(path: Path, tried: Sequence[_Tried]) -> None:
    several = len(tried) > 1
    lines = ["model,seed,place,record" if several else "seed,place,record"]
    for each in tried:
        before = f"{each.model}," if several else ""
        for run in each.runs:
            name = "" if run.seed is None else run.seed
            lines.extend(f"{before}{name},{place - 1},{record}" for place, record in enumerate(run.order))
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")


def _write_chart(path: Path, records: LabelledRecords, tried: Sequence[_Tried]) -> None:
    from wherewithal.charts.recall import RecallCurve, recall_chart

    runs = len(tried[0].runs)
    chart = recall_chart(
        [RecallCurve(each.model, tuple(each.curve)) for each in tried],
        title=f"How early the inclusions of {Path(records.name).stem} are found",
        description=(
            f"{records.inclusions:,} inclusions among {len(records.texts):,} records, "
            f"{'one run' if runs == 1 else f'the median of {runs:,} runs'}."
        ),
        key="recall",
    )
    path.write_text(chart.wide, encoding="utf-8")
    path.with_suffix(".csv").write_text(chart.csv(), encoding="utf-8", newline="")
