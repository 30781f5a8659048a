"""Ask for background work, and stop it."""

from __future__ import annotations

import threading
from datetime import datetime
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
def ask(
    *,
    by: User,
    kind: str,
    key: str = "",
    arguments: dict[str, Any] | None = None,
    not_before: datetime | None = None,
) -> Run:
    """Ask for a run. Where one of the same kind and key is open already, that one is given back.

    ``not_before`` has it wait until then: the moment is kept with the run, so it outlasts every restart. None is at
    once. Asking for the same again does not move it; ``bring_forward`` does.

    The room that asks has checked that the person may. Raises ValueError for a kind nobody handles, and for a moment
    without a time zone.
    """
    if handler_of(kind) is None:
        raise ValueError(f"nothing handles {kind}")
    if not_before is not None and timezone.is_naive(not_before):
        raise ValueError("a moment to wait for needs its time zone")
    transaction.on_commit(something_to_do.set)
    if key and (there := _open_run(kind, key)):
        return there
    try:
        with transaction.atomic():
            return Run.objects.create(
                kind=kind,
                key=key,
                arguments=arguments or {},
                asked_by=by,
                not_before=not_before or timezone.now(),
            )
    except IntegrityError:  # somebody else asked for the same a moment ago
        there = _open_run(kind, key)
        if there is None:
            raise
        return there


def _open_run(kind: str, key: str) -> Run | None:
    return Run.objects.filter(kind=kind, key=key, state__in=OPEN).first()


@transaction.atomic
def bring_forward(*, by: User, run: Run) -> bool:
    """Have a run that waits for its day done now. Whether it waited: one that runs or has ended stays as it is."""
    transaction.on_commit(something_to_do.set)
    moved = Run.objects.filter(pk=run.pk, state=State.WAITING).update(not_before=timezone.now())
    if moved:
        record(by=by, action="jobs.bring_forward", summary=f"had {run} done now", details={"run": run.pk})
    return bool(moved)


@transaction.atomic
def stop(*, by: User, run: Run) -> None:
    """Ask a run to stop. One that waits is stopped at once; one that runs, at its next sign of life."""
    waiting = Run.objects.filter(pk=run.pk, state=State.WAITING)
    if not waiting.update(state=State.STOPPED, ended_at=timezone.now(), stop_asked=True):
        Run.objects.filter(pk=run.pk, state=State.RUNNING).update(stop_asked=True)
    record(by=by, action="jobs.stop", summary=f"asked {run} to stop", details={"run": run.pk})
