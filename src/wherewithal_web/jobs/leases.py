"""How a worker claims a run, keeps it, and learns that it has lost it.

Every step is one update that names the fence the worker holds, so two workers can never both believe they
have a run: the second update changes no row. It needs no lock, and is the same on SQLite and PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from wherewithal_web.jobs.models import Run, State

LEASE = timedelta(seconds=60)
"""How long a run stays a worker's without a sign of life. Workers renew at a third of it."""

MOST_TRIES = 3
"""A run that ended its worker this often is not tried again: it may be what ends them."""


class LostLease(Exception):
    """The run is somebody else's by now, or no longer open. What was worked out is thrown away."""


class Stopped(Exception):
    """A person asked for it to stop."""


@dataclass(frozen=True)
class Claim:
    """A run that is ours while nobody claimed it after us."""

    pk: int
    fence: int
    kind: str
    arguments: dict[str, Any]
    tries: int

    def _mine(self) -> Any:
        return Run.objects.filter(pk=self.pk, fence=self.fence, state=State.RUNNING)

    def renew(self, **said: Any) -> None:
        """Keep the lease, and record progress. Raises LostLease, or Stopped where a person asked for that."""
        if not self._mine().update(lease_until=timezone.now() + LEASE, **said):
            raise LostLease(f"run {self.pk}")
        if self._mine().filter(stop_asked=True).exists():
            raise Stopped(f"run {self.pk}")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction in which this worker certainly holds the run. Raises LostLease before anything is written."""
        with transaction.atomic():
            if not self._mine().update(lease_until=timezone.now() + LEASE):
                raise LostLease(f"run {self.pk}")
            yield

    def end(self, state: State, **said: Any) -> None:
        """Close the run. Raises LostLease where it is no longer ours."""
        now = timezone.now()
        if not self._mine().update(state=state, ended_at=now, lease_until=None, **said):
            raise LostLease(f"run {self.pk}")

    def put_back(self, wait: timedelta, error: str) -> None:
        """Let it be tried again after ``wait``."""
        self._mine().update(
            state=State.WAITING, not_before=timezone.now() + wait, lease_until=None, error=error, worker=""
        )


def claim(worker: str) -> Claim | None:
    """Take the oldest run that is waiting, or whose worker gave no sign of life for a lease; None if there is none."""
    now = timezone.now()
    free = Q(state=State.WAITING, not_before__lte=now) | Q(state=State.RUNNING, lease_until__lt=now)
    for run in Run.objects.filter(free).order_by("pk")[:20]:
        seen = Run.objects.filter(pk=run.pk, fence=run.fence, state=run.state)
        if run.tries >= MOST_TRIES and run.state == State.RUNNING:
            seen.update(
                state=State.FAILED,
                fence=run.fence + 1,
                ended_at=now,
                lease_until=None,
                error=f"It ended {run.tries} times without a word, the last time on {run.worker}.",
            )
            continue
        taken = seen.update(
            state=State.RUNNING,
            fence=run.fence + 1,
            worker=worker,
            lease_until=now + LEASE,
            tries=run.tries + 1,
            started_at=run.started_at or now,
        )
        if taken:
            return Claim(run.pk, run.fence + 1, run.kind, run.arguments, run.tries + 1)
    return None
