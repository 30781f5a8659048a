"""Notes and labels on a record, and where its full text is."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.models import FullText, Record, Remark
from wherewithal_web.audit.actions import record as write_down
from wherewithal_web.cases.permissions import may
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission

_a_link = URLValidator(schemes=["http", "https"])


@transaction.atomic
def add_note(*, by: User, record: Record, words: str) -> Remark:
    """Note something on a record. Raises BadInput for an empty note; the same note again is the one there is."""
    require(may(by, Permission.CONTRIBUTE, record.file.case))
    words = words.strip()[:1000]
    if not words:
        raise BadInput("Write the note first.")
    newest = record.remarks.filter(kind=Remark.NOTE).order_by("-pk").first()
    if newest and (newest.words, newest.said_by_id) == (words, by.pk):
        return newest
    return _remark(by, record, Remark.NOTE, words, "noted on")


@transaction.atomic
def put_label(*, by: User, record: Record, words: str) -> Remark | None:
    """Put a label on a record; None where it carries it already. Raises BadInput for an empty or long one."""
    require(may(by, Permission.CONTRIBUTE, record.file.case))
    words = " ".join(words.split())
    if not words or len(words) > 60:
        raise BadInput("A label is one to sixty characters.")
    _notes, labels = queries.remarks_on(record, by)
    if words.casefold() in {each.casefold() for each in labels}:
        return None
    return _remark(by, record, Remark.LABEL, words, "labelled")


@transaction.atomic
def take_label_off(*, by: User, record: Record, words: str) -> Remark | None:
    """Take a label off a record; None where it does not carry it."""
    require(may(by, Permission.CONTRIBUTE, record.file.case))
    _notes, labels = queries.remarks_on(record, by)
    if words.casefold() not in {each.casefold() for each in labels}:
        return None
    return _remark(by, record, Remark.UNLABEL, words, "took a label off")


def _remark(by: User, record: Record, kind: str, words: str, did: str) -> Remark:
    made = Remark.objects.create(record=record, kind=kind, words=words, said_by=by)
    case = record.file.case
    said = f"{did} '{record.title[:200] or record.citation}'"
    # While two are to decide without knowing, what one of them wrote could tell the other.
    veiled = record.pk in queries.veils_of(case, [record.pk])
    write_down(
        by=by,
        action=f"reviews.{kind}",
        summary=f"{said}, before two people have decided" if veiled else f"{said}: {words[:300]}",
        case=case.slug,
        details={"record": record.pk},
    )
    return made


@transaction.atomic
def attach_full_text(
    *, by: User, record: Record, link: str = "", words: str = "", found: bool = True
) -> FullText:
    """Say where the full text of a record is, or that it could not be got (``found`` is False).

    Raises BadInput where a full text that was found has no link that is one.
    """
    require(may(by, Permission.CONTRIBUTE, record.file.case))
    link = link.strip() if found else ""
    if found:
        try:
            _a_link(link)
        except ValidationError as error:
            raise BadInput(
                "Give the address of the full text, beginning with https://, or say that it could not be got."
            ) from error
    newest = queries.full_text_of(record)
    if newest and (newest.link, newest.found, newest.words) == (link, found, words.strip()[:500]):
        return newest
    made = FullText.objects.create(
        record=record, link=link[:1000], found=found, words=words.strip()[:500], added_by=by
    )
    write_down(
        by=by,
        action="reviews.attach_full_text",
        summary=f"{'found' if found else 'could not get'} the full text of "
        f"'{record.title[:200] or record.citation}'",
        case=record.file.case.slug,
        details={"record": record.pk, "link": link, "found": found},
    )
    return made
