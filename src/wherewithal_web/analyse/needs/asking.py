"""Figures asked of a service by a worker, and brought in as a file is (decisions 0005 and 0015)."""

from __future__ import annotations

from functools import partial
from typing import Any

from wherewithal.analyse.needs.arrival import Arrival, Brought
from wherewithal.analyse.needs.asking import Question, answers
from wherewithal.errors import BadInput
from wherewithal.sources.client import Client
from wherewithal.sources.failures import SourceFailed
from wherewithal_web.analyse.needs import actions, queries
from wherewithal_web.jobs.handlers import Finish, Progress, handles
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import Refused


@handles(queries.ASK)
def ask_for_figures(progress: Progress, *, by: int, question: dict[str, Any]) -> Finish:
    """Ask a service; its figures are written at the end, all of them or none.

    Raises BadInput where the service is not reached or gives something else, and NothingThere where it does not have
    what was asked for: the run then says so, with what to do.
    """
    person = User.objects.get(pk=by)
    asked = Question.from_dict(question)
    try:
        with Client() as client:
            arrivals = answers(asked, client=client, children=queries.children(), progress=progress)
    except SourceFailed as failure:
        raise BadInput(f"{failure.said} {failure.do}") from failure
    progress(1, 1, "keeping the figures")
    return partial(_keep, person, arrivals)


def _keep(person: User, arrivals: tuple[Arrival, ...]) -> dict[str, Any]:
    try:
        done = actions.import_files(by=person, brought=Brought(arrivals))
    except Refused as refused:
        raise BadInput(f"{person.name} may not bring in figures. {refused.reason}") from refused
    return {"words": [each.words for each in done], "files": [each.file.pk for each in done]}
