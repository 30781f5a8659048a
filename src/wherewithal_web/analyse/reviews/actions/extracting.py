"""Planning what to take from studies, and taking it: answers, results, reasons for keeping doubtful numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from django.db import transaction

from wherewithal.analyse.reviews.extraction.given import Given
from wherewithal.analyse.reviews.extraction.mentions import GRAMMAR, mentions_in
from wherewithal.analyse.reviews.extraction.plan import Plan, plan_changes
from wherewithal.analyse.reviews.extraction.reconciling import Standing, State, standing_of
from wherewithal.analyse.reviews.extraction.study import Place
from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import counted
from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.actions.likeness import refresh_likeness
from wherewithal_web.analyse.reviews.actions.outcomes import refresh_outcomes
from wherewithal_web.analyse.reviews.models import (
    Answer,
    Comparison,
    ExtractionPlan,
    NumberSuggestion,
    Result,
    Study,
    WarningAnswer,
)
from wherewithal_web.audit.actions import record as write_down
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.permissions import may
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission

Row = TypeVar("Row", Answer, Result)
SETTLE_FIRST = "Two people differ about this. Settle it on the page of differences, with a note on how."


@transaction.atomic
def write_plan(*, by: User, case: Case, plan: Plan, why: str = "") -> ExtractionPlan:
    """Write a new version of the plan of extraction. No answer or result is lost by it; the same again is no version.

    Raises BadInput for an outcome or a measure that results rest on and that would be taken out.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    Case.objects.select_for_update().get(pk=case.pk)
    newest = queries.newest_plan(case)
    before = queries.plan_of(case)
    if newest is not None and before == plan:
        return newest
    used = set(Comparison.objects.filter(study__case=case).values_list("instrument", flat=True))
    kept = [
        each.name for each in before.instruments if each.key in used and plan.instrument(each.key) is None
    ]
    if kept:
        raise BadInput(
            "Results rest on a measure that would be taken out.",
            [
                Problem(name, "has results", "no results", "Keep it, or withdraw its results first.")
                for name in kept
            ],
        )
    made = ExtractionPlan.objects.create(
        case=case,
        number=newest.number + 1 if newest else 1,
        body=plan.as_dict(),
        why=why.strip()[:1000],
        written_by=by,
    )
    changed = plan_changes(before, plan)
    write_down(
        by=by,
        action="reviews.write_plan",
        summary=f"changed what is taken from studies, version {made.number}: {'; '.join(changed)[:600]}",
        case=case.slug,
        details={"version": made.number, "changes": changed},
    )
    return made


@transaction.atomic
def answer_questions(
    *, by: User, study: Study, answers: Mapping[str, tuple[str, Place]], seen: int | None = None
) -> list[Answer]:
    """Answer questions of the form about a study: by key, the answer and where it stands. Empty ones are left.

    Where two people are to answer, each does so on their own; where the answers are known to both, a change settles
    them. ``seen`` is the newest answer the person could see. Raises BadInput, with one Problem a question, for what is
    no answer, for questions that are not asked, and where two people differ.
    """
    require(may(by, Permission.CONTRIBUTE, study.case))
    Study.objects.select_for_update(of=("self",)).get(pk=study.pk)
    plan = queries.plan_of(study.case)
    there = queries.answers_of(study)
    problems: list[Problem] = []
    made: list[Answer] = []
    for key, (text, place) in answers.items():
        question = plan.form.question(key)
        if question is None:
            problems.append(Problem(key, "not asked", "a question of the form", "Change the form first."))
            continue
        try:
            value = question.read(text)
        except BadInput as error:
            problems += error.problems
            continue
        earlier = there.get(key, [])
        own = next((row for row in reversed(earlier) if row.given_by_id == by.pk), None)
        if not value and own is None:
            continue
        page, quotation = place.page.strip()[:60], place.quotation.strip()[:2000]
        standing = standing_of(queries.said_of(earlier), needed=plan.people)
        state = standing.state
        known = _known(earlier, own, standing)
        if (value, page, quotation) in [(row.value, row.page, row.quotation) for row in known]:
            continue
        if state is State.DIFFER:
            problems.append(Problem(question.words, "two people differ", "one answer", SETTLE_FIRST))
            continue
        others = [row for row in earlier if row.given_by_id != by.pk]
        unseen = seen is not None and bool(others) and others[-1].pk > seen
        made.append(
            Answer(
                study=study,
                question=key,
                value=value,
                page=page,
                quotation=quotation,
                settles=bool(others) and state.holds and not unseen,
                given_by=by,
            )
        )
    if problems:
        raise BadInput("Some answers cannot be kept as they are.", problems)
    for row in made:
        row.save()
    if made:
        blind = plan.people > 1
        write_down(
            by=by,
            action="reviews.answer_questions",
            summary=f"answered {counted(len(made), 'question')} about {study.name}",
            case=study.case.slug,
            details={"study": study.number, "questions": [row.question for row in made]}
            if blind
            else {"study": study.number, "answers": {row.question: row.value for row in made}},
        )
        refresh_likeness(by=by, case=study.case)
    return made


