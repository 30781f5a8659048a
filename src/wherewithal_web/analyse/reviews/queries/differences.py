"""What studies are like, by the answers of the form that hold, and whether what they find goes with it."""

from __future__ import annotations

from wherewithal.analyse.reviews.extraction.form import NOT_REPORTED, Kind, Question
from wherewithal.analyse.reviews.outcomes import Difference, Trait, difference_by
from wherewithal_web.analyse.reviews.queries.extracting import held_answers, plan_of
from wherewithal_web.analyse.reviews.queries.outcomes import OutcomeNow
from wherewithal_web.cases.models import Case

FIT = (Kind.NUMBER, Kind.CHOICE, Kind.YES_NO)


def questions_to_look_at(case: Case) -> list[Question]:
    """The questions of the form whose answers may go with what studies find: numbers, choices, yes or no."""
    return [question for question in plan_of(case).form.questions if question.kind in FIT]


def traits_of(case: Case, now: OutcomeNow) -> list[Trait]:
    """What was chosen to be looked at for an outcome, with the answers that hold; questions asked no more are left."""
    asked = {question.key: question for question in questions_to_look_at(case)}
    wanted = [asked[key] for key in now.settings.looked_at if key in asked]
    if not wanted:
        return []
    held = held_answers(case)
    return [
        Trait(
            question.key,
            question.words,
            question.kind == Kind.NUMBER,
            {
                str(study): said[question.key]
                for study, said in held.items()
                if said.get(question.key, NOT_REPORTED) != NOT_REPORTED
            },
        )
        for question in wanted
    ]


def what_differs(case: Case, now: OutcomeNow) -> list[Difference]:
    """Whether what an outcome's studies find goes with what was chosen; nothing where there is no answer yet."""
    if now.account is None:
        return []
    return [difference_by(now.account.whole, trait) for trait in traits_of(case, now)]
