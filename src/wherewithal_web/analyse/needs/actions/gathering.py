"""Many small files of figures gathered into one table, which pages ask instead of each file."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from wherewithal.plain_english import counted
from wherewithal_web.analyse.needs.models import DataFile, GatheredTable
from wherewithal_web.analyse.needs.queries.tables import GATHER, to_gather
from wherewithal_web.audit.actions import record
from wherewithal_web.jobs.actions import ask
from wherewithal_web.people.models import User


def ask_to_gather(*, by: User) -> None:
    """Have small files gathered in the background, where enough came. Called by the import that brings them."""
    if to_gather():
        ask(by=by, kind=GATHER, key="everything", arguments={"by": by.pk})


@transaction.atomic
def keep_gathered(*, by: User, files: Sequence[DataFile], content: bytes) -> GatheredTable:
    """Keep files gathered, in the place of the tables that held some of them before."""
    first, last = files[0].pk, files[-1].pk
    GatheredTable.objects.filter(first__gte=first, last__lte=last).delete()
    made = GatheredTable.objects.create(
        first=first, last=last, files=len(files), rows=sum(file.rows for file in files), content=content
    )
    record(
        by=by,
        action="needs.gather",
        summary=f"had {counted(len(files), 'file')} of figures gathered for quick reading",
        details={"first": first, "last": last, "rows": made.rows},
    )
    return made
