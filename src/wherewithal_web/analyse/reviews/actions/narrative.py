"""Putting an outcome together in words: which way reports say it went, what is chosen, its report, how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.db import transaction

from wherewithal.analyse.reviews.extraction.study import Place
from wherewithal.analyse.reviews.narrative.choices import NarrativeChoices
from wherewithal.analyse.reviews.narrative.directions import Direction
from wherewithal.analyse.reviews.narrative.pointing import Described
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.actions.likeness import refresh_likeness
from wherewithal_web.analyse.reviews.actions.outcomes import keep_decisions, refresh_outcome
from wherewithal_web.analyse.reviews.actions.telling import decisions_on, reason_for_change
from wherewithal_web.analyse.reviews.models import (
    CertaintyDecision,
    DescribedDirection,
    NarrativeVersion,
    Study,
)
from wherewithal_web.audit.actions import record as write_down
from wherewithal_web.cases.actions import add_finding
from wherewithal_web.cases.models import Case, StoredFinding
from wherewithal_web.cases.permissions import may
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission


@transaction.atomic
def describe_direction(
    *, by: User, study: Study, outcome: str, direction: str, place: Place, people: int | None = None
) -> DescribedDirection:
    """Write down which way a report says an outcome went, for a study that gives no number for it.

    Numbers that are extracted later go before it. The same again is the one there is; the same by somebody else says
    that they read it so too. Raises BadInput without the page and the words, and where the study has a result that
    gives a direction.
    """
    case = study.case
    require(may(by, Permission.CONTRIBUTE, case))
    Study.objects.select_for_update(of=("self",)).get(pk=study.pk)
    now = queries.narrative_of(case, by, outcome)
    page, quotation = " ".join(place.page.split())[:60], place.quotation.strip()[:2000]
    described = Described(str(study.number), Direction(direction), Place(page, quotation), by.name, people)
    if study.pk not in {each.pk for each in now.wordless}:
        raise BadInput(
            f"{study.name} has a result for this outcome, which goes before words. Correct the result if it is wrong."
        )
    there = now.described.get(study.number)
    again = there is not None and there.described == replace(described, by=there.described.by)
    if there is not None and again and by.name in there.readers:
        return there
    made = DescribedDirection.objects.create(
        study=study,
        outcome=outcome,
        direction=described.direction.value,
        people=people,
        page=page,
        quotation=quotation,
        read_by=by,
    )
    write_down(
        by=by,
        action="reviews.describe_direction",
        summary=f"{'checked' if again else 'read'} which way '{now.outcome.name}' went from the words of {study.name}: "
        f"{made.direction}",
        case=case.slug,
        details={"study": study.number, "outcome": outcome, "direction": made.direction, "page": page},
    )
    refresh_outcome(by=by, case=case, outcome=outcome)
    refresh_likeness(by=by, case=case)
    return made


@transaction.atomic
def withdraw_direction(*, by: User, study: Study, outcome: str) -> DescribedDirection:
    """Take back a direction that was read from words. Raises BadInput where there is none."""
    case = study.case
    require(may(by, Permission.CONTRIBUTE, case))
    Study.objects.select_for_update(of=("self",)).get(pk=study.pk)
    now = queries.narrative_of(case, by, outcome)
    there = now.described.get(study.number)
    if there is None:
        raise BadInput("There is no direction to take back.")
    made = DescribedDirection.objects.create(
        study=study,
        outcome=outcome,
        direction=there.direction,
        people=there.people,
        page=there.page,
        quotation=there.quotation,
        withdrawn=True,
        read_by=by,
    )
    write_down(
        by=by,
        action="reviews.withdraw_direction",
        summary=f"took back which way '{now.outcome.name}' went by the words of {study.name}",
        case=case.slug,
        details={"study": study.number, "outcome": outcome},
    )
    refresh_outcome(by=by, case=case, outcome=outcome)
    refresh_likeness(by=by, case=case)
    return made


@transaction.atomic
def settle_narrative(
    *, by: User, case: Case, outcome: str, instead: str, ways: tuple[str, ...], why: str = ""
) -> NarrativeVersion | None:
    """Choose whether an outcome is told in words, and what is said beside the directions. The same is no version.

    ``instead`` is the reason why an average would mislead; empty where a number may be worked out. Raises BadInput
    without a ``why`` once an answer is on the thread.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    Case.objects.select_for_update().get(pk=case.pk)
    now = queries.narrative_of(case, by, outcome)
    wanted = NarrativeChoices(" ".join(instead.split())[:1000], ways, now.choices.written)
    if wanted.settled == now.choices.settled:
        return now.version
    why = reason_for_change(why, seen=now.on_thread is not None)
    made = _version(by, case, now, wanted, why)
    write_down(
        by=by,
        action="reviews.settle_narrative",
        summary=(
            f"chose to tell '{now.outcome.name}' in words: {wanted.instead}"
            if wanted.instead
            else f"settled how '{now.outcome.name}' is told in words{f': {why}' if why else ''}"
        )[:900],
        case=case.slug,
        details={"outcome": outcome, "version": made.number, "choices": wanted.settled},
    )
    refresh_outcome(by=by, case=case, outcome=outcome)
    refresh_likeness(by=by, case=case)
    return made