def _known(earlier: Sequence[Row], own: Row | None, standing: Standing) -> list[Row]:
    """The rows that saying the same again adds nothing to: what holds, and one's own where nothing was settled."""
    rows = [earlier[standing.holding]] if standing.state.holds else []
    return [*rows, own] if own is not None and standing.state is not State.SETTLED else rows


@transaction.atomic
def add_comparison(
    *,
    by: User,
    study: Study,
    instrument: str,
    time_words: str = "",
    weeks: float | None = None,
    arm1: int | None = None,
    arm2: int | None = None,
) -> Comparison:
    """Say what is compared: a measure at a time between two arms, or of one. The same again is the one there is.

    Raises BadInput for a measure the plan does not have, arms the study does not have, and an arm against itself.
    """
    require(may(by, Permission.CONTRIBUTE, study.case))
    Study.objects.select_for_update(of=("self",)).get(pk=study.pk)
    plan = queries.plan_of(study.case)
    if plan.instrument(instrument) is None:
        raise BadInput(
            "Choose how the outcome was measured.",
            [
                Problem(
                    "measure",
                    repr(instrument),
                    "; ".join(each.name for each in plan.instruments) or "none is in the plan yet",
                    "Add it to the plan if it is not there.",
                )
            ],
        )
    there = {row.number for row in queries.arm_rows_of(study)}
    if any(arm is not None and arm not in there for arm in (arm1, arm2)):
        raise BadInput(f"{study.name} has no such arm.")
    if arm1 is None or arm1 == arm2:
        raise BadInput("Choose two different arms, the programme first; a correlation is of one arm.")
    if weeks is not None and not 0 <= weeks <= 5200:
        raise BadInput("Weeks after the programme began lie between 0 and 5,200.")
    words = " ".join(time_words.split())[:120]
    same = study.comparisons.filter(instrument=instrument, time_words=words, arm1=arm1, arm2=arm2).first()
    if same is not None:
        return same
    made = Comparison.objects.create(
        study=study,
        number=study.comparisons.count() + 1,
        instrument=instrument,
        time_words=words,
        weeks=weeks,
        arm1=arm1,
        arm2=arm2,
        made_by=by,
    )
    write_down(
        by=by,
        action="reviews.add_comparison",
        summary=f"added a result to read from {study.name}: {plan.instrument(instrument).name}"
        + (f", {words}" if words else ""),
        case=study.case.slug,
        details={"study": study.number, "comparison": made.number},
    )
    return made


