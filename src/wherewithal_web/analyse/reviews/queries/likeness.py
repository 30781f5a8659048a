"""Which studies are like our area, and what each outcome would be with only those."""

from __future__ import annotations

from dataclasses import dataclass

from wherewithal.analyse.reviews.extraction.form import Form
from wherewithal.analyse.reviews.transferability.described import OurArea, first_guess
from wherewithal.analyse.reviews.transferability.finding import resemblance_finding
from wherewithal.analyse.reviews.transferability.outcomes import (
    DirectionsBeside,
    OutcomeBeside,
    beside_all,
    directions_beside,
)
from wherewithal.analyse.reviews.transferability.resemblance import Ours, summary
from wherewithal.thread import Finding
from wherewithal_web.analyse.reviews.models import AreaVersion, Result
from wherewithal_web.analyse.reviews.queries.extracting import plan_of
from wherewithal_web.analyse.reviews.queries.narrative import NarrativeNow, narrative_of
from wherewithal_web.analyse.reviews.queries.outcomes import OutcomeNow, outcomes_of
from wherewithal_web.analyse.reviews.queries.protocol import protocol_of
from wherewithal_web.analyse.reviews.queries.resembling import (
    StudyBeside,
    area_of,
    newest_area,
    studies_beside,
)
from wherewithal_web.analyse.reviews.queries.studying import library_study
from wherewithal_web.analyse.reviews.queries.threads import newest_on_thread
from wherewithal_web.cases.models import Case, StoredFinding
from wherewithal_web.clock import today
from wherewithal_web.people.models import User


@dataclass(frozen=True)
class LikenessNow:
    """Our area and the studies as they stand. ``ours`` is None where nobody has described the area.

    ``beside`` are the outcomes that have a number, with all studies and with only those like us; ``in_words`` those
    that are told in words, ``without`` those of which no study says anything. ``after_results``: the area was described
    once results had been taken.
    """

    ours: OurArea | None
    version: AreaVersion | None
    studies: tuple[StudyBeside, ...]
    beside: tuple[tuple[OutcomeNow, OutcomeBeside], ...]
    in_words: tuple[tuple[NarrativeNow, DirectionsBeside], ...]
    without: tuple[OutcomeNow, ...]
    after_results: bool
    finding: Finding | None
    on_thread: StoredFinding | None

    @property
    def summary(self) -> str:
        if self.ours is None:
            return ""
        words = summary([each.likeness for each in self.studies], self.ours.area)
        return words[:1].upper() + words[1:]

    @property
    def up_to_date(self) -> bool:
        return bool(
            self.finding and self.on_thread and self.finding.fingerprint == self.on_thread.fingerprint
        )

    @property
    def to_look_at(self) -> int:
        """Characteristics that decide and that a person has to look at, over all studies."""
        return sum(
            fact.decides and fact.alike is None and fact.known
            for each in self.studies
            for fact in each.likeness.facts
        )


def likeness_of(case: Case, user: User) -> LikenessNow:
    """Which studies resemble our area now, and what only those say."""
    ours, version = area_of(case), newest_area(case)
    on_thread = newest_on_thread(case, likeness_subject(case))
    if ours is None or version is None:
        return LikenessNow(None, version, (), (), (), (), False, None, on_thread)
    studies = tuple(studies_beside(case, ours))
    resembles = {str(each.study.number): each.likeness.resembles for each in studies}
    outcomes = outcomes_of(case, user)
    beside = tuple(
        (now, beside_all(now.account.whole, resembles))
        for now in outcomes
        if now.account is not None and not now.instead
    )
    numbered = {now.outcome.key for now, _beside in beside}
    others = [
        narrative_of(case, user, now.outcome.key) for now in outcomes if now.outcome.key not in numbered
    ]
    in_words = tuple(
        (now, directions_beside(now.account, resembles)) for now in others if now.account is not None
    )
    told = numbered | {now.outcome.key for now, _beside in in_words}
    first = Result.objects.filter(comparison__study__case=case).order_by("pk").first()
    late = first is not None and version.written_at > first.given_at
    finding = _finding(case, ours, version, studies, beside, in_words, late) if studies else None
    return LikenessNow(
        ours,
        version,
        studies,
        beside,
        in_words,
        tuple(now for now in outcomes if now.outcome.key not in told),
        late,
        finding,
        on_thread,
    )


def _finding(
    case: Case,
    ours: OurArea,
    version: AreaVersion,
    studies: tuple[StudyBeside, ...],
    beside: tuple[tuple[OutcomeNow, OutcomeBeside], ...],
    in_words: tuple[tuple[NarrativeNow, DirectionsBeside], ...],
    late: bool,
) -> Finding:
    reports = {report.key: report for each in studies for report in library_study(each.study).reports}
    people = dict.fromkeys(
        [version.written_by.name, *(row.ruled_by.name for each in studies for row in each.rulings.values())]
    )
    return resemblance_finding(
        ours,
        [each.likeness for each in studies],
        [(now.account.whole, one) for now, one in beside if now.account is not None],
        case_key=case.slug,
        on=today(),
        described_by=", ".join(people),
        after_results=late,
        reports=reports,
        in_words=[(now.account, one) for now, one in in_words if now.account is not None],
        link=f"{case.get_absolute_url()}reviews/alike/",
        made_up=case.made_up_figures,
    )


def likeness_subject(case: Case) -> str:
    return f"reviews:resemblance:{case.slug}"


def likeness_told(case: Case) -> bool:
    """Whether the thread has been told which studies are like us."""
    return newest_on_thread(case, likeness_subject(case)) is not None


def area_guess(case: Case) -> dict[str, tuple[Ours, str]]:
    """What the case and the protocol say already, with where from, for a person to correct."""
    return first_guess(
        area_name=case.area_name, area_code=case.area_code, population=protocol_of(case).population
    )


def form_of(case: Case) -> Form:
    """The form by which studies are compared."""
    return plan_of(case).form
