"""What the extracted studies say together about each outcome, worked out from what holds now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import Http404

from wherewithal.analyse.reviews.extraction.rows import Row
from wherewithal.analyse.reviews.extraction.study import Outcome, Report
from wherewithal.analyse.reviews.outcomes import (
    OutcomeAccount,
    OutcomeSettings,
    StudyEffect,
    account_of,
    pooled_finding,
)
from wherewithal.errors import BadInput
from wherewithal.thread import Finding, Kind, fingerprint_of
from wherewithal_web.analyse.reviews.models import CertaintyDecision, NarrativeVersion, OutcomeVersion
from wherewithal_web.analyse.reviews.queries.appraising import State, high_risks, states_of
from wherewithal_web.analyse.reviews.queries.extracting import extracted_rows, plan_of
from wherewithal_web.analyse.reviews.queries.protocol import protocol_of
from wherewithal_web.analyse.reviews.queries.resembling import resembling
from wherewithal_web.analyse.reviews.queries.searches import first_search
from wherewithal_web.analyse.reviews.queries.threads import newest_on_thread, told_about
from wherewithal_web.cases.models import Case, SourceEvent, StoredFinding
from wherewithal_web.clock import today
from wherewithal_web.people.models import User


@dataclass(frozen=True)
class OutcomeNow:
    """An outcome as it stands: ``account`` where it can be put together, or else ``why_not`` with what to do.

    ``effects`` are all that hold, counted or not; ``without`` are results that come to no effect, with why. ``finding``
    is what the thread would be told now, ``on_thread`` what it was told last, as a number or in words. ``instead`` is a
    person's reason why an average would mislead, where somebody chose to put it together in words.
    """

    outcome: Outcome
    settings: OutcomeSettings
    version: OutcomeVersion | None
    effects: tuple[StudyEffect, ...]
    without: tuple[Row, ...]
    decisions: tuple[CertaintyDecision, ...]
    account: OutcomeAccount | None
    why_not: BadInput | None
    finding: Finding | None
    on_thread: StoredFinding | None
    instead: str = ""

    @property
    def studies(self) -> int:
        return len({effect.study for effect in self.effects})

    @property
    def up_to_date(self) -> bool:
        """Whether the thread says what would be said now."""
        return bool(
            self.finding and self.on_thread and self.finding.fingerprint == self.on_thread.fingerprint
        )

    @property
    def numbers(self) -> str:
        return fingerprint_of_numbers(self.effects, self.settings)

    @property
    def stale(self) -> tuple[CertaintyDecision, ...]:
        """Decisions about certainty that were made on other numbers than today's."""
        return tuple(each for each in self.decisions if each.numbers != self.numbers)


def fingerprint_of_numbers(effects: Sequence[StudyEffect], settings: OutcomeSettings) -> str:
    """What a decision about certainty looks at: the effects and how they are put together."""
    return fingerprint_of([[each.fingerprint for each in effects], settings.choices.as_dict()])


def outcomes_of(case: Case, user: User) -> list[OutcomeNow]:
    """Every outcome of the plan, in its order."""
    rows, appraised, like_us = extracted_rows(case, user), states_of(case), resembling(case)
    return [_now(case, outcome, rows, appraised, like_us) for outcome in plan_of(case).outcomes]


def outcome_of(case: Case, user: User, key: str) -> OutcomeNow:
    """One outcome. Raises Http404 where the plan has none of that key."""
    outcome = plan_of(case).outcome(key)
    if outcome is None:
        raise Http404("There is no such outcome in this review.")
    return _now(case, outcome, extracted_rows(case, user, key), states_of(case), resembling(case))


def _now(
    case: Case,
    outcome: Outcome,
    rows: Sequence[Row],
    appraised: Sequence[State],
    like_us: Mapping[str, bool | None] | None,
) -> OutcomeNow:
    own = [row for row in rows if row.outcome.key == outcome.key]
    effects = effects_of(own)
    version = outcome_version(case, outcome.key)
    settings = version.settings if version else first_settings(case)
    decisions = certainty_decisions(case, outcome.key)
    in_words = newest_narrative(case, outcome.key)
    on_thread = newest_on_thread(case, f"reviews:outcome:{case.slug}:{outcome.key}")
    account, why_not, finding = None, None, None
    try:
        account = account_of(
            outcome,
            effects,
            settings,
            [each.decision for each in decisions],
            at_high_risk=high_risks(appraised, outcome.name),
            resembles=like_us,
        )
        finding = _finding(case, account, decisions)
    except BadInput as error:
        why_not = error
    return OutcomeNow(
        outcome,
        settings,
        version,
        effects,
        tuple(row for row in own if row.effect is None),
        decisions,
        account,
        why_not,
        finding,
        on_thread,
        in_words.choices.instead if in_words else "",
    )


