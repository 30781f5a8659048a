"""What was taken from studies: the plan that holds, answers and results, what holds of them, who may see what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import Http404

from wherewithal.analyse.reviews.extraction.effect import Effect
from wherewithal.analyse.reviews.extraction.form import Question
from wherewithal.analyse.reviews.extraction.given import Given
from wherewithal.analyse.reviews.extraction.plan import Plan, plan_changes
from wherewithal.analyse.reviews.extraction.plausibility import Doubt, Taken, doubts_about
from wherewithal.analyse.reviews.extraction.reconciling import (
    Agreement,
    Said,
    Standing,
    State,
    agreement_of,
    same_given,
    standing_of,
)
from wherewithal.analyse.reviews.extraction.rows import Row
from wherewithal.analyse.reviews.extraction.study import Arm, Instrument, Outcome, TimePoint
from wherewithal.analyse.reviews.extraction.working import work_out
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews.models import (
    Answer,
    Comparison,
    ExtractionPlan,
    NumberSuggestion,
    Result,
    Study,
    WarningAnswer,
)
from wherewithal_web.analyse.reviews.queries.studying import library_study, studies_of
from wherewithal_web.cases.models import Case
from wherewithal_web.people.models import User


def newest_plan(case: Case) -> ExtractionPlan | None:
    return case.extraction_plans.order_by("-number").select_related("written_by").first()


def plan_of(case: Case) -> Plan:
    """The plan that holds; where none was written, the usual form, one person and no outcomes yet."""
    newest = newest_plan(case)
    return Plan.from_dict(newest.body) if newest else Plan()


@dataclass(frozen=True)
class PlanVersion:
    """One version of the plan with what it changed."""

    row: ExtractionPlan
    changes: tuple[str, ...]


def plan_versions(case: Case) -> list[PlanVersion]:
    """Every version, the newest first."""
    rows = list(case.extraction_plans.select_related("written_by"))
    plans = [Plan(), *(Plan.from_dict(row.body) for row in rows)]
    return [
        PlanVersion(row, tuple(plan_changes(older, newer)))
        for row, older, newer in zip(rows, plans, plans[1:], strict=False)
    ][::-1]


# --- answers --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Field:
    """One question about one study, as one person may see it.

    ``held`` is the answer that holds, ``mine`` the person's own newest, ``shown`` every person's newest where they
    may be seen. ``waits``: another person has answered, and this one not yet.
    """

    question: Question
    standing: Standing
    held: Answer | None = None
    mine: Answer | None = None
    shown: tuple[Answer, ...] = ()
    waits: bool = False


def said_of(rows: Iterable[Answer]) -> list[Said]:
    return [Said(row.given_by_id, row.value, row.settles) for row in rows]


def answers_of(study: Study) -> dict[str, list[Answer]]:
    """Every answer about a study, oldest first, by question."""
    found: dict[str, list[Answer]] = {}
    for row in study.answers.select_related("given_by").order_by("pk"):
        found.setdefault(row.question, []).append(row)
    return found


def fields_of(study: Study, plan: Plan, user: User) -> dict[str, Field]:
    """Every question of the form about a study, by key."""
    given = answers_of(study)
    return {
        question.key: _field(question, given.get(question.key, []), plan, user)
        for question in plan.form.questions
    }


def _field(question: Question, rows: list[Answer], plan: Plan, user: User) -> Field:
    standing = standing_of(said_of(rows), needed=plan.people)
    held = rows[standing.holding] if standing.state.holds else None
    mine = next((row for row in reversed(rows) if row.given_by_id == user.pk), None)
    latest = {row.given_by_id: row for row in rows}
    hidden = standing.state is State.WAITING
    return Field(
        question,
        standing,
        held,
        mine,
        tuple(row for row in latest.values() if not hidden or row.given_by_id == user.pk),
        waits=hidden and mine is None,
    )


def answers_left(study: Study, plan: Plan) -> list[Answer]:
    """The newest answers to questions that the form asks no more: kept, and shown as such."""
    asked = {question.key for question in plan.form.questions}
    return [rows[-1] for key, rows in answers_of(study).items() if key not in asked]


# --- results --------------------------------------------------------------------------------------------


@dataclass
class Line:
    """One comparison with what was taken for it, as one person may see it.

    ``instrument`` and ``outcome`` are None where the plan has them no more. ``held`` is the result that holds;
    ``shown`` those the person may see. ``effect`` is worked out from the held one (or the person's own while a second
    is to come); ``why_not`` says why there is none. ``open`` are doubts that nobody answered.
    """

    comparison: Comparison
    instrument: Instrument | None
    outcome: Outcome | None
    arms: tuple[Arm | None, Arm | None]
    standing: Standing
    rows: tuple[Result, ...]
    held: Result | None = None
    mine: Result | None = None
    shown: tuple[Result, ...] = ()
    waits: bool = False
    effect: Effect | None = None
    why_not: str = ""
    problems: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    answered: dict[str, WarningAnswer] = field(default_factory=dict)

    @property
    def basis(self) -> Result | None:
        """The result whose effect is shown."""
        return self.held or self.mine

    @property
    def given(self) -> Given | None:
        return Given.from_dict(self.basis.given) if self.basis else None

    @property
    def open(self) -> tuple[Doubt, ...]:
        return tuple(doubt for doubt in self.doubts if doubt.key not in self.answered)

    @property
    def time(self) -> TimePoint:
        return TimePoint(self.comparison.time_words, self.comparison.weeks)

    @property
    def withdrawn(self) -> bool:
        return self.standing.state.holds and self.held is None


def _result_said(row: Result) -> Said:
    value = "withdrawn" if row.withdrawn else same_given(Given.from_dict(row.given))
    return Said(row.given_by_id, value, row.settles)


def standing_of_results(rows: Iterable[Result], needed: int) -> Standing:
    """What holds of the results for one comparison, oldest first."""
    return standing_of([_result_said(row) for row in rows], needed=needed)


def lines_of(case: Case, user: User, plan: Plan | None = None) -> list[Line]:
    """Every comparison of the review's studies, in order, with effects and doubts. A few queries, whatever the size."""
    plan = plan or plan_of(case)
    studies = {study.pk: study for study in studies_of(case)}
    rows = _results_by_comparison(case)
    reasons: dict[int, list[WarningAnswer]] = {}
    for reason in WarningAnswer.objects.filter(comparison__study__case=case).select_related("answered_by"):
        reasons.setdefault(reason.comparison_id, []).append(reason)
    lines = []
    comparisons = Comparison.objects.filter(study__in=list(studies)).order_by("study__number", "number")
    for comparison in comparisons:
        comparison.study = studies[comparison.study_id]
        lines.append(_line(comparison, rows.get(comparison.pk, []), plan, user))
    taken = {line.comparison.pk: one for line in lines if (one := _taken(line)) is not None}
    for line in lines:
        one = taken.get(line.comparison.pk)
        if one is None:
            continue
        line.doubts = tuple(doubts_about(one, list(taken.values())))
        stamp = one.given.fingerprint
        line.answered = {
            reason.warning: reason
            for reason in reasons.get(line.comparison.pk, [])
            if reason.fingerprint == stamp
        }
    return lines


