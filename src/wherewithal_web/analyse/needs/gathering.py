"""What a worker does after an import: gather small files of figures, so that the next page is quick."""

from __future__ import annotations

from functools import partial

from wherewithal.analyse.needs import columns
from wherewithal_web.analyse.needs.actions.gathering import keep_gathered
from wherewithal_web.analyse.needs.models import DataFile
from wherewithal_web.analyse.needs.queries.tables import GATHER, contents_of, to_gather
from wherewithal_web.jobs.handlers import Finish, Progress, handles
from wherewithal_web.people.models import User


@handles(GATHER)
def gather_files(progress: Progress, *, by: int) -> Finish | None:
    """Gather small files into one table. Safe to begin again: it is written at the end and holds nothing new."""
    files = to_gather()
    if not files:
        return None
    progress(0, len(files), "gathering files of figures")
    content = columns.gathered(contents_of(files), [file.pk for file in files])
    return partial(_keep, User.objects.get(pk=by), files, content)


def _keep(person: User, files: list[DataFile], content: bytes) -> dict[str, int]:
    keep_gathered(by=person, files=files, content=content)
    return {"files": len(files)}
