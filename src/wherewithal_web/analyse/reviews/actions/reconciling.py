"""Settling what two people took differently from a study."""

from __future__ import annotations

from django.db import transaction

from wherewithal.analyse.reviews.extraction.given import Given
from wherewithal.analyse.reviews.extraction.reconciling import State, standing_of
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.actions.likeness import refresh_likeness
from wherewithal_web.analyse.reviews.actions.outcomes import refresh_outcomes
from wherewithal_web.analyse.reviews.models import Answer, Comparison, Result, Study
from wherewithal_web.audit.actions import record as write_down
from wherewithal_web.cases.permissions import may
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission


@transaction.atomic
def settle_answer(*, by: User, study: Study, question: str, text: str, note: str) -> Answer:
    """Settle what two people answered differently. Raises BadInput without a note on how, and where none differ."""
    require(may(by, Permission.CONTRIBUTE, study.case))
    Study.objects.select_for_update(of=("self",)).get(pk=study.pk)
    plan = queries.plan_of(study.case)
    asked = plan.form.question(question)
    rows = queries.answers_of(study).get(question, [])
    if asked is None or standing_of(queries.said_of(rows), needed=plan.people).state is not State.DIFFER:
        raise BadInput("Nobody differs about this any more. Nothing was changed.")
    value = asked.read(text)
    if not value:
        raise BadInput("Choose what holds, or write it.")
    _noted(note)
    chosen = next((row for row in reversed(rows) if row.value == value), None)
    made = Answer.objects.create(
        study=study,
        question=question,
        value=value,
        page=chosen.page if chosen else "",
        quotation=chosen.quotation if chosen else "",
        settles=True,
        note=note.strip()[:500],
        given_by=by,
    )
    write_down(
        by=by,
        action="reviews.settle_answer",
        summary=f"settled “{asked.words}” of {study.name}: {note.strip()[:300]}",
        case=study.case.slug,
        details={"study": study.number, "question": question, "value": value},
    )
    refresh_likeness(by=by, case=study.case)
    return made


@transaction.atomic
def settle_result(
    *, by: User, comparison: Comparison, note: str, chosen: Result | None = None, given: Given | None = None
) -> Result:
    """Settle a result that two people took differently: one of theirs, or numbers looked up again together.

    Raises BadInput without a note on how, where nobody differs, and where neither is given.
    """
    study = comparison.study
    require(may(by, Permission.CONTRIBUTE, study.case))
    Comparison.objects.select_for_update(of=("self",)).get(pk=comparison.pk)
    plan = queries.plan_of(study.case)
    rows = list(comparison.results.order_by("pk"))
    if queries.standing_of_results(rows, plan.people).state is not State.DIFFER:
        raise BadInput("Nobody differs about this any more. Nothing was changed.")
    _noted(note)
    if chosen is not None and chosen.comparison_id != comparison.pk:
        raise BadInput("This result is of another comparison.")
    held = Given.from_dict(chosen.given) if chosen is not None else given
    if held is None:
        raise BadInput("Choose whose numbers hold, or give others.")
    made = Result.objects.create(
        comparison=comparison,
        given=held.as_dict(),
        page=chosen.page if chosen else "",
        quotation=chosen.quotation if chosen else "",
        withdrawn=bool(chosen and chosen.withdrawn),
        settles=True,
        note=note.strip()[:500],
        given_by=by,
    )
    write_down(
        by=by,
        action="reviews.settle_result",
        summary=f"settled a result of {study.name}: {note.strip()[:300]}",
        case=study.case.slug,
        details={"study": study.number, "comparison": comparison.number, "given": made.given},
    )
    refresh_outcomes(by=by, case=study.case)
    return made


def _noted(note: str) -> None:
    if not note.strip():
        raise BadInput("Say in a few words how it was settled, for example what you looked up together.")
