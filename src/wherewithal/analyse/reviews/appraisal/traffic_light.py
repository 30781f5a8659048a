"""Studies by domains, and the share of studies by judgement in each domain: what the two usual pictures are drawn from.

As in McGuinness and Higgins, Research Synthesis Methods 12 (2021) 55 (robvis).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wherewithal.analyse.reviews.appraisal.appraising import OVERALL, Appraisal, overall, standings
from wherewithal.analyse.reviews.appraisal.instrument import Instrument, Judgement
from wherewithal.errors import BadInput, Problem
from wherewithal.spreadsheets import harmless


@dataclass(frozen=True)
class Column:
    """One column: a domain, or the study as a whole."""

    key: str
    name: str


@dataclass(frozen=True)
class TrafficLight:
    """``judgements[study][column]`` is the key of a judgement, or empty where nobody has judged yet.

    ``scale`` are the judgements of domains from best to worst, ``overall_scale`` those of the last column.
    """

    instrument: str
    studies: tuple[str, ...]
    columns: tuple[Column, ...]
    judgements: tuple[tuple[str, ...], ...]
    scale: tuple[Judgement, ...]
    overall_scale: tuple[Judgement, ...]

    def scale_of(self, column: Column) -> tuple[Judgement, ...]:
        return self.overall_scale if column.key == OVERALL else self.scale

    def words(self, column: Column, key: str) -> str:
        """A judgement in words; "Not judged yet" where there is none."""
        return next((each.words for each in self.scale_of(column) if each.key == key), "Not judged yet")

    def as_csv(self) -> str:
        """A row a study, in words."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["Study", *(column.name for column in self.columns)])
        for study, row in zip(self.studies, self.judgements, strict=True):
            cells = [self.words(column, key) for column, key in zip(self.columns, row, strict=True)]
            writer.writerow([harmless(study), *cells])
        return out.getvalue()


def traffic_light(instrument: Instrument, appraisals: Sequence[Appraisal]) -> TrafficLight:
    """The table of the appraisals that hold, one a study. Raises BadInput where one is by another instrument."""
    others = [each for each in appraisals if each.instrument.key != instrument.key]
    if others:
        raise BadInput(
            f"A table is of one instrument, {instrument.name}.",
            [
                Problem(
                    each.study, f"appraised by {each.instrument.name}", instrument.name, "Make a table each."
                )
                for each in others
            ],
        )
    columns = [Column(each.key, each.name) for each in instrument.domains]
    if instrument.overall_judgements:
        columns.append(Column(OVERALL, "Overall"))
    rows = []
    for each in appraisals:
        whole = overall(each)
        row = [standing.judgement for standing in standings(each)]
        rows.append((*row, whole.judgement) if whole else tuple(row))
    return TrafficLight(
        instrument.name,
        _names(appraisals),
        tuple(columns),
        tuple(rows),
        instrument.judgements,
        instrument.overall_judgements,
    )


def _names(appraisals: Sequence[Appraisal]) -> tuple[str, ...]:
    """Names of studies, with the result that was appraised where a study stands there more than once."""
    studies = [each.study for each in appraisals]
    return tuple(
        f"{each.study}, {each.outcome}" if each.outcome and studies.count(each.study) > 1 else each.study
        for each in appraisals
    )


@dataclass(frozen=True)
class Share:
    """One judgement in one column: how many studies, and what part of all (0 to 1), by weight where given."""

    column: Column
    judgement: str
    words: str
    studies: int
    part: float


def shares(light: TrafficLight, weights: Mapping[str, float] | None = None) -> tuple[Share, ...]:
    """The share of studies by judgement in each column, from best to worst, then those not judged yet.

    Without ``weights`` each study counts the same. With them (a study's name to its weight in the pooled result) a
    study counts by its weight. Raises BadInput for a study without one, or with one that is not above 0.
    """
    if weights is not None:
        wrong = [name for name in light.studies if not weights.get(name, 0) > 0]
        if wrong:
            raise BadInput(
                "Every study needs a weight above 0 to be counted by it.",
                [
                    Problem(name, f"{weights.get(name, 'no weight')}", "a number above 0", "Give it.")
                    for name in wrong
                ],
            )
    count = [1.0 if weights is None else weights[name] for name in light.studies]
    total = sum(count)
    found = []
    for place, column in enumerate(light.columns):
        for key in (*(each.key for each in light.scale_of(column)), ""):
            there = [number for number, row in enumerate(light.judgements) if row[place] == key]
            if key or there:
                part = sum(count[number] for number in there) / total if total else 0.0
                found.append(Share(column, key, light.words(column, key), len(there), part))
    return tuple(found)
