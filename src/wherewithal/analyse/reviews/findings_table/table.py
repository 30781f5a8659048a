"""The summary of findings as data: what every way of writing it is made from.

After the tables of Cochrane and GRADE (Cochrane Handbook 6.5, chapter 14), in plain words and with the local baseline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wherewithal.analyse.reviews.certainty.grading import Grade
from wherewithal.analyse.reviews.in_words.risks import AbsoluteEffect, Range
from wherewithal.analyse.reviews.in_words.sentences import Lines, sentence
from wherewithal.analyse.reviews.in_words.standardised import Standardised, improvement_index
from wherewithal.errors import BadInput
from wherewithal.plain_english import counted

NOT_GRADED = "Not graded yet"
NOT_POOLED = "Not pooled"


@dataclass(frozen=True)
class Outcome:
    """Everything known about one outcome.

    ``effect`` with its interval in the unit of ``measure`` (a ratio, not its log), None where nothing was pooled;
    ``measure_name`` in words. ``absolute`` for effects on a risk, ``standardised`` for standardised differences,
    either or neither. ``lines`` say what is small or large in ``size_of``'s unit: ``size_of`` is that figure. Without
    them, or without a level, there is no graded sentence. ``instead`` is what is said where nothing was pooled.
    """

    name: str
    studies: int
    people: int | None
    measure_name: str
    effect: Range | None
    raises: bool = False
    size_of: float | None = None
    lines: Lines | None = None
    absolute: AbsoluteEffect | None = None
    standardised: Standardised | None = None
    grade: Grade | None = None
    follow_up: str = ""
    instead: str = ""


@dataclass(frozen=True)
class Row:
    """One row, every cell in words. ``notes`` are numbers of footnotes; ``marks`` the level as four marks."""

    outcome: str
    evidence: str
    effect: str
    here: str
    certainty: str
    marks: str
    notes: tuple[int, ...]
    plain: str


@dataclass(frozen=True)
class FindingsTable:
    """The table: its title, who and what it is about, its rows and its numbered footnotes."""

    title: str
    about: tuple[str, ...]
    rows: tuple[Row, ...]
    footnotes: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return COLUMNS


COLUMNS = ("Outcome", "Studies and people", "Effect", "What that comes to here", "How sure", "In words")


def findings_table(service: str, comparison: str, where: str, outcomes: Sequence[Outcome]) -> FindingsTable:
    """The summary of findings of a service beside a comparison, in a place.

    Footnotes are the reasons for a level, the source of each baseline and of each line between small and large; the
    same words have one number. Raises BadInput without an outcome, or without a name for the service.
    """
    if not outcomes:
        raise BadInput("A summary of findings needs at least one outcome.")
    if not service.strip() or not comparison.strip():
        raise BadInput("Name the service and what it is compared with.")
    footnotes: list[str] = []
    rows = []
    for each in outcomes:
        said = list(each.grade.reasons) if each.grade and each.grade.level else []
        if each.absolute is not None:
            base = each.absolute.baseline
            said.append(f"Without the service, {base.risk:.1%}: {base.where}. Source: {base.source}.")
            said.extend(each.absolute.notes)
        plain = _plain(service, each)
        if each.lines is not None and each.size_of is not None and plain:
            said.append(
                f"Small from {each.lines.small:g}, moderate from {each.lines.moderate:g}, large from "
                f"{each.lines.large:g}. Source: {each.lines.source}."
            )
        for words in said:
            if words not in footnotes:
                footnotes.append(words)
        level = each.grade.level if each.grade else None
        rows.append(
            Row(
                each.name if not each.follow_up else f"{each.name} ({each.follow_up})",
                _evidence(each),
                _effect(each),
                _here(each),
                level.words if level else each.grade.words if each.grade else NOT_GRADED,
                level.marks if level else "",
                tuple(footnotes.index(words) + 1 for words in dict.fromkeys(said)),
                plain or each.instead or "No sentence until somebody has judged how sure the evidence is.",
            )
        )
    about = (
        (f"{service}, compared with {comparison}", f"Place: {where}")
        if where
        else (f"{service}, compared with {comparison}",)
    )
    return FindingsTable(f"What is known about {service}", about, tuple(rows), tuple(footnotes))


def _evidence(outcome: Outcome) -> str:
    people = "people not reported" if outcome.people is None else counted(outcome.people, "person", "people")
    return f"{counted(outcome.studies, 'study', 'studies')}, {people}"


def _effect(outcome: Outcome) -> str:
    if outcome.effect is None:
        return NOT_POOLED
    name = outcome.measure_name[:1].upper() + outcome.measure_name[1:]
    value, low, high = (f"{each:.2f}".replace("-", "−") for each in outcome.effect)
    return f"{name} {value} ({low} to {high})"


def _here(outcome: Outcome) -> str:
    if outcome.absolute is not None:
        return outcome.absolute.words()
    if outcome.standardised is not None:
        places = outcome.standardised.through(improvement_index)
        way = "up" if places.value >= 0 else "down"
        return (
            f"An average child moves {way} {abs(places.value):.0f} places in 100 "
            + f"({places.low:+.0f} to {places.high:+.0f})".replace("-", "−")
        )
    return "Not worked out: no local baseline was given" if outcome.effect is not None else NOT_POOLED


def _plain(service: str, outcome: Outcome) -> str:
    """The graded sentence; empty where there is no level, or nobody has said what is small and large."""
    if (
        outcome.grade is None
        or outcome.grade.level is None
        or outcome.lines is None
        or outcome.size_of is None
    ):
        return ""
    return sentence(
        certainty=outcome.grade.level,
        size=outcome.lines.size(outcome.size_of),
        raises=outcome.raises,
        service=service,
        outcome=outcome.name[:1].lower() + outcome.name[1:],
    )