@transaction.atomic
def give_result(
    *,
    by: User,
    comparison: Comparison,
    given: Given,
    place: Place,
    suggestion: NumberSuggestion | None = None,
    found: queries.TextNumber | None = None,
    seen: int | None = None,
    token: str = "",
) -> Result:
    """Keep what the paper gives for a comparison. The same numbers again, or the same form sent twice, are one result.

    Doubtful numbers are kept like others: the page says what is odd. Raises BadInput where nothing was given, for a
    form for one group where there are two arms (and the other way round), for a suggestion of another study, and where
    two people differ already.
    """
    study = comparison.study
    require(may(by, Permission.CONTRIBUTE, study.case))
    Comparison.objects.select_for_update(of=("self",)).get(pk=comparison.pk)
    if not given.numbers:
        raise BadInput("Give at least one number, or leave the page: nothing was kept.")
    if given.what.one_group and comparison.arm2 is not None:
        raise BadInput(
            "A correlation is of one group of people; this result compares two arms.",
            [Problem("form", given.what.name, "a form for two arms", "Add a result with one arm for it.")],
        )
    if not given.what.one_group and comparison.arm2 is None:
        raise BadInput("This form compares two arms, and the result has one. Add a result with two arms.")
    if suggestion is not None and suggestion.study_id != study.pk:
        raise BadInput("This suggestion is of another study.")
    if found is not None and not queries.is_text_of(study, found.text):
        raise BadInput("This number is from the full text of another study.")
    if token and (there := Result.objects.filter(token=token[:40], given_by=by).first()):
        return there
    return _keep(
        by, comparison, given=given, place=place, suggestion=suggestion, found=found, seen=seen, token=token
    )


@transaction.atomic
def keep_table(
    *,
    by: User,
    study: Study,
    rows: Sequence[tuple[str, Given, str]],
    arms: tuple[int, int],
    time_words: str = "",
    page: str = "",
) -> list[Result]:
    """Keep the rows of a pasted table, all or none: measure, what it gives, the row's own words.

    Raises BadInput where there are none, and for whatever ``add_comparison`` and ``give_result`` refuse.
    """
    require(may(by, Permission.CONTRIBUTE, study.case))
    if not rows:
        raise BadInput("No row can be kept as it is.")
    made = []
    for instrument, given, quotation in rows:
        comparison = add_comparison(
            by=by, study=study, instrument=instrument, time_words=time_words, arm1=arms[0], arm2=arms[1]
        )
        made.append(give_result(by=by, comparison=comparison, given=given, place=Place(page, quotation)))
    return made


@transaction.atomic
def withdraw_result(*, by: User, comparison: Comparison, why: str) -> Result:
    """Say that there is no result for a comparison after all. Raises BadInput without a reason or a result."""
    require(may(by, Permission.CONTRIBUTE, comparison.study.case))
    Comparison.objects.select_for_update(of=("self",)).get(pk=comparison.pk)
    newest = comparison.results.order_by("-pk").first()
    if newest is None or newest.withdrawn:
        raise BadInput("There is no result to take back.")
    if not why.strip():
        raise BadInput("Say why it is not a result.")
    given = Given.from_dict(newest.given)
    return _keep(by, comparison, given=given, place=Place(), withdrawn=True, note=why.strip())


