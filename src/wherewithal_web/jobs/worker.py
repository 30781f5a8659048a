"""The loop that does runs: one at a time, with a second thread that keeps the lease."""

from __future__ import annotations

import logging
import os
import socket
import sys
import threading
from datetime import timedelta

from django.db import close_old_connections, transaction

from wherewithal.errors import BadInput, NothingThere
from wherewithal_web.jobs.actions import something_to_do
from wherewithal_web.jobs.handlers import handler_of
from wherewithal_web.jobs.leases import LEASE, MOST_TRIES, Claim, LostLease, Stopped, claim
from wherewithal_web.jobs.models import State

logger = logging.getLogger(__name__)

LOOKS_EVERY = 1.0
"""Seconds between two looks for work that another process asked for."""

WAITS = (timedelta(seconds=5), timedelta(minutes=1))
"""How long after the first and second failure it is tried again."""


class Worker:
    """Does what was asked for, until it is told to stop."""

    def __init__(self, name: str = "") -> None:
        self.name = (name or f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}")[:120]
        self.stopping = threading.Event()

    def forever(self) -> None:
        """Work until ``stopping`` is set. A run in hand is finished first."""
        while not self.stopping.is_set():
            close_old_connections()
            try:
                busy = self.once()
            except Exception:  # the database may be away for a moment: the loop must outlive that
                logger.exception("a look for background work failed")
                busy = False
            if not busy:
                something_to_do.wait(LOOKS_EVERY)
                something_to_do.clear()

    def once(self) -> bool:
        """Do one run, if there is one. Whether there was."""
        run = claim(self.name)
        if run is None:
            return False
        with _KeptAlive(run):
            self._do(run)
        return True

    def _do(self, run: Claim) -> None:
        handler = handler_of(run.kind)

        def progress(done: int, total: int | None = None, words: str = "") -> None:
            run.renew(done=done, total=total, words=words[:300])

        try:
            if handler is None:
                raise BadInput(f"This version does not know how to do '{run.kind}'.")
            finish = handler(progress, **run.arguments)
            with run.writing():
                run.end(State.DONE, result=finish() if finish else None, error="")
        except LostLease:
            logger.warning("run %s was taken over by another worker", run.pk)
        except Stopped:
            run.end(State.STOPPED)
        except (BadInput, NothingThere) as error:
            run.end(State.FAILED, error=str(error))
        except Exception as error:
            logger.exception("run %s failed", run.pk)
            self._failed(run, error)

    def _failed(self, run: Claim, error: Exception) -> None:
        """A fault of ours or of the machine: it may pass, so it is tried again, and then given up."""
        with transaction.atomic():
            if run.tries < MOST_TRIES:
                run.put_back(WAITS[min(run.tries, len(WAITS)) - 1], f"{type(error).__name__}: {error}")
            else:
                run.end(State.FAILED, error=f"Tried {run.tries} times. {type(error).__name__}: {error}")


class _KeptAlive:
    """Renews a lease while its run is being worked on, however long one step takes."""

    def __init__(self, run: Claim) -> None:
        self.run = run
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._keep, name=f"lease-{run.pk}", daemon=True)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()

    def _keep(self) -> None:
        try:
            while not self.over.wait(LEASE.total_seconds() / 3):
                try:
                    self.run.renew()
                except (LostLease, Stopped):
                    return  # the work itself hears of it at its next sign of progress
                except Exception:
                    logger.exception("the lease of run %s was not renewed", self.run.pk)
        finally:
            from django.db import connection

            connection.close()


def start_thread() -> Worker:
    """A worker in a thread of this process, for an installation of one machine."""
    # A page lets go of Python's lock at each of its queries, and gets it back from a worker that calculates only after
    # this long: with Python's own five milliseconds, fifty queries are a quarter of a second of waiting.
    sys.setswitchinterval(0.0005)
    worker = Worker()
    threading.Thread(target=worker.forever, name="worker", daemon=True).start()
    return worker
