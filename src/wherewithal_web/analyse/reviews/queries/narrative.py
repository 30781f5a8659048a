"""Each outcome put together in words, worked out from what holds now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404

from wherewithal.analyse.reviews.extraction.rows import Row
from wherewithal.analyse.reviews.extraction.study import Outcome, Report
from wherewithal.analyse.reviews.narrative.account import NarrativeAccount, narrate
from wherewithal.analyse.reviews.narrative.across import across, told_apart
from wherewithal.analyse.reviews.narrative.choices import NarrativeChoices
from wherewithal.analyse.reviews.narrative.directions import EffectDirections
from wherewithal.analyse.reviews.narrative.finding import narrated_finding
from wherewithal.analyse.reviews.narrative.pointing import Gathered, gather
from wherewithal.analyse.reviews.outcomes import OutcomeSettings
from wherewithal.errors import BadInput
from wherewithal.thread import Finding, fingerprint_of
from wherewithal_web.analyse.reviews.models import (
    CertaintyDecision,
    DescribedDirection,
    NarrativeVersion,
    Study,
)
from wherewithal_web.analyse.reviews.queries.appraising import high_risks, risk_words, states_of
from wherewithal_web.analyse.reviews.queries.extracting import (
    extracted_rows,
    held_answers,
    plan_of,
    plan_versions,
)
from wherewithal_web.analyse.reviews.queries.outcomes import (
    certainty_decisions,
    effects_of,
    first_settings,
    newest_narrative,
    outcome_version,
    retracted_among,
    told_again,
)
from wherewithal_web.analyse.reviews.queries.resembling import resembling
from wherewithal_web.analyse.reviews.queries.searches import first_search
from wherewithal_web.analyse.reviews.queries.studying import library_study, studies_of
from wherewithal_web.analyse.reviews.queries.threads import newest_on_thread
from wherewithal_web.cases.models import Case, StoredFinding
from wherewithal_web.clock import today
from wherewithal_web.people.models import User

WORDS = CertaintyDecision.Way.WORDS


@dataclass(frozen=True)
class NarrativeNow:
    """An outcome in words as it stands: ``account`` where any study points somewhere, or else ``why_not``.

    ``described`` are the directions that people read from reports' words, by the study's number; ``wordless`` the
    studies that a direction could be written down for. ``finding`` is what the thread would be told now. ``people`` is
    how many are to read each report.
    """

    outcome: Outcome
    settings: OutcomeSettings
    choices: NarrativeChoices
    version: NarrativeVersion | None
    described: dict[int, DescribedDirection]
    wordless: tuple[Study, ...]
    decisions: tuple[CertaintyDecision, ...]
    account: NarrativeAccount | None
    why_not: BadInput | None
    finding: Finding | None
    on_thread: StoredFinding | None
    people: int = 1

    @property
    def up_to_date(self) -> bool:
        return bool(
            self.finding and self.on_thread and self.finding.fingerprint == self.on_thread.fingerprint
        )

    @property
    def numbers(self) -> str:
        """The fingerprint of what a judgement of certainty looks at."""
        if self.account is None:
            return ""
        pointings = self.account.gathered.pointings
        return fingerprint_of([[each.inputs, each.direction.value] for each in pointings])

    @property
    def stale(self) -> tuple[CertaintyDecision, ...]:
        return tuple(each for each in self.decisions if each.numbers != self.numbers)


def narrative_of(case: Case, user: User, key: str) -> NarrativeNow:
    """One outcome in words. Raises Http404 where the plan has none of that key."""
    outcome = plan_of(case).outcome(key)
    if outcome is None:
        raise Http404("There is no such outcome in this review.")
    rows = extracted_rows(case, user, key)
    studies = studies_of(case)
    version = newest_narrative(case, key)
    choices = version.choices if version else NarrativeChoices()
    pooled = outcome_version(case, key)
    settings = pooled.settings if pooled else first_settings(case)
    described = described_of(case, key)
    decisions = certainty_decisions(case, key, WORDS)
    on_thread = newest_on_thread(case, f"reviews:outcome:{case.slug}:{key}")
    gathered = _gathered(outcome, rows, _named(studies), settings, described)
    account, why_not, finding = None, None, None
    try:
        account = _account(case, outcome, gathered, settings, choices, decisions)
        finding = _finding(case, account, decisions)
    except BadInput as error:
        why_not = error
    return NarrativeNow(
        outcome,
        settings,
        choices,
        version,
        described,
        tuple(study for study in studies if str(study.number) in gathered.wordless),
        decisions,
        account,
        why_not,
        finding,
        on_thread,
        plan_of(case).people,
    )


def _account(
    case: Case,
    outcome: Outcome,
    gathered: Gathered,
    settings: OutcomeSettings,
    choices: NarrativeChoices,
    decisions: Sequence[CertaintyDecision],
) -> NarrativeAccount:
    states = states_of(case)
    designs = {number: said.get("design", "") for number, said in held_answers(case).items()}
    return narrate(
        outcome,
        gathered,
        settings,
        choices,
        [each.decision for each in decisions],
        risks=risk_words(states, outcome.name),
        at_high_risk=high_risks(states, outcome.name),
        resembles=resembling(case),
        randomised={str(number): _at_random(said) for number, said in designs.items()},
        regrouped=_regrouped(case),
    )


def _named(studies: Sequence[Study]) -> dict[str, tuple[str, tuple[Report, ...]]]:
    """Each study's name and reports by its number, with what was told about a report since."""
    own = {study.number: library_study(study) for study in studies}
    retracted = retracted_among(report.key for each in own.values() for report in each.reports)
    return {
        str(number): (each.name, tuple(told_again(report, retracted) for report in each.reports))
        for number, each in own.items()
    }