def _keep(
    by: User,
    comparison: Comparison,
    *,
    given: Given,
    place: Place,
    suggestion: NumberSuggestion | None = None,
    found: queries.TextNumber | None = None,
    seen: int | None = None,
    token: str = "",
    withdrawn: bool = False,
    note: str = "",
) -> Result:
    study = comparison.study
    plan = queries.plan_of(study.case)
    earlier = list(comparison.results.order_by("pk").select_related("given_by"))
    own = next((row for row in reversed(earlier) if row.given_by_id == by.pk), None)
    page, quotation = place.page.strip()[:60], place.quotation.strip()[:2000]
    standing = queries.standing_of_results(earlier, plan.people)
    state = standing.state
    for row in _known(earlier, own, standing):
        same = (row.given, row.page, row.quotation) == (given.as_dict(), page, quotation)
        if same and not (withdrawn or row.withdrawn or suggestion or found):
            return row
    if state is State.DIFFER:
        raise BadInput(SETTLE_FIRST)
    others = [row for row in earlier if row.given_by_id != by.pk]
    unseen = seen is not None and bool(others) and others[-1].pk > seen
    made = Result.objects.create(
        comparison=comparison,
        given=given.as_dict(),
        page=page,
        quotation=quotation,
        settles=bool(others) and state.holds and not unseen,
        note=note[:500],
        withdrawn=withdrawn,
        suggestion=suggestion,
        found_in=found.text if found else None,
        found_page=found.page if found else None,
        found_start=found.mention.start if found else None,
        token=token[:40],
        given_by=by,
    )
    details: dict[str, object] = {"study": study.number, "comparison": comparison.number, "result": made.pk}
    if plan.people == 1 and found is not None:
        details["found_by_machine"] = {"text": found.text.pk, "page": found.page}
    if plan.people == 1:
        details["given"] = given.as_dict()
    did = "took back" if withdrawn else "took from the paper"
    write_down(
        by=by,
        action="reviews.withdraw_result" if withdrawn else "reviews.give_result",
        summary=f"{did} a result of {study.name}: {comparison}" + (f" ({note[:300]})" if note else ""),
        case=study.case.slug,
        details=details,
    )
    refresh_outcomes(by=by, case=study.case)
    return made


@transaction.atomic
def keep_in_spite(*, by: User, comparison: Comparison, warning: str, reason: str) -> WarningAnswer:
    """Say why numbers that a check doubts are right. It holds until the numbers change.

    Raises BadInput without a reason, and where nothing doubts them.
    """
    case = comparison.study.case
    require(may(by, Permission.CONTRIBUTE, case))
    reason = reason.strip()[:500]
    if not reason:
        raise BadInput(
            "Say how you know that the numbers are right, for example that you looked them up again."
        )
    line = queries.line_for(comparison.study, comparison.number, by)
    doubt = next((each for each in line.doubts if each.key == warning), None)
    if doubt is None or line.given is None:
        raise BadInput("Nothing doubts these numbers any more.")
    there = line.answered.get(warning)
    if there is not None and there.reason == reason:
        return there
    made = WarningAnswer.objects.create(
        comparison=comparison,
        warning=warning,
        fingerprint=line.given.fingerprint,
        reason=reason,
        answered_by=by,
    )
    write_down(
        by=by,
        action="reviews.keep_in_spite",
        summary=f"kept numbers of {comparison.study.name} that a check doubts: {reason[:300]}",
        case=case.slug,
        details={"study": comparison.study.number, "comparison": comparison.number, "warning": warning},
    )
    return made


@transaction.atomic
def find_numbers(*, by: User, study: Study) -> list[NumberSuggestion]:
    """Let the machine look for numbers in the study's titles and abstracts. What it found anew; nothing holds by it."""
    require(may(by, Permission.CONTRIBUTE, study.case))
    Study.objects.select_for_update(of=("self",)).get(pk=study.pk)
    made = []
    for row in queries.reports_of(study):
        there = set(NumberSuggestion.objects.filter(record=row, grammar=GRAMMAR).values_list("kind", "start"))
        text = f"{row.title}. {row.record.abstract}"
        for mention in mentions_in(text):
            if (mention.kind, mention.start) in there:
                continue
            made.append(
                NumberSuggestion.objects.create(
                    study=study,
                    record=row,
                    grammar=GRAMMAR,
                    kind=mention.kind,
                    numbers={
                        "form": mention.form,
                        "ratio": mention.ratio,
                        "numbers": dict(mention.numbers),
                    },
                    quotation=mention.quotation[:500],
                    start=mention.start,
                )
            )
    if made:
        write_down(
            by=by,
            action="reviews.find_numbers",
            summary=f"let the machine find {counted(len(made), 'number')} in what reports {study.name}",
            case=study.case.slug,
            details={"study": study.number, "grammar": GRAMMAR},
        )
    return made
