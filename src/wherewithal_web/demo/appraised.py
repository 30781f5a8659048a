"""Three of the demo's experiments appraised by RoB 2: one by two people alike, one settled, one only begun.

That people of Northmoor judged them is made up. They had the published table and not the papers, so every question that
the table does not speak to is answered "no information", and the judgements are about what is not reported.
"""

from __future__ import annotations

from collections.abc import Mapping

from wherewithal.analyse.reviews.appraisal.appraising import Answer
from wherewithal_web.analyse.reviews import actions
from wherewithal_web.analyse.reviews.models import Study, StudyAppraisal
from wherewithal_web.people.models import User

TABLE = "Table 1"
NOT_SAID = "The table does not say."

BLIND = {
    "1.1": Answer("Y", "In all of these experiments the pupils were named at random."),
    "2.1": Answer("NI", NOT_SAID),
    "2.2": Answer("NI", NOT_SAID),
    "2.3": Answer("NI", NOT_SAID),
    "2.6": Answer("NI", NOT_SAID),
    "2.7": Answer("NI", NOT_SAID),
    "3.1": Answer("NI", "The table gives pupils tested, not pupils allocated."),
    "3.2": Answer("N", NOT_SAID),
    "3.3": Answer("NI", NOT_SAID),
    "3.4": Answer("PN", "Pupils were tested at school, whatever their scores."),
    "4.1": Answer("PN", "A test of ability, which is what the experiment is about."),
    "4.2": Answer("PN", "All pupils of an experiment are listed with one kind of test."),
    "4.3": Answer("N", "Listed as tested by somebody who did not know.", TABLE, "blind"),
}
"""By question number. What is asked and not here is answered "no information"."""
AWARE = {
    **BLIND,
    "4.3": Answer("Y", "Listed as tested by somebody who knew.", TABLE, "aware"),
    "4.4": Answer("PY", "Whoever gives a test can help a child along."),
    "4.5": Answer("NI", NOT_SAID),
}
LESS_LIKELY = {
    **AWARE,
    "4.5": Answer("PN", "The pupils were tested in groups, which leaves less room for help."),
}


def appraise_some(studies: Mapping[str, Study], outcome: str, first: User, second: User) -> None:
    """Appraise one outcome of three experiments. ``studies`` by the words their list names them with."""
    alike = _begin(studies["Maxwell"], outcome, first)
    for person in (first, second):
        _answer(alike, person, BLIND)
    apart = _begin(studies["Claiborn"], outcome, first)
    _answer(apart, first, AWARE)
    _answer(apart, second, LESS_LIKELY)
    actions.settle_appraisal(
        by=second,
        appraisal=apart,
        judgements={"measurement": "high"},
        note="Talked it through: the table does not say how much help a tester could give, so the doubt stays.",
    )
    _answer(_begin(studies["Fine"], outcome, second), second, AWARE)


def _begin(study: Study, outcome: str, by: User) -> StudyAppraisal:
    return actions.begin_appraisal(by=by, study=study, instrument_key="rob-2", outcome=outcome)


def _answer(appraisal: StudyAppraisal, by: User, known: Mapping[str, Answer]) -> None:
    for domain in appraisal.read_instrument.domains:
        answers = {
            each.number: known.get(each.number) or Answer("NI", NOT_SAID)
            for each in domain.questions
            if each.number in known or ("NI" in each.answers and not each.asked)
        }
        actions.answer_domain(by=by, appraisal=appraisal, domain=domain, answers=answers)
