"""A worker for the test that kills one: its run writes its number to a file at every step."""

from __future__ import annotations

import os
import sys
import time
from datetime import timedelta
from pathlib import Path

import django


def main() -> None:
    django.setup()
    from django.db import connection

    connection.settings_dict["NAME"] = sys.argv[3]
    from wherewithal_web.jobs import handlers, leases
    from wherewithal_web.jobs.worker import Worker

    leases.LEASE = timedelta(seconds=1.5)
    told = Path(sys.argv[1])
    slow = sys.argv[2] == "slow"

    @handlers.handles("dawdle")
    def dawdle(progress):
        for step in range(5):
            progress(step, 5)
            told.write_text(f"{os.getpid()} {step}")
            time.sleep(60 if slow else 0.01)
        return lambda: os.getpid()

    worker = Worker()
    deadline = time.monotonic() + 40
    while not worker.once() and time.monotonic() < deadline:
        time.sleep(0.1)


if __name__ == "__main__":
    main()
