"""Asking a service for figures: the question is kept, and a worker asks it."""

from __future__ import annotations

from django.db import transaction

from wherewithal.analyse.needs.asking import Question, checked
from wherewithal.thread import fingerprint_of
from wherewithal_web.analyse.needs.queries.asked import ASK
from wherewithal_web.audit.actions import record
from wherewithal_web.jobs.actions import ask
from wherewithal_web.jobs.models import Run
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import may, require
from wherewithal_web.people.roles import Permission


@transaction.atomic
def ask_service(*, by: User, question: Question) -> Run:
    """Have a service asked for figures. The same question waits once, whoever asks it.

    Raises BadInput and NothingThere for a question that no service could be asked.
    """
    require(may(by, Permission.CURATE))
    plain = checked(question).as_dict()
    run = ask(by=by, kind=ASK, key=fingerprint_of(plain), arguments={"by": by.pk, "question": plain})
    record(
        by=by,
        action="needs.ask_service",
        summary=f"asked for figures of {question.words}"[:500],
        details={"run": run.pk, "question": plain},
    )
    return run
