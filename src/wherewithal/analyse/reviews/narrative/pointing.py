"""Which way each result of each study points for one outcome, and on what that rests.

What is closest to the data counts: an effect before a direction read from numbers that are too few for one, and either
before the words of a report.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from wherewithal.analyse.reviews.extraction.rows import Row
from wherewithal.analyse.reviews.extraction.study import Better, Outcome, Place, Report
from wherewithal.analyse.reviews.narrative.directions import Direction
from wherewithal.analyse.reviews.narrative.signs import TESTS, sign_of
from wherewithal.analyse.reviews.outcomes.choices import PoolingChoices, chosen
from wherewithal.analyse.reviews.outcomes.effects import StudyEffect
from wherewithal.errors import BadInput, Problem
from wherewithal.thread import fingerprint_of

REACH = 1.959963984540054


class Basis(StrEnum):
    """What a direction rests on, the fullest first."""

    INTERVAL = "interval"
    TEST = "test"
    ESTIMATE = "estimate"
    DESCRIBED = "described"

    @property
    def words(self) -> str:
        return {
            Basis.INTERVAL: "an estimate with its interval",
            Basis.TEST: "a test or p value with its direction",
            Basis.ESTIMATE: "numbers that give a direction but no interval",
            Basis.DESCRIBED: "the report’s words",
        }[self]


@dataclass(frozen=True)
class Described:
    """A direction that a person read from a report's words. Raises BadInput without the words and where they stand."""

    study: str
    direction: Direction
    place: Place
    by: str
    people: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "direction", Direction(self.direction))
        problems = [
            Problem(what, "nothing", wanted, do)
            for what, said, wanted, do in (
                ("page", self.place.page, "the page or table", "Say where it stands."),
                ("words", self.place.quotation, "the report’s own words", "Copy the sentence."),
            )
            if not said.strip()
        ]
        if problems:
            raise BadInput("A direction without its place could not be checked by anybody else.", problems)

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(
            [self.study, self.direction.value, self.place.page, self.place.quotation, self.people]
        )


@dataclass(frozen=True)
class Pointing:
    """One result of one study: its direction for children, what that rests on, and where it stands.

    ``says`` is the estimate with its interval, or the report's words. ``value`` and ``variance`` are on the measure's
    own scale, None where there is none. ``weeks``, ``time`` and ``instrument`` as in the extraction.
    """

    study: str
    name: str
    direction: Direction
    basis: Basis
    says: str
    place: Place
    inputs: str
    people: int | None = None
    value: float | None = None
    variance: float | None = None
    instrument: str = ""
    time: str = ""
    by: str = ""
    reports: tuple[Report, ...] = ()
    unit: str = ""

    @property
    def label(self) -> str:
        said = ", ".join(part for part in (self.instrument, self.time) if part)
        return f"{self.name} ({said})" if said else self.name


@dataclass(frozen=True)
class Aside:
    """A result that does not count, and why."""

    label: str
    why: str
    inputs: str


@dataclass(frozen=True)
class Gathered:
    """Every result that points somewhere, those left aside, and the studies that say nothing about the outcome.

    ``wordless`` are the numbers of studies that give no number and were not left out: a person may read their words.
    """

    pointings: tuple[Pointing, ...]
    aside: tuple[Aside, ...]
    silent: tuple[str, ...]
    wordless: tuple[str, ...] = ()


