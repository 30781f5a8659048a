"""Reading what a case's thread says about before and after, and when its review is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wherewithal.review.outcomes import Comparison, Measured, compare, measured, subject_of
from wherewithal.review.outcomes.measured import BASELINE, RESULT
from wherewithal_web.cases.models import Case, Decision, StoredFinding
from wherewithal_web.cases.queries import standing_decision, stored_findings_of
from wherewithal_web.review.outcomes.models import Verdict


@dataclass(frozen=True)
class Pair:
    """One measure of a case: what it was before, what it is after, and the two compared where both are there.

    ``learned`` is the finding of that comparison on the thread, if it is on it as it now is.
    """

    measure: str
    name: str
    baseline: Measured | None
    result: Measured | None
    comparison: Comparison | None
    learned: StoredFinding | None

    @property
    def href(self) -> str:
        """Where its readings are recorded."""
        side = self.baseline or self.result
        return side.finding.link if side else ""


def pairs_of(case: Case) -> list[Pair]:
    """The case's outcome measures as its thread knows them, in the order in which they came onto it."""
    newest: dict[str, StoredFinding] = {}
    for row in sorted(stored_findings_of(case).values(), key=lambda row: row.pk):
        newest[row.subject] = row
    sides: dict[str, dict[str, Measured]] = {}
    for row in newest.values():
        reading = measured(row.finding)
        if reading:
            sides.setdefault(reading.measure, {})[reading.kind] = reading
    return [_pair(case, measure, found, newest) for measure, found in sides.items()]


def _pair(case: Case, measure: str, found: dict[str, Measured], newest: dict[str, StoredFinding]) -> Pair:
    baseline, result = found.get(BASELINE), found.get(RESULT)
    comparison = compare(baseline, result) if baseline and result else None
    learned = newest.get(subject_of(case.slug, measure))
    if learned and comparison:
        now = {side.finding.fingerprint for side in (comparison.baseline, comparison.result)}
        if {item.fingerprint for item in learned.finding.inputs} != now:
            learned = None  # it compares readings that have been corrected since
    name = next(iter(found.values())).name
    return Pair(measure, name, baseline, result, comparison, learned)


@dataclass(frozen=True)
class ShownVerdict:
    """A verdict with the findings it rested on."""

    row: Verdict
    findings: tuple[StoredFinding, ...]


def verdicts_of(case: Case) -> list[ShownVerdict]:
    """Every verdict on the case, newest first."""
    stored = stored_findings_of(case)
    return [
        ShownVerdict(row, tuple(stored[pk] for pk in row.rests_on if pk in stored))
        for row in Verdict.objects.filter(case=case).select_related("recorded_by", "decision")
    ]


def current_verdict(case: Case) -> Verdict | None:
    """The newest verdict, unless something was decided anew since: a new decision waits for a review of its own."""
    newest = Verdict.objects.filter(case=case).first()
    decision = standing_decision(case)
    if newest and decision and newest.decision_id != decision.pk:
        return None
    return newest


@dataclass(frozen=True)
class Review:
    """The decision that stands, what its last review came to, and when the next one is due (None: never)."""

    decision: Decision | None
    verdict: Verdict | None
    due: date | None

    def is_overdue(self, today: date) -> bool:
        return self.due is not None and self.due < today


def review_of(case: Case) -> Review:
    decision, verdict = standing_decision(case), current_verdict(case)
    if verdict:
        return Review(decision, verdict, verdict.next_review_on)
    return Review(decision, None, decision.review_on if decision else None)