def outcome_version(case: Case, outcome: str) -> OutcomeVersion | None:
    """How an outcome is put together, as it holds."""
    rows = case.outcome_versions.filter(outcome=outcome).select_related("written_by")
    return rows.order_by("-number").first()


def newest_narrative(case: Case, outcome: str) -> NarrativeVersion | None:
    """What was chosen about an outcome in words, as it holds."""
    rows = case.narrative_versions.filter(outcome=outcome).select_related("written_by")
    return rows.order_by("-number").first()


def first_settings(case: Case) -> OutcomeSettings:
    """How an outcome is put together where nobody has said: the usual way, about what the protocol asks."""
    asked = protocol_of(case).intervention.strip()
    return OutcomeSettings(service=asked or "the programme")


def retracted_among(keys: Iterable[str]) -> set[str]:
    """Those of these reports that were said to be retracted since their records were brought in."""
    events = SourceEvent.objects.filter(source_key__in=set(keys), kind=Kind.RETRACTED.value)
    return set(events.values_list("source_key", flat=True))


def effects_of(rows: Sequence[Row]) -> tuple[StudyEffect, ...]:
    """The effects of rows that come to one."""
    retracted = retracted_among(report.key for row in rows for report in row.study.reports)
    return tuple(
        StudyEffect(
            study=str(row.study.number),
            name=row.study.name,
            value=row.effect.value,
            variance=row.effect.variance,
            inputs=row.fingerprint,
            people=row.effect.people,
            weeks=row.time.weeks,
            time=row.time.words,
            instrument=row.instrument.name,
            reports=tuple(told_again(report, retracted) for report in row.study.reports),
            assumptions=row.effect.assumptions,
        )
        for row in rows
        if row.effect is not None
    )


def told_again(report: Report, retracted: set[str]) -> Report:
    """A report with what was told about it since its record was brought in."""
    return replace(report, retracted=True) if report.key in retracted else report


NUMBER = CertaintyDecision.Way.NUMBER


def certainty_decisions(case: Case, outcome: str, way: str = NUMBER) -> tuple[CertaintyDecision, ...]:
    """The decision that holds about each factor, in the order in which they were made."""
    newest: dict[str, CertaintyDecision] = {}
    rows = case.certainty_decisions.filter(outcome=outcome, way=way).select_related("decided_by")
    for row in rows.order_by("pk"):
        newest[row.factor] = row
    return tuple(sorted(newest.values(), key=lambda row: row.pk))


def certainty_history(case: Case, outcome: str, way: str = NUMBER) -> list[CertaintyDecision]:
    """Every decision about how sure the evidence is, the newest first."""
    rows = case.certainty_decisions.filter(outcome=outcome, way=way).select_related("decided_by")
    return list(rows.order_by("-pk"))


def _finding(case: Case, account: OutcomeAccount, decisions: Sequence[CertaintyDecision]) -> Finding:
    people = dict.fromkeys(row.decided_by.name for row in decisions)
    return pooled_finding(
        account.whole,
        case_key=case.slug,
        statement=account.statement,
        on=today(),
        judged_by=", ".join(people),
        certainty=account.certainty.words if account.certainty else "",
        certainty_reasons=account.grade.reasons,
        searched_on=first_search(case),
        link=f"{case.get_absolute_url()}reviews/outcomes/{account.whole.outcome.key}/",
        made_up=case.made_up_figures,
    )


def outcomes_on_thread(case: Case) -> list[str]:
    """The keys of the outcomes that the thread has been told about."""
    there = told_about(case, f"reviews:outcome:{case.slug}:")
    return [outcome.key for outcome in plan_of(case).outcomes if outcome.key in there]