def gather(
    outcome: Outcome,
    rows: Sequence[Row],
    effects: Sequence[StudyEffect],
    choices: PoolingChoices,
    described: Sequence[Described] = (),
    studies: Mapping[str, tuple[str, tuple[Report, ...]]] | None = None,
) -> Gathered:
    """Which way studies point for an outcome, in the order of ``studies`` (their names and reports by number).

    ``effects`` are the rows' effects (``inputs`` is a row's fingerprint). A study that a person left out, or whose
    report was retracted, does not count, whatever its result rests on.
    """
    there = dict(studies or {})
    by_row = {row.fingerprint: row for row in rows}
    for row in rows:
        there.setdefault(str(row.study.number), (row.study.name, row.study.reports))
    counted, left = chosen(effects, choices)
    found = [_from_effect(outcome, each, by_row.get(each.inputs)) for each in counted]
    aside = [Aside(each.effect.label, each.why, each.effect.fingerprint) for each in left]
    told = {each.study for each in found}
    gone = {each.effect.study for each in left} - told
    out = dict(choices.leave_out)
    for row in rows:
        number = str(row.study.number)
        if row.effect is not None or number in told:
            continue
        why = _why_not(number, row.study.reports, out)
        sign = sign_of(row.given)
        if why or sign is None:
            aside.append(
                Aside(f"{row.study.name}, {row.instrument.name}", why or _no_direction(row), row.fingerprint)
            )
            gone |= {number} if why else set()
            continue
        found.append(_from_row(outcome, row, sign))
    told = {each.study for each in found}
    wordless = tuple(
        number
        for number, (_name, reports) in there.items()
        if number not in told | gone and not _why_not(number, reports, out)
    )
    for each in described:
        name, reports = there.get(each.study, ("", ()))
        if not name or each.study in told or each.study in gone:
            continue
        why = _why_not(each.study, reports, out)
        if why:
            aside.append(Aside(name, why, each.fingerprint))
            gone.add(each.study)
        else:
            found.append(_from_words(each, name, reports))
    order = list(there)
    found.sort(key=lambda each: order.index(each.study))
    told = {each.study for each in found}
    silent = tuple(name for number, (name, _reports) in there.items() if number not in told | gone)
    return Gathered(tuple(found), tuple(aside), silent, wordless)


def direction_of(outcome: Outcome, value: float) -> Direction:
    """The direction for children of a difference in the outcome, whatever its size."""
    if abs(value) < 1e-12:
        return Direction.NO_CHANGE
    return Direction.BETTER if outcome.good(value) else Direction.WORSE


def _from_effect(outcome: Outcome, effect: StudyEffect, row: Row | None) -> Pointing:
    reach = REACH * math.sqrt(effect.variance)
    shown = [outcome.shown(each) for each in (effect.value, effect.value - reach, effect.value + reach)]
    value, low, high = (f"{each:.2f}".replace("-", "−") for each in shown)
    tested = row is not None and row.given.form in TESTS
    return Pointing(
        effect.study,
        effect.name,
        direction_of(outcome, effect.value),
        Basis.TEST if tested else Basis.INTERVAL,
        f"{value} ({low} to {high})",
        row.place if row else Place(),
        effect.fingerprint,
        round(effect.people) if effect.people else None,
        effect.value,
        effect.variance,
        effect.instrument,
        effect.time,
        row.by if row else "",
        effect.reports,
        row.instrument.unit if row else "",
    )


def _from_row(outcome: Outcome, row: Row, sign: int) -> Pointing:
    more = -sign if row.instrument.turned else sign
    people = [row.given.numbers[key] for key in ("n1", "n2") if key in row.given.numbers]
    said = "; ".join(f"{key} {value:g}" for key, value in row.given.numbers.items())
    tested = row.given.form in TESTS
    return Pointing(
        str(row.study.number),
        row.study.name,
        Direction.NO_CHANGE
        if not sign
        else Direction.BETTER
        if (more > 0) == (outcome.better == Better.HIGHER)
        else Direction.WORSE,
        Basis.TEST if tested else Basis.ESTIMATE,
        f"{row.given.what.name}: {said}",
        row.place,
        row.fingerprint,
        round(sum(people)) if len(people) == 2 else None,
        instrument=row.instrument.name,
        time=row.time.words,
        by=row.by,
        reports=row.study.reports,
    )


def _from_words(each: Described, name: str, reports: tuple[Report, ...]) -> Pointing:
    return Pointing(
        each.study,
        name,
        each.direction,
        Basis.DESCRIBED,
        f"“{each.place.quotation}”",
        each.place,
        each.fingerprint,
        each.people,
        by=each.by,
        reports=reports,
    )


def _why_not(study: str, reports: Sequence[Report], out: Mapping[str, str]) -> str:
    if any(report.retracted for report in reports):
        return "its report has been retracted"
    return out.get(study, "")


def _no_direction(row: Row) -> str:
    return f"its numbers give no direction. {row.why_not}".strip()
