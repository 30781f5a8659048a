"""Asking for the order of reading to be learnt once more."""

from __future__ import annotations

from django.db import transaction

from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews.learning.asking import AGAIN
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.permissions import may
from wherewithal_web.jobs.actions import ask
from wherewithal_web.jobs.models import Run
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission


@transaction.atomic
def ask_again(*, by: User, case: Case) -> Run:
    """Ask whether the log gives the newest order of reading again. Whoever sees the case may: it changes nothing.

    Raises BadInput where no order was learnt yet.
    """
    require(may(by, Permission.VIEW, case))
    if not case.rankings.exists():
        raise BadInput("No order was learnt yet, so there is nothing to compare.")
    return ask(by=by, kind=AGAIN, key=str(case.pk), arguments={"case": case.pk})
