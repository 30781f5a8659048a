"""Settling how an outcome is put together, judging how sure it is, and putting it on the thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction

from wherewithal.analyse.reviews.certainty.grading import Decision
from wherewithal.analyse.reviews.extraction.study import Outcome
from wherewithal.analyse.reviews.narrative.finding import NARRATED
from wherewithal.analyse.reviews.outcomes import OutcomeSettings
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.actions.likeness import refresh_likeness
from wherewithal_web.analyse.reviews.actions.networks import refresh_networks
from wherewithal_web.analyse.reviews.actions.telling import decisions_on, reason_for_change, tell_again
from wherewithal_web.analyse.reviews.models import CertaintyDecision, OutcomeVersion
from wherewithal_web.audit.actions import record as write_down
from wherewithal_web.cases.actions import add_finding
from wherewithal_web.cases.models import Case, StoredFinding
from wherewithal_web.cases.permissions import may
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission


@transaction.atomic
def settle_outcome(
    *, by: User, case: Case, outcome: str, settings: OutcomeSettings, why: str = ""
) -> OutcomeVersion | None:
    """Settle how an outcome is put together and told. The same again is no version (None where there was none yet).

    Raises BadInput for an effect that would matter which is none, and without a ``why`` once the answer has been put
    on the thread: a choice made after seeing it is told apart from one made before.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    Case.objects.select_for_update().get(pk=case.pk)
    now = queries.outcome_of(case, by, outcome)
    if now.settings == settings:
        return now.version
    if settings.matters is not None:
        settings.line(now.outcome)
    _known_studies(now, settings)
    why = reason_for_change(why, seen=now.on_thread is not None)
    made = OutcomeVersion.objects.create(
        case=case,
        outcome=outcome,
        number=now.version.number + 1 if now.version else 1,
        body=settings.as_dict(),
        why=why,
        written_by=by,
    )
    write_down(
        by=by,
        action="reviews.settle_outcome",
        summary=f"settled how '{now.outcome.name}' is put together{f': {why}' if why else ''}",
        case=case.slug,
        details={"outcome": outcome, "version": made.number, "settings": made.body},
    )
    refresh_outcome(by=by, case=case, outcome=outcome)
    refresh_likeness(by=by, case=case)
    return made


def _known_studies(now: queries.OutcomeNow, settings: OutcomeSettings) -> None:
    there = {effect.study for effect in now.effects}
    gone = [study for study, _reason in settings.choices.leave_out if study not in there]
    if gone:
        raise BadInput(
            f"There is no study {gone[0]} with a result for this outcome, so it cannot be left out."
        )


@transaction.atomic
def judge_certainty(
    *, by: User, case: Case, outcome: str, judged: Mapping[str, tuple[int, str]]
) -> list[CertaintyDecision]:
    """Decide about factors of certainty: steps with the reason, by the factor's key. What is the same is not written.

    Raises BadInput where there is nothing to judge yet, and with every problem of the decisions.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    Case.objects.select_for_update().get(pk=case.pk)
    now = queries.outcome_of(case, by, outcome)
    if now.account is None:
        raise BadInput("There is no answer yet that could be judged. Put the outcome together first.")
    decisions = decisions_on(now.account.grade, now.settings.design, by, judged)
    return keep_decisions(
        by=by, case=case, outcome=now.outcome, decisions=decisions, held=now.decisions, numbers=now.numbers
    )


def keep_decisions(
    *,
    by: User,
    case: Case,
    outcome: Outcome,
    decisions: Sequence[Decision],
    held: Sequence[CertaintyDecision],
    numbers: str,
    way: str = CertaintyDecision.Way.NUMBER,
) -> list[CertaintyDecision]:
    """Write decisions about certainty that are not ``held`` already. Others have checked them, and that one may."""
    there = {row.factor: row for row in held}
    made = []
    for each in decisions:
        old = there.get(each.factor)
        if old and (old.steps, old.reason, old.numbers) == (each.steps, each.reason, numbers):
            continue
        made.append(
            CertaintyDecision.objects.create(
                case=case,
                outcome=outcome.key,
                factor=each.factor,
                steps=each.steps,
                reason=each.reason,
                numbers=numbers,
                way=way,
                decided_by=by,
            )
        )
    if made:
        told = ", told in words," if way == CertaintyDecision.Way.WORDS else ""
        write_down(
            by=by,
            action="reviews.judge_certainty",
            summary=f"judged how sure '{outcome.name}'{told} is: {'; '.join(str(row) for row in made)}"[:900],
            case=case.slug,
            details={"outcome": outcome.key, "decisions": [row.pk for row in made], "way": str(way)},
        )
        refresh_outcome(by=by, case=case, outcome=outcome.key)
    return made


@transaction.atomic
def add_outcome_to_thread(*, by: User, case: Case, outcome: str) -> StoredFinding:
    """Put what the studies say together on the thread. A newer answer supersedes the older.

    Raises BadInput, with what is missing, where there is no answer, and where somebody chose words instead of it.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    now = queries.outcome_of(case, by, outcome)
    if now.instead:
        raise BadInput(
            "Somebody judged that an average would mislead here, so the answer is in words. Take that back first, with "
            "your reason, if a number should stand."
        )
    if now.finding is None:
        raise now.why_not or BadInput("There is no answer yet.")
    return add_finding(by=by, case=case, finding=now.finding)


def refresh_outcome(*, by: User, case: Case, outcome: str) -> None:
    """Tell the thread what an outcome says now, where it was told before, and as it was: as a number or in words.

    Others have checked that the person may. Where it cannot be put together so any more nothing is told: the page says
    so, and a person takes it from there.
    """
    now: queries.OutcomeNow | queries.NarrativeNow = queries.outcome_of(case, by, outcome)
    if now.on_thread is not None and now.on_thread.finding.method.name == NARRATED.name:
        now = queries.narrative_of(case, by, outcome)
    tell_again(by, case, now)


def refresh_outcomes(*, by: User, case: Case) -> None:
    """The same for every outcome and network on the thread, and for which studies are like us, after a correction."""
    for outcome in queries.outcomes_on_thread(case):
        refresh_outcome(by=by, case=case, outcome=outcome)
    refresh_networks(by=by, case=case)
    refresh_likeness(by=by, case=case)
