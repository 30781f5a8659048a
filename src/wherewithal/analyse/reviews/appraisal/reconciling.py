"""Two people's appraisals of the same study: where they differ, and what holds once somebody has settled it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from wherewithal.analyse.reviews.appraisal.appraising import (
    OVERALL,
    Appraisal,
    Standing,
    overall,
    standings,
)
from wherewithal.analyse.reviews.appraisal.proposing import asked
from wherewithal.errors import BadInput
from wherewithal.plain_english import counted


@dataclass(frozen=True)
class QuestionApart:
    """One question that two people answered differently. ``differs`` is what: "direction", or only "degree" (yes or
    probably yes), or "information" where one of them found none, or "asked" where only one was called to answer it.
    """

    number: str
    first: str
    second: str
    differs: str


@dataclass(frozen=True)
class DomainApart:
    """One domain, or the study as a whole, about which two people judge differently; with the questions behind it."""

    key: str
    name: str
    first: Standing
    second: Standing
    questions: tuple[QuestionApart, ...]


@dataclass(frozen=True)
class Compared:
    """Two appraisals side by side.

    ``questions`` all that were answered differently, whether or not the judgements differ; ``domains`` those judged
    differently. ``same`` of ``both`` domains that both have judged are judged alike.
    """

    domains: tuple[DomainApart, ...]
    questions: tuple[QuestionApart, ...]
    same: int
    both: int

    @property
    def words(self) -> str:
        """One sentence."""
        if not self.both:
            return "There is nothing yet that both have judged."
        if not self.domains:
            return f"Both judge alike in {'all of ' if self.both > 1 else ''}{counted(self.both, 'domain')}."
        return f"Both judge alike in {self.same} of {counted(self.both, 'domain')}."


def compare(first: Appraisal, second: Appraisal) -> Compared:
    """Where two appraisals differ. Raises BadInput where they are not of the same study by the same instrument."""
    if first.instrument.key != second.instrument.key or first.study != second.study:
        raise BadInput(
            f"These are not two appraisals of the same study by the same instrument: {first.study} by "
            f"{first.instrument.name}, and {second.study} by {second.instrument.name}."
        )
    instrument = first.instrument
    questions, domains, same, both = [], [], 0, 0
    for domain, mine, yours in zip(instrument.domains, standings(first), standings(second), strict=True):
        codes = [{n: a.code for n, a in each.answers.items()} for each in (first, second)]
        called = [{q.number for q in asked(domain, each)} for each in codes]
        here = []
        for question in domain.questions:
            a, b = (
                each.get(question.number, "") if question.number in calls else ""
                for each, calls in zip(codes, called, strict=True)
            )
            if a != b:
                here.append(QuestionApart(question.number, a, b, _differs(a, b)))
        questions.extend(here)
        if mine.judgement and yours.judgement:
            both += 1
            same += mine.judgement == yours.judgement
            if mine.judgement != yours.judgement:
                domains.append(DomainApart(domain.key, domain.name, mine, yours, tuple(here)))
    one, other = overall(first), overall(second)
    if one and other and one.judgement and other.judgement and one.judgement != other.judgement:
        domains.append(DomainApart(OVERALL, one.name, one, other, ()))
    return Compared(tuple(domains), tuple(questions), same, both)


def _differs(first: str, second: str) -> str:
    if not first or not second:
        return "asked"
    if "NI" in (first, second):
        return "information"
    return "degree" if first.removeprefix("P") == second.removeprefix("P") else "direction"


class Where(StrEnum):
    """How far the appraisal of a study has come."""

    NOBODY = "nobody"
    UNFINISHED = "unfinished"
    WAITING = "waiting"
    APART = "apart"
    HOLDS = "holds"

    @property
    def words(self) -> str:
        return {
            Where.NOBODY: "Not appraised yet",
            Where.UNFINISHED: "Begun, not finished",
            Where.WAITING: "Waiting for a second person",
            Where.APART: "Two people differ",
            Where.HOLDS: "Appraised",
        }[self]


@dataclass(frozen=True)
class Stage:
    """Where it stands, and the place of the appraisal that holds (-1 where none does)."""

    where: Where
    holding: int = -1


def stage_of(appraisals: Sequence[Appraisal], settles: Sequence[bool], *, needed: int = 2) -> Stage:
    """Where the appraisal of a study stands, from each person's latest appraisal, oldest first.

    ``settles`` marks those made with the others in view, to settle them: the last finished one of these holds. Else
    ``needed`` people's finished appraisals hold where they judge alike in every domain and overall; the first of them
    is then the one that holds.
    """
    if not appraisals:
        return Stage(Where.NOBODY)
    done = [place for place, each in enumerate(appraisals) if finished(each)]
    settled = [place for place in done if settles[place]]
    if settled:
        return Stage(Where.HOLDS, settled[-1])
    alone = [place for place in done if not settles[place]]
    if not alone:
        return Stage(Where.UNFINISHED)
    judged = {tuple(each.judgement for each in _all(appraisals[place])) for place in alone}
    if len(judged) > 1:
        return Stage(Where.APART)
    if len(alone) < needed:
        return Stage(Where.WAITING)
    return Stage(Where.HOLDS, alone[0])


def finished(appraisal: Appraisal) -> bool:
    """Whether every domain has a judgement, and the study too where the instrument gives one."""
    return all(each.judgement for each in _all(appraisal))


def _all(appraisal: Appraisal) -> tuple[Standing, ...]:
    whole = overall(appraisal)
    return standings(appraisal) if whole is None else (*standings(appraisal), whole)
