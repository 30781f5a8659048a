"""Beginning an appraisal of a study, answering its questions, judging otherwise than the rules, and settling."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from wherewithal.analyse.reviews.appraisal.appraising import (
    OVERALL,
    Answer,
    Appraisal,
    Own,
    checked,
    standings,
    with_judgement,
)
from wherewithal.analyse.reviews.appraisal.appraising import overall as overall_of
from wherewithal.analyse.reviews.appraisal.instrument import Domain
from wherewithal.analyse.reviews.appraisal.reading import KEYS, instrument, instruments
from wherewithal.errors import BadInput, Problem
from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.models import AppraisalAnswer, AppraisalJudgement, Study, StudyAppraisal
from wherewithal_web.audit.actions import record as write_down
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.permissions import may
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission


@transaction.atomic
def begin_appraisal(
    *, by: User, study: Study, instrument_key: str, outcome: str = "", people: int = 2
) -> StudyAppraisal:
    """Begin the appraisal of a study by an instrument, for one result (``outcome``), by one person or two.

    Raises BadInput for an instrument that is not there, another number of people, and for what is begun already.
    """
    require(may(by, Permission.CONTRIBUTE, study.case))
    Case.objects.select_for_update().get(pk=study.case_id)
    outcome = " ".join(outcome.split())[:200]
    if instrument_key not in KEYS:
        there = ", ".join(each.name for each in instruments())
        raise BadInput(
            "Choose an instrument.", [Problem("instrument", instrument_key or "none", there, "Choose one.")]
        )
    if people not in (1, 2):
        raise BadInput("One person appraises a study, or two.")
    there = StudyAppraisal.objects.filter(study=study)
    if there.filter(instrument=instrument_key, outcome__iexact=outcome).exists():
        raise BadInput(
            f"{study.name} is being appraised by {instrument(instrument_key).name} for this result already."
        )
    made = StudyAppraisal.objects.create(
        study=study,
        number=there.count() + 1,
        instrument=instrument_key,
        outcome=outcome,
        people=people,
        begun_by=by,
    )
    write_down(
        by=by,
        action="reviews.begin_appraisal",
        summary=f"began to appraise {made}",
        case=study.case.slug,
        details={"study": study.number, "appraisal": made.number, "people": people},
    )
    return made


@transaction.atomic
def answer_domain(
    *, by: User, appraisal: StudyAppraisal, domain: Domain, answers: Mapping[str, Answer]
) -> list[AppraisalAnswer]:
    """Answer questions of one domain. Only what is new or changed is written; an empty code takes an answer back.

    What was answered stays out of the audit's words: the second person must not know it. Raises BadInput for a
    question or an answer that the instrument does not have.
    """
    require(may(by, Permission.CONTRIBUTE, appraisal.study.case))
    numbers = {each.number for each in domain.questions}
    strange = sorted(set(answers) - numbers)
    if strange:
        raise BadInput(f"{domain.name} has no question {strange[0]}.")
    mine = queries.state_of(appraisal).of(by)
    checked(Appraisal(mine.instrument, mine.study, mine.by, {q: a for q, a in answers.items() if a.code}))
    made = []
    for number, answer in answers.items():
        before = mine.answers.get(number, Answer(""))
        if answer != before:
            made.append(
                AppraisalAnswer.objects.create(
                    appraisal=appraisal,
                    question=number,
                    code=answer.code,
                    support=answer.support[:2000],
                    page=answer.page[:60],
                    quotation=answer.quotation[:2000],
                    given_by=by,
                )
            )
    if made:
        write_down(
            by=by,
            action="reviews.answer_appraisal",
            summary=f"answered questions about {appraisal}: {domain.name}",
            case=appraisal.study.case.slug,
            details={"appraisal": appraisal.pk, "domain": domain.key, "answers": [each.pk for each in made]},
        )
    return made


@transaction.atomic
def judge_domain(
    *, by: User, appraisal: StudyAppraisal, domain: str, judgement: str, reason: str = ""
) -> AppraisalJudgement:
    """Judge a domain, or the study ("overall"), oneself; an empty ``judgement`` leaves it to the rules again.

    Raises BadInput where it differs from what the rules propose without a reason, and for what is not there.
    """
    require(may(by, Permission.CONTRIBUTE, appraisal.study.case))
    mine = queries.state_of(appraisal).of(by)
    reason = reason.strip()[:1000]
    if judgement:
        with_judgement(mine, domain, Own(judgement, reason))
    elif domain != OVERALL:
        mine.instrument.domain(domain)
    whole = overall_of(mine)
    proposed = {each.key: each.proposed.judgement for each in standings(mine)}
    if whole is not None:
        proposed[OVERALL] = whole.proposed.judgement
    made = AppraisalJudgement.objects.create(
        appraisal=appraisal,
        domain=domain,
        judgement=judgement,
        proposed=proposed.get(domain, ""),
        reason=reason,
        given_by=by,
    )
    write_down(
        by=by,
        action="reviews.judge_appraisal",
        summary=f"judged {appraisal}: {domain}",
        case=appraisal.study.case.slug,
        details={"appraisal": appraisal.pk, "domain": domain, "judgement": made.pk},
    )
    return made


@transaction.atomic
def settle_appraisal(
    *, by: User, appraisal: StudyAppraisal, judgements: Mapping[str, str], note: str
) -> list[AppraisalJudgement]:
    """Settle what two people differ on: a judgement for every domain, and for the study, with a note on how.

    What both judge alike may be left out of ``judgements`` and holds as it is. Raises BadInput before everybody has
    finished, without a note, and for a domain about which they differ and that has no judgement here.
    """
    case = appraisal.study.case
    require(may(by, Permission.CONTRIBUTE, case))
    Case.objects.select_for_update().get(pk=case.pk)
    state = queries.state_of(appraisal)
    if not state.open:
        raise BadInput("Not everybody has finished yet, so there is nothing to settle.")
    note = note.strip()[:1000]
    if not note:
        raise BadInput("Say how it was settled, for example who was asked or what the paper says.")
    first = next(each.appraisal for each in state.said if each.finished)
    alike = {each.key: each.judgement for each in standings(first)}
    whole = overall_of(first)
    if whole is not None:
        alike[OVERALL] = whole.judgement
    compared = state.compared
    differ = {each.key for each in compared.domains} if compared else set()
    held = {
        **{k: v for k, v in alike.items() if k not in differ},
        **{k: v for k, v in judgements.items() if v},
    }
    gone = [key for key in alike if not held.get(key)]
    if gone:
        names = {each.key: each.name for each in first.instrument.domains} | {OVERALL: "Overall"}
        raise BadInput(
            "Choose a judgement for everything that the two differ on.",
            [Problem(names[key], "no judgement", "one", "Choose one.") for key in gone],
        )
    checked(Appraisal(first.instrument, first.study, by.name, {}, {k: Own(v, note) for k, v in held.items()}))
    made = [
        AppraisalJudgement.objects.create(
            appraisal=appraisal,
            domain=key,
            judgement=held[key],
            reason=note if key in differ or key in judgements else "",
            settles=True,
            given_by=by,
        )
        for key in alike
    ]
    write_down(
        by=by,
        action="reviews.settle_appraisal",
        summary=f"settled the appraisal of {appraisal}: {note}",
        case=case.slug,
        details={"appraisal": appraisal.pk, "judgements": held},
    )
    return made
