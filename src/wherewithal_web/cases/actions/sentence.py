"""Writing the case, sentence by sentence, and answering what changes under it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Max

from wherewithal.thread import Change
from wherewithal.thread.sections import section as section_named
from wherewithal_web.audit.actions import record
from wherewithal_web.cases.models import Case, CaseFinding, DriftAnswer, Sentence, StoredFinding, Wording
from wherewithal_web.cases.permissions import may
from wherewithal_web.cases.queries import current_wording
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission


@transaction.atomic
def write_sentence(
    *,
    by: User,
    case: Case,
    text: str,
    section: str,
    rests_on: Sequence[StoredFinding] = (),
    judgement_by: str = "",
) -> Sentence:
    """Add a sentence to a section of the case, at its end. Support can come later: people are busy."""
    require(may(by, Permission.CONTRIBUTE, case))
    section_named(section)
    last = case.sentences.filter(section=section).aggregate(last=Max("position"))["last"] or 0
    sentence = Sentence.objects.create(case=case, section=section, position=last + 1)
    _word(by, sentence, 1, text, rests_on, judgement_by)
    record(by=by, action="cases.write_sentence", summary=f"wrote: {text}", case=case.slug)
    return sentence


@transaction.atomic
def reword_sentence(
    *, by: User, sentence: Sentence, text: str, rests_on: Sequence[StoredFinding] = (), judgement_by: str = ""
) -> Wording:
    """Change what a sentence says or rests on. The earlier wording stays in the history."""
    require(may(by, Permission.CONTRIBUTE, sentence.case))
    was = current_wording(sentence)
    now = _word(by, sentence, was.number + 1, text, rests_on, judgement_by)
    record(
        by=by,
        action="cases.reword_sentence",
        summary=f"reworded: {text}" if was.text != text else f"changed what this rests on: {text}",
        case=sentence.case.slug,
        details={"was": was.text, "rested_on": was.cites, "rests_on": now.cites},
    )
    return now


@transaction.atomic
def remove_sentence(*, by: User, sentence: Sentence) -> Wording:
    """Take a sentence out of the case. It stays in the history and in every snapshot it was part of."""
    require(may(by, Permission.CONTRIBUTE, sentence.case))
    was = current_wording(sentence)
    now = Wording.objects.create(
        sentence=sentence,
        number=was.number + 1,
        text=was.text,
        judgement_by=was.judgement_by,
        removed=True,
        cites=was.cites,
        written_by=by,
    )
    record(by=by, action="cases.remove_sentence", summary=f"took out: {was.text}", case=sentence.case.slug)
    return now


@transaction.atomic
def move_sentence(*, by: User, sentence: Sentence, earlier: bool) -> None:
    """Swap a sentence with its neighbour in the same section. At the end of the row nothing happens."""
    require(may(by, Permission.CONTRIBUTE, sentence.case))
    row = [
        s
        for s in sentence.case.sentences.filter(section=sentence.section).prefetch_related("wordings")
        if not current_wording(s).removed
    ]
    place = row.index(sentence)
    other = place - 1 if earlier else place + 1
    if not 0 <= other < len(row):
        return
    row[place], row[other] = row[other], row[place]
    for position, each in enumerate(row, start=1):
        if each.position != position:
            each.position = position
            each.save(update_fields=["position"])
    record(
        by=by,
        action="cases.move_sentence",
        summary=f"moved {'up' if earlier else 'down'}: {current_wording(sentence).text}",
        case=sentence.case.slug,
    )


@transaction.atomic
def answer_drift(
    *,
    by: User,
    sentence: Sentence,
    change: Change,
    reason: str = "",
    new_text: str = "",
    rests_on: Sequence[StoredFinding] | None = None,
) -> DriftAnswer:
    """Answer one change under a sentence: keep it with a reason, or reword it.

    Raises ValueError where neither a reason nor a new wording is given: an answer says why.
    """
    require(may(by, Permission.CONTRIBUTE, sentence.case))
    if not reason.strip() and not new_text.strip():
        raise ValueError("Say why the sentence still holds, or reword it.")
    reworded = bool(new_text.strip())
    if reworded:
        cited = rests_on if rests_on is not None else _cited(current_wording(sentence))
        reword_sentence(
            by=by,
            sentence=sentence,
            text=new_text,
            rests_on=list(cited),
            judgement_by=current_wording(sentence).judgement_by,
        )
    answer = DriftAnswer.objects.create(
        sentence=sentence,
        change_key=change.key,
        change_words=change.words,
        answer=DriftAnswer.Answer.REWORDED if reworded else DriftAnswer.Answer.KEPT,
        reason=reason,
        answered_by=by,
    )
    record(
        by=by,
        action="cases.answer_drift",
        summary=f"looked at what changed and {answer.get_answer_display()}: {current_wording(sentence).text}",
        case=sentence.case.slug,
        details={"change": change.words, "reason": reason},
    )
    return answer


def _cited(wording: Wording) -> list[StoredFinding]:
    by_key = StoredFinding.objects.in_bulk(wording.cites)
    return [by_key[pk] for pk in wording.cites]


def _word(
    by: User, sentence: Sentence, number: int, text: str, rests_on: Iterable[StoredFinding], judgement_by: str
) -> Wording:
    text = " ".join(text.split())
    if not text:
        raise ValueError("Write the sentence first.")
    cited = list(dict.fromkeys(rests_on))
    for finding in cited:
        if finding.case_id not in (None, sentence.case_id):
            raise ValueError("A sentence rests on findings of its own case, or on ones that everyone sees.")
        CaseFinding.objects.get_or_create(case=sentence.case, finding=finding, defaults={"added_by": by})
    return Wording.objects.create(
        sentence=sentence,
        number=number,
        text=text,
        judgement_by=judgement_by,
        cites=[finding.pk for finding in cited],
        written_by=by,
    )
