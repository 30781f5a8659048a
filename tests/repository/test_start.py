"""What runs before anything is installed: run.py and .ci/run."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repository.files import ROOT

RUN = ROOT / "run.py"


def test_run_py_needs_the_standard_library_only() -> None:
    imported = set()
    for node in ast.walk(ast.parse(RUN.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").split(".")[0])
    assert imported - set(sys.stdlib_module_names) == set()


def test_an_older_python_can_read_run_py_far_enough_to_be_told_which_one_it_needs() -> None:
    ast.parse(RUN.read_text(encoding="utf-8"), feature_version=(3, 8))


def test_help_sets_nothing_up(tmp_path: Path) -> None:
    copy = shutil.copy(RUN, tmp_path / "run.py")
    asked = subprocess.run([sys.executable, copy, "--help"], capture_output=True, text=True, check=False)
    assert asked.returncode == 0, asked.stderr
    assert "python3 run.py test" in asked.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["run.py"]


def test_a_new_lint_rule_is_no_reason_to_install_again(tmp_path: Path) -> None:
    shutil.copy(RUN, tmp_path / "run.py")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")

    def what_is_read(text: str) -> str:
        (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
        ask = [sys.executable, "-B", "-c", "import run; print(run.what_the_install_reads())"]
        return subprocess.run(ask, capture_output=True, text=True, check=True, cwd=tmp_path).stdout

    assert what_is_read(project.replace("line-length = 110", "line-length = 100")) == what_is_read(project)
    assert what_is_read(project.replace('"click>=8.1"', '"click>=8.2"')) != what_is_read(project)


@pytest.mark.skipif(os.name == "nt", reason="bash is for Debian, where continuous integration runs")
def test_the_script_of_continuous_integration_is_sound_and_strict() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "set -euo pipefail" in script.read_text(encoding="utf-8")
    read = subprocess.run(["bash", "-n", str(script)], capture_output=True, text=True, check=False)
    assert read.returncode == 0, read.stderr
