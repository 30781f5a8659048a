"""The summary of findings: every outcome, as a number where it has one and in words where it has not."""

from __future__ import annotations

from collections.abc import Sequence

from wherewithal.analyse.reviews.findings_table.table import FindingsTable, findings_table
from wherewithal.analyse.reviews.findings_table.table import Outcome as OutcomeRow
from wherewithal.analyse.reviews.in_words.risks import Range
from wherewithal_web.analyse.reviews.queries.narrative import narrative_of
from wherewithal_web.analyse.reviews.queries.outcomes import OutcomeNow, first_settings
from wherewithal_web.analyse.reviews.queries.protocol import protocol_of
from wherewithal_web.cases.models import Case
from wherewithal_web.people.models import User


def summary_of_findings(case: Case, user: User, outcomes: Sequence[OutcomeNow]) -> FindingsTable | None:
    """The summary of findings of a review; None where no outcome is planned yet."""
    if not outcomes:
        return None
    asked = protocol_of(case)
    service = next((now.settings.service for now in outcomes if now.version), first_settings(case).service)
    return findings_table(
        service[:1].upper() + service[1:],
        asked.comparison.strip() or "what the studies compared it with",
        case.area_name,
        [_row(case, user, now) for now in outcomes],
    )


def _row(case: Case, user: User, now: OutcomeNow) -> OutcomeRow:
    account = now.account
    if account is None or now.instead:
        return _in_words(case, user, now)
    whole, shown = account.whole, now.outcome.shown
    effect = Range(shown(whole.estimate), shown(whole.ci.low), shown(whole.ci.high))
    return OutcomeRow(
        now.outcome.name,
        whole.studies,
        whole.people,
        now.outcome.measure_name,
        effect,
        absolute=account.absolute,
        standardised=account.standardised,
        grade=account.grade,
        instead=account.sentence,
    )


def _in_words(case: Case, user: User, now: OutcomeNow) -> OutcomeRow:
    told = narrative_of(case, user, now.outcome.key)
    if told.account is None:
        why = told.why_not or now.why_not
        return OutcomeRow(
            now.outcome.name,
            now.studies,
            None,
            now.outcome.measure_name,
            None,
            instead=why.message if why else "",
        )
    return OutcomeRow(
        now.outcome.name,
        told.account.studies,
        told.account.people,
        now.outcome.measure_name,
        None,
        grade=told.account.grade,
        instead=told.account.statement,
    )
