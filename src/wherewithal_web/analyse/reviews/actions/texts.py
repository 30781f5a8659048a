"""Attaching full texts as files, removing them, and placing several that were brought at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import IO

from django.db import transaction

from wherewithal.analyse.reviews.full_texts import recognise
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import queries, shelf
from wherewithal_web.analyse.reviews.learning.asking import READ_TEXT
from wherewithal_web.analyse.reviews.models import (
    AttachedText,
    BroughtText,
    FullText,
    Record,
    TextRemoval,
    TextWords,
)
from wherewithal_web.audit.actions import record as write_down
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.permissions import may
from wherewithal_web.jobs.actions import ask
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import Verdict, require
from wherewithal_web.people.roles import Permission


def attach_text(*, by: User, record: Record, source: IO[bytes], name: str) -> AttachedText:
    """Attach a PDF to a record. The same file again is the one that is there.

    Raises BadInput where it is no PDF that can be read, or the case holds too much already.
    """
    case = record.file.case
    require(may(by, Permission.CONTRIBUTE, case))
    with shelf.arriving(case, source, name or "The file") as arrived:
        shelf.check_room(case, arrived)
        with transaction.atomic():
            arrived.keep()
            return _attach(by, record, arrived.sha256, arrived.size, arrived.about.pages, name)


def bring_texts(
    *, by: User, case: Case, files: Iterable[tuple[str, IO[bytes]]]
) -> tuple[list[BroughtText], list[BadInput]]:
    """Take several PDFs, each with the record it seems to be, to wait until a person says whose they are.

    One that cannot be read costs the others nothing: the refusals are given back.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    pile = [(row.pk, row.record) for row in queries.texts_wanted(case)]
    brought, refused = [], []
    for name, source in files:
        try:
            with shelf.arriving(case, source, name) as arrived:
                shelf.check_room(case, arrived)
                seems = recognise(arrived.about.first, pile, title=arrived.about.title)
                with transaction.atomic():
                    arrived.keep()
                    row, _new = BroughtText.objects.update_or_create(
                        case=case,
                        sha256=arrived.sha256,
                        defaults={
                            "size": arrived.size,
                            "pages": arrived.about.pages,
                            "name": name[:255],
                            "title": arrived.about.title[:500],
                            "suggestion_id": seems.record if seems else None,
                            "by": seems.by if seems else "",
                            "brought_by": by,
                        },
                    )
                    brought.append(row)
        except BadInput as error:
            refused.append(error)
    return brought, refused


@transaction.atomic
def place_texts(*, by: User, case: Case, places: Mapping[int, int | None]) -> tuple[int, int]:
    """Attach brought files to records, by number; None throws a file away. How many of each.

    Raises BadInput for a record that is not in the case; then nothing is placed.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    rows = {row.pk: row for row in case.brought_texts.select_for_update().filter(pk__in=places)}
    records = Record.objects.filter(file__case=case).select_related("file__case")
    by_number = {row.pk: row for row in records.filter(pk__in=[each for each in places.values() if each])}
    attached = away = 0
    for number, row in rows.items():
        place = places[number]
        if place is None:
            away += 1
        elif place not in by_number:
            raise BadInput("Choose a record of this case for each file.")
        else:
            _attach(by, by_number[place], row.sha256, row.size, row.pages, row.name)
            attached += 1
        row.delete()
        transaction.on_commit(partial(shelf.tidy, case, row.sha256))
    return attached, away


def _attach(by: User, record: Record, sha256: str, size: int, pages: int, name: str) -> AttachedText:
    case = record.file.case
    Record.objects.select_for_update(of=("self",)).only("pk").get(pk=record.pk)
    there = record.attached_texts.filter(sha256=sha256, removal=None).first()
    if there is not None:
        return there
    made = AttachedText.objects.create(
        record=record, sha256=sha256, size=size, pages=pages, name=name[:255], attached_by=by
    )
    newest = queries.full_text_of(record)
    if newest is not None and not newest.found:
        FullText.objects.create(record=record, found=True, words="attached as a file", added_by=by)
    write_down(
        by=by,
        action="reviews.attach_text",
        summary=f"attached a full text to '{record.title[:200] or record.citation}': {name[:200]}",
        case=case.slug,
        details={"record": record.pk, "text": made.pk, "sha256": sha256, "size": size, "pages": pages},
    )
    ask(by=by, kind=READ_TEXT, key=f"{case.pk}:{sha256}", arguments={"text": made.pk})
    return made


def may_remove(user: User, text: AttachedText) -> Verdict:
    """Whoever attached a full text may remove it, and whoever leads the case."""
    case = text.record.file.case
    if text.attached_by_id == user.pk and may(user, Permission.CONTRIBUTE, case):
        return Verdict(True, "attached by this person")
    if may(user, Permission.SHARE, case):
        return Verdict(True, "leads the case")
    return Verdict(False, "Only who attached a full text, or leads the case, can remove it.")


@transaction.atomic
def remove_text(*, by: User, text: AttachedText, why: str) -> TextRemoval:
    """Remove a full text for good: the file and the words read from it are deleted, that it was there is not.

    Raises BadInput without a reason. Removed once is removed.
    """
    require(may_remove(by, text))
    case = text.record.file.case
    Record.objects.select_for_update(of=("self",)).only("pk").get(pk=text.record_id)
    there = TextRemoval.objects.filter(text=text).first()
    if there is not None:
        return there
    why = why.strip()[:500]
    if not why:
        raise BadInput("Say why the full text is removed, for example that its licence does not allow it.")
    same = AttachedText.objects.filter(record__file__case=case, sha256=text.sha256, removal=None)
    last = not same.exclude(pk=text.pk).exists()
    made = TextRemoval.objects.create(text=text, why=why, deleted=last, removed_by=by)
    if last:
        TextWords.objects.filter(case=case, sha256=text.sha256).delete()
        BroughtText.objects.filter(case=case, sha256=text.sha256).delete()
        transaction.on_commit(partial(shelf.tidy, case, text.sha256))
    title = text.record.title[:200] or text.record.citation
    write_down(
        by=by,
        action="reviews.remove_text",
        summary=f"removed a full text of '{title}'{' and deleted the file' if last else ''}: {why}",
        case=case.slug,
        details={"record": text.record_id, "text": text.pk, "sha256": text.sha256, "deleted": last},
    )
    return made
