"""Bringing in the decisions of an earlier review: matched, looked at, then used or not, and withdrawn."""

from __future__ import annotations

import hashlib
from typing import IO, Any

from django.db import transaction

from wherewithal.analyse.reviews.screening.earlier_labels import EarlierRow, match_labels, read_earlier_labels
from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import counted
from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.learning.asking import ask_to_learn
from wherewithal_web.analyse.reviews.models import (
    EarlierFile,
    EarlierLabel,
    EarlierPreview,
    EarlierWithdrawal,
    Record,
)
from wherewithal_web.audit.actions import record as write_down
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.permissions import may
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission

TITLES_KEPT = 50
"""Rows of each kind of which the preview keeps the title; the rest is counted."""


@transaction.atomic
def preview_earlier(
    *, by: User, case: Case, source: IO[bytes], name: str, label: str = "", whole_file: bool | None = None
) -> EarlierPreview:
    """Match a file of earlier decisions to the records here, for a person to look at. Nothing is used yet.

    Raises BadInput where the file cannot be read or holds no decision, where no record here is in it, and where
    it is used already.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    source.seek(0)
    digest = hashlib.file_digest(source, "sha256").hexdigest()
    _refuse_again(case, digest, name)
    source.seek(0)
    earlier = read_earlier_labels(source, name=name, label=label, whole_file=whole_file)
    pile = ((row.pk, row.record) for row in queries.pile_of(case).iterator(500))
    found = match_labels(earlier.rows, pile)
    if not found.matched:
        raise BadInput(
            f"None of the records in {name} is in this case.",
            [
                Problem(
                    name,
                    f"{counted(len(earlier.rows), 'record')}, none of them here",
                    "records of the searches that were brought in here",
                    "Bring in the searches first, or choose the file of another review.",
                )
            ],
        )
    body = {
        "labels": [[each.record, each.included, each.by] for each in found.matched],
        **{
            kind: _told(getattr(found, kind))
            for kind in ("unknown", "doubtful", "disagreeing", "undecided", "repeated")
        },
    }
    made, _new = EarlierPreview.objects.update_or_create(
        case=case,
        brought_by=by,
        defaults={"name": name[:255], "sha256": digest, "said_in": earlier.said_in[:200], "body": body},
    )
    return made


def _told(rows: tuple[EarlierRow, ...]) -> dict[str, Any]:
    titles = [f"Row {row.number}: {row.record.title or row.record.short_citation}"[:300] for row in rows]
    return {"count": len(rows), "titles": titles[:TITLES_KEPT]}


def _refuse_again(case: Case, digest: str, name: str) -> None:
    there = case.earlier_files.filter(sha256=digest, withdrawal=None).select_related("brought_by").first()
    if there is not None:
        raise BadInput(f"{name} is used already: {there.brought_by.name} brought it in as {there.name}.")


@transaction.atomic
def use_earlier(*, by: User, case: Case) -> EarlierFile:
    """Use the file that this person looked at: its decisions teach the order of reading, and decide nothing.

    Raises BadInput where there is none, or somebody else used the same meanwhile.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    Case.objects.select_for_update().get(pk=case.pk)
    seen = EarlierPreview.objects.filter(case=case, brought_by=by).first()
    if seen is None:
        raise BadInput("Choose a file first.")
    _refuse_again(case, seen.sha256, seen.name)
    lost = sum(seen.body[kind]["count"] for kind in ("unknown", "doubtful", "disagreeing"))
    made = EarlierFile.objects.create(
        case=case, name=seen.name, sha256=seen.sha256, said_in=seen.said_in, unmatched=lost, brought_by=by
    )
    here = set(Record.objects.filter(file__case=case).values_list("pk", flat=True))
    EarlierLabel.objects.bulk_create(
        [
            EarlierLabel(file=made, record_id=record, included=included, by=how[:20])
            for record, included, how in seen.body["labels"]
            if record in here
        ],
        batch_size=1_000,
    )
    labels = counted(len(seen.body["labels"]), "record")
    seen.delete()
    write_down(
        by=by,
        action="reviews.use_earlier",
        summary=f"brought in what an earlier review decided about {labels}, from {made.name}",
        case=case.slug,
        details={"file": made.pk, "sha256": made.sha256, "said_in": made.said_in, "unmatched": lost},
    )
    ask_to_learn(by=by, case=case)
    return made


@transaction.atomic
def drop_earlier(*, by: User, case: Case) -> None:
    """Do not use the file that this person looked at."""
    require(may(by, Permission.CONTRIBUTE, case))
    EarlierPreview.objects.filter(case=case, brought_by=by).delete()


@transaction.atomic
def withdraw_earlier(*, by: User, file: EarlierFile, why: str) -> EarlierWithdrawal:
    """Use a file of earlier decisions no longer. Raises BadInput without a reason; withdrawn once is withdrawn."""
    case = file.case
    require(may(by, Permission.CONTRIBUTE, case))
    Case.objects.select_for_update().get(pk=case.pk)
    there = EarlierWithdrawal.objects.filter(file=file).first()
    if there is not None:
        return there
    why = why.strip()[:500]
    if not why:
        raise BadInput("Say why it is withdrawn, for example that the question was another one.")
    made = EarlierWithdrawal.objects.create(file=file, why=why, withdrawn_by=by)
    write_down(
        by=by,
        action="reviews.withdraw_earlier",
        summary=f"withdrew the earlier decisions of {file.name}: {why}",
        case=case.slug,
        details={"file": file.pk},
    )
    ask_to_learn(by=by, case=case)
    return made