@transaction.atomic
def write_report(
    *, by: User, case: Case, outcome: str, written: Mapping[str, str]
) -> NarrativeVersion | None:
    """Keep what a person has written of the report so far, by the number of its items. An empty one is left to the
    draft. The same again is no version.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    Case.objects.select_for_update().get(pk=case.pk)
    now = queries.narrative_of(case, by, outcome)
    wanted = now.choices.writing(written)
    if wanted == now.choices:
        return now.version
    made = _version(by, case, now, wanted, "")
    changed = sorted(
        number
        for number in {*wanted.written, *now.choices.written}
        if wanted.written.get(number) != now.choices.written.get(number)
    )
    write_down(
        by=by,
        action="reviews.write_report",
        summary=f"wrote items {', '.join(changed)} of the report on '{now.outcome.name}'",
        case=case.slug,
        details={"outcome": outcome, "version": made.number, "items": changed},
    )
    return made


def _version(
    by: User, case: Case, now: queries.NarrativeNow, choices: NarrativeChoices, why: str
) -> NarrativeVersion:
    return NarrativeVersion.objects.create(
        case=case,
        outcome=now.outcome.key,
        number=now.version.number + 1 if now.version else 1,
        body=choices.as_dict(),
        why=why,
        written_by=by,
    )


@transaction.atomic
def judge_narrative(
    *, by: User, case: Case, outcome: str, judged: Mapping[str, tuple[int, str]]
) -> list[CertaintyDecision]:
    """Decide how sure an outcome in words is, as ``judge_certainty`` does of a number; the two are kept apart."""
    require(may(by, Permission.CONTRIBUTE, case))
    Case.objects.select_for_update().get(pk=case.pk)
    now = queries.narrative_of(case, by, outcome)
    if now.account is None:
        raise now.why_not or BadInput("There is no answer yet that could be judged.")
    decisions = decisions_on(now.account.grade, now.settings.design, by, judged)
    return keep_decisions(
        by=by,
        case=case,
        outcome=now.outcome,
        decisions=decisions,
        held=now.decisions,
        numbers=now.numbers,
        way=CertaintyDecision.Way.WORDS,
    )


@transaction.atomic
def add_narrative_to_thread(*, by: User, case: Case, outcome: str) -> StoredFinding:
    """Put an outcome in words on the thread. It takes the place of what was told of that outcome before.

    Raises BadInput, with what is missing, where no study points anywhere.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    now = queries.narrative_of(case, by, outcome)
    if now.finding is None:
        raise now.why_not or BadInput("There is no answer yet.")
    return add_finding(by=by, case=case, finding=now.finding)