def _gathered(
    outcome: Outcome,
    rows: Sequence[Row],
    named: dict[str, tuple[str, tuple[Report, ...]]],
    settings: OutcomeSettings,
    described: dict[int, DescribedDirection],
) -> Gathered:
    said = [row.described for number, row in sorted(described.items()) if str(number) in named]
    return gather(outcome, rows, effects_of(rows), settings.choices, said, named)


def directions_across(case: Case, user: User) -> EffectDirections | None:
    """Which way studies point, by outcome; None where fewer than two outcomes have a study that points anywhere."""
    outcomes = plan_of(case).outcomes
    if len(outcomes) < 2:
        return None
    rows, named, states = extracted_rows(case, user), _named(studies_of(case)), states_of(case)
    found, risks = [], {}
    for outcome in outcomes:
        pooled = outcome_version(case, outcome.key)
        own = [row for row in rows if row.outcome.key == outcome.key]
        settings = pooled.settings if pooled else first_settings(case)
        found.append((outcome, _gathered(outcome, own, named, settings, described_of(case, outcome.key))))
        for study, words in risk_words(states, outcome.name).items():
            risks[(outcome.key, study)] = words
    return across(found, told_apart({number: name for number, (name, _reports) in named.items()}), risks)


def _at_random(design: str) -> bool | None:
    """What the form's answer about the design says of chance; None where it says nothing of it."""
    if design.startswith("trial, "):
        return True
    return False if design.startswith(("allocated by other", "before and after")) else None


def _regrouped(case: Case) -> list[str]:
    """Changes of the outcomes since the plan was first written: studies are grouped by them."""
    about = ("new outcome", "outcome taken out", "outcome changed")
    return [
        change
        for version in reversed(plan_versions(case)[:-1])
        for change in version.changes
        if change.startswith(about)
    ]


def described_of(case: Case, outcome: str) -> dict[int, DescribedDirection]:
    """The directions that were read from reports' words and hold, by the study's number in the review.

    Each with its ``readers``: everybody who read it so since it was last read otherwise, the first one first.
    """
    newest: dict[int, DescribedDirection] = {}
    rows = DescribedDirection.objects.filter(study__case=case, outcome=outcome)
    for row in rows.select_related("study", "read_by").order_by("pk"):
        before = newest.get(row.study.number)
        same = before is not None and not before.withdrawn and before.direction == row.direction
        row.readers = tuple(dict.fromkeys([*(before.readers if before and same else ()), row.read_by.name]))
        newest[row.study.number] = row
    return {number: row for number, row in newest.items() if not row.withdrawn}


def _finding(case: Case, account: NarrativeAccount, decisions: Sequence[CertaintyDecision]) -> Finding:
    people = dict.fromkeys(row.decided_by.name for row in decisions)
    return narrated_finding(
        account,
        case_key=case.slug,
        on=today(),
        judged_by=", ".join(people),
        searched_on=first_search(case),
        link=f"{case.get_absolute_url()}reviews/outcomes/{account.outcome.key}/words/",
        made_up=case.made_up_figures,
    )