def _line(comparison: Comparison, rows: list[Result], plan: Plan, user: User) -> Line:
    instrument = plan.instrument(comparison.instrument)
    outcome = plan.outcome(instrument.outcome) if instrument else None
    arms = {row.number: row.arm for row in comparison.study.arms}
    standing = standing_of_results(rows, plan.people)
    held = rows[standing.holding] if standing.state.holds else None
    latest = {row.given_by_id: row for row in rows}
    mine = latest.get(user.pk)
    hidden = standing.state is State.WAITING
    line = Line(
        comparison,
        instrument,
        outcome,
        (arms.get(comparison.arm1), arms.get(comparison.arm2)),
        standing,
        tuple(rows),
        held if held and not held.withdrawn else None,
        mine if mine and not mine.withdrawn else None,
        tuple(row for row in latest.values() if not hidden or row.given_by_id == user.pk),
        waits=hidden and mine is None,
    )
    _work_out(line)
    return line


def _work_out(line: Line) -> None:
    given = line.given
    if given is None:
        return
    if line.instrument is None or line.outcome is None:
        line.why_not = "The plan has this measure no more, so there is nothing to bring the result to."
        return
    try:
        line.effect = work_out(given, line.outcome.measure, turned=line.instrument.turned)
    except BadInput as error:
        line.why_not = error.message
        line.problems = tuple(str(problem) for problem in error.problems)


def _taken(line: Line) -> Taken | None:
    given = line.given
    if given is None or line.instrument is None or line.basis is None:
        return None
    return Taken(
        given,
        line.instrument,
        line.arms,
        line.effect,
        line.basis.quotation,
        line.comparison.study.number,
    )


def line_for(study: Study, number: int, user: User) -> Line:
    """One comparison of a study. Raises Http404 where there is none."""
    for line in lines_of(study.case, user):
        if line.comparison.study_id == study.pk and line.comparison.number == number:
            return line
    raise Http404("There is no such result in this study.")


def extracted_rows(case: Case, user: User, outcome: str = "") -> list[Row]:
    """The results that hold, as the library's rows; of one outcome where ``outcome`` names it."""
    plan = plan_of(case)
    rows = []
    for line in lines_of(case, user, plan):
        if line.held is None or line.outcome is None or line.instrument is None:
            continue
        if outcome and line.outcome.key != outcome:
            continue
        rows.append(
            Row(
                study=library_study(line.comparison.study),
                outcome=line.outcome,
                instrument=line.instrument,
                time=line.time,
                arms=line.arms,
                given=Given.from_dict(line.held.given),
                effect=line.effect,
                why_not=line.why_not,
                place=line.held.place,
                by=_names(line),
                how=how_it_holds(line.standing),
                doubts=tuple(doubt.words for doubt in line.open),
            )
        )
    return rows


