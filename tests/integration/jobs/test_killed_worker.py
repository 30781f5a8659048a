"""A worker is killed in the middle of a run: another takes it over and ends it, once."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection

from tests.conftest import ON_POSTGRESQL
from wherewithal_web.jobs import handlers
from wherewithal_web.jobs.actions import ask
from wherewithal_web.jobs.models import Run, State

ROOT = Path(__file__).resolve().parents[3]


def environment(home: Path) -> dict[str, str]:
    """What lets another process work on this test's database, whichever it is."""
    found = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "wherewithal_web.settings",
        "WHEREWITHAL_HOME": str(home),
    }
    if ON_POSTGRESQL:
        settings = connection.settings_dict
        who = f"{settings['USER']}:{settings['PASSWORD']}@" if settings["USER"] else ""
        where = f"{settings['HOST'] or 'localhost'}:{settings['PORT'] or 5432}"
        found["DATABASE_URL"] = f"postgresql://{who}{where}/{settings['NAME']}"
    return found


@pytest.mark.django_db(transaction=True)
def test_another_worker_ends_what_a_killed_one_began(
    people: SimpleNamespace, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(handlers, "_HANDLERS", {"dawdle": lambda progress: None})
    run = ask(by=people.admin, kind="dawdle")
    told = tmp_path / "told"
    surroundings = environment(tmp_path)

    def worker(pace: str) -> subprocess.Popen[bytes]:
        module = "tests.integration.jobs.slow_worker"
        database = str(connection.settings_dict["NAME"])
        command = [sys.executable, "-m", module, str(told), pace, database]
        return subprocess.Popen(command, cwd=ROOT, env=surroundings)

    killed = worker("slow")
    deadline = time.monotonic() + 30
    while not (told.exists() and told.read_text()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert told.read_text() == f"{killed.pid} 0"
    killed.kill()
    killed.wait()
    assert worker("quick").wait(timeout=60) == 0
    run.refresh_from_db()
    assert (run.state, run.tries, run.fence) == (State.DONE, 2, 2)
    assert run.result != killed.pid
    assert Run.objects.count() == 1
