"""Ask for background work, and stop it."""

from __future__ import annotations

import threading
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from wherewithal_web.audit.actions import record
from wherewithal_web.jobs.handlers import handler_of
from wherewithal_web.jobs.models import OPEN, Run, State
from wherewithal_web.people.models import User

something_to_do = threading.Event()
"""Wakes a worker of the same process at once; others look every second."""


@transaction.atomic
def ask(*, by: User, kind: str, key: str = "", arguments: dict[str, Any] | None = None) -> Run:
    """Ask for a run. Where one of the same kind and key is open already, that one is given back.

    The room that asks has checked that the person may. Raises ValueError for a kind nobody handles.
    """
    if handler_of(kind) is None:
        raise ValueError(f"nothing handles {kind}")
    transaction.on_commit(something_to_do.set)
    if key and (there := _open_run(kind, key)):
        return there
    try:
        with transaction.atomic():
            return Run.objects.create(
                kind=kind, key=key, arguments=arguments or {}, asked_by=by, not_before=timezone.now()
            )
    except IntegrityError:  # somebody else asked for the same a moment ago
        there = _open_run(kind, key)
        if there is None:
            raise
        return there


def _open_run(kind: str, key: str) -> Run | None:
    return Run.objects.filter(kind=kind, key=key, state__in=OPEN).first()


@transaction.atomic
def stop(*, by: User, run: Run) -> None:
    """Ask a run to stop. One that waits is stopped at once; one that runs, at its next sign of life."""
    waiting = Run.objects.filter(pk=run.pk, state=State.WAITING)
    if not waiting.update(state=State.STOPPED, ended_at=timezone.now(), stop_asked=True):
        Run.objects.filter(pk=run.pk, state=State.RUNNING).update(stop_asked=True)
    record(by=by, action="jobs.stop", summary=f"asked {run} to stop", details={"run": run.pk})