def _names(line: Line) -> str:
    return ", ".join(dict.fromkeys(row.given_by.name for row in line.rows))


def how_it_holds(standing: Standing) -> str:
    """ "taken by two people, who agreed", for a row of the export."""
    people = "one person" if standing.people < 2 else "two people"
    return {
        State.AGREED: f"taken by {people}" + (", who agreed" if standing.people > 1 else ""),
        State.SETTLED: f"taken by {people} and settled" if standing.people > 1 else "settled",
    }.get(standing.state, "")


# --- the whole review -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Progress:
    """How far one study is. ``missing`` says in words what is not there yet."""

    study: Study
    answered: int
    questions: int
    results: int
    waiting: int
    differ: int
    doubts: int
    missing: tuple[str, ...]


def progress_of(case: Case, user: User) -> list[Progress]:
    """How far every study is, in their order."""
    plan = plan_of(case)
    asked = {question.key for question in plan.form.questions}
    states: dict[int, list[State]] = {}
    for (study, question), rows in _answers_by_question(case).items():
        if question not in asked:
            continue
        standing = standing_of(said_of(rows), needed=plan.people)
        emptied = standing.state.holds and not rows[standing.holding].value
        states.setdefault(study, []).append(State.EMPTY if emptied else standing.state)
    lines: dict[int, list[Line]] = {}
    for line in lines_of(case, user, plan):
        lines.setdefault(line.comparison.study_id, []).append(line)
    return [
        _progress(study, states.get(study.pk, []), lines.get(study.pk, []), len(asked), plan)
        for study in studies_of(case)
    ]


def _progress(study: Study, states: list[State], lines: list[Line], asked: int, plan: Plan) -> Progress:
    answered = sum(state.holds for state in states)
    held = [line for line in lines if line.held is not None]
    waiting = states.count(State.WAITING) + sum(line.standing.state is State.WAITING for line in lines)
    differ = states.count(State.DIFFER) + sum(line.standing.state is State.DIFFER for line in lines)
    doubts = sum(len(line.open) for line in held)
    measured = {line.outcome.key for line in held if line.outcome}
    missing = []
    if not study.arms:
        missing.append("its arms")
    missing += [f"{outcome.name.lower()}" for outcome in plan.outcomes if outcome.key not in measured]
    return Progress(study, answered, asked, len(held), waiting, differ, doubts, tuple(missing))


def _answers_by_question(case: Case) -> dict[tuple[int, str], list[Answer]]:
    found: dict[tuple[int, str], list[Answer]] = {}
    for row in Answer.objects.filter(study__case=case).order_by("pk"):
        found.setdefault((row.study_id, row.question), []).append(row)
    return found


def held_answers(case: Case) -> dict[tuple[int, str], str]:
    """The answers that hold, by the study's number in the review and the question."""
    needed = plan_of(case).people
    numbers = dict(Study.objects.filter(case=case).values_list("pk", "number"))
    found = {}
    for (study, question), rows in _answers_by_question(case).items():
        standing = standing_of(said_of(rows), needed=needed)
        if standing.state.holds and rows[standing.holding].value:
            found[numbers[study], question] = str(rows[standing.holding].value)
    return found


def _results_by_comparison(case: Case) -> dict[int, list[Result]]:
    found: dict[int, list[Result]] = {}
    for row in Result.objects.filter(comparison__study__case=case).select_related("given_by").order_by("pk"):
        found.setdefault(row.comparison_id, []).append(row)
    return found


def waiting_answers(case: Case) -> set[tuple[int, str]]:
    """The answers that one of two people gave so far, by study and question: nobody else is told them yet."""
    needed = plan_of(case).people
    return {
        key
        for key, rows in _answers_by_question(case).items()
        if standing_of(said_of(rows), needed=needed).state is State.WAITING
    }


def waiting_results(case: Case) -> set[int]:
    """The comparisons for which one of two people has taken numbers so far."""
    needed = plan_of(case).people
    return {
        key
        for key, rows in _results_by_comparison(case).items()
        if standing_of_results(rows, needed).state is State.WAITING
    }


def extraction_agreement(case: Case) -> Agreement:
    """How far two people took the same from the papers, answers and results together, before anything was settled."""
    answers = [said_of(rows) for rows in _answers_by_question(case).values()]
    results = [[_result_said(row) for row in rows] for rows in _results_by_comparison(case).values()]
    return agreement_of([*answers, *results])


def suggestions_of(study: Study) -> list[NumberSuggestion]:
    """What a machine found in the study's records and nobody has taken over yet."""
    rows = study.suggestions.filter(taken_over=None).select_related("record")
    return list(rows.order_by("record", "start"))
