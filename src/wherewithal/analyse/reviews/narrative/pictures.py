"""The effect direction plot and the harvest plot, drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from wherewithal.analyse.reviews.narrative.directions import Cell, Direction, EffectDirections, Harvest
from wherewithal.charts import Bar, Chart, Found, direction_chart, harvest_chart

_DRAWN: dict[Direction, Literal["better", "worse", "mixed"]] = {
    Direction.BETTER: "better",
    Direction.WORSE: "worse",
    Direction.NO_CHANGE: "mixed",
    Direction.MIXED: "mixed",
}
SMALL, LARGE = 50, 300
"""People in a study below which it is drawn small, and above which large.

The lines of Thomson and Thomas, Research Synthesis Methods 4 (2013) 95, who draw them for the group with the service.
"""


def directions_picture(plot: EffectDirections, *, key: str) -> Chart:
    """A row a study, a column an outcome, an arrow each. ``key`` must be unlike that of any other chart on the page.

    A study is drawn by the most people in any of its results; middling where none is reported.
    """
    return direction_chart(
        [
            Found(
                study,
                tuple("none" if cell is None else _DRAWN[cell.direction] for cell in row),
                _size(row),
                next((cell.risk for cell in row if cell is not None and cell.risk), ""),
            )
            for study, row in zip(plot.studies, plot.cells, strict=True)
        ],
        plot.outcomes,
        title="Which way studies point",
        description="Each study by outcome: which way its results point, whatever their size.",
        key=key,
        sizes=(f"fewer than {SMALL} people", f"{SMALL} to {LARGE}", f"more than {LARGE}"),
    )


def _size(row: tuple[Cell | None, ...]) -> Literal[1, 2, 3]:
    people = [cell.people for cell in row if cell is not None and cell.people is not None]
    if not people:
        return 2
    return 1 if max(people) < SMALL else 3 if max(people) > LARGE else 2


def harvest_picture(harvests: Sequence[Harvest], *, key: str) -> Chart:
    """A row an outcome, a bar a study. Raises ValueError without any study.

    A question mark stands over a study whose height nobody can tell; it is drawn low so as not to count for more.
    """
    return harvest_chart(
        [
            Bar(
                bar.study,
                each.outcome,
                _DRAWN[bar.column],
                _HEIGHTS.get(bar.height or 0, 1),
                "?" if bar.height is None else bar.label,
            )
            for each in harvests
            for bar in each.bars
        ],
        title="How many studies point each way",
        description="Each study is a bar: the taller, the lower its risk of bias. A question mark: nobody can tell.",
        key=key,
        heights=("higher risk of bias", "some concerns", "low risk of bias"),
        over="people in the study",
    )


_HEIGHTS: dict[int, Literal[1, 2, 3]] = {1: 1, 2: 2, 3: 3}
