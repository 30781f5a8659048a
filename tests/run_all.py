"""Every check and every test, in the order in which they are quickest to fail. Called by ``run.py test``.

With arguments, only pytest runs, with those arguments.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTEST = ("python", "-m", "pytest")
# On every core. A file's tests stay together and in their order: those of the browser share one workbench.
ON_EVERY_CORE = (*PYTEST, "--numprocesses=auto", "--dist=loadfile", "--no-loadscope-reorder")


@dataclass(frozen=True)
class Step:
    """One command. ``database`` is the one that the tests work on, if they are tests."""

    name: str
    command: tuple[str, ...]
    database: str = ""


STEPS = (
    Step("formatting", ("ruff", "format", "--check", "--quiet", ".")),
    Step("lint", ("ruff", "check", "--quiet", ".")),
    Step("types", ("mypy",)),
    Step("import rules", ("lint-imports",)),
    Step("tests on SQLite", ON_EVERY_CORE, "sqlite"),
    Step("tests on PostgreSQL", ON_EVERY_CORE, "postgresql"),
)


def run(command: tuple[str, ...], database: str = "") -> int:
    tools = Path(sys.executable).parent
    env = os.environ | {"PATH": f"{tools}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    if database:
        env["WHEREWITHAL_TEST_DATABASE"] = database
    return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode


def run_all() -> int:
    lines, failed = [], False
    for step in STEPS:
        print(f"\n--- {step.name}: {' '.join(step.command)}", flush=True)
        started = time.monotonic()
        code = run(step.command, step.database)
        failed = failed or code != 0
        words = "passed" if code == 0 else f"FAILED (exit code {code})"
        lines.append(f"{step.name:<20} {words:<24} {time.monotonic() - started:6.1f} s")
    print("\n--- All checks", *lines, "Something failed." if failed else "All passed.", sep="\n", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(run((*PYTEST, *sys.argv[1:])) if sys.argv[1:] else run_all())
