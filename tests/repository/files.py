"""The project's own files: everything that is committed or about to be."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that git tracks or would, as absolute paths."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip(f"Only a git checkout says which files are the project's: {listed.stderr.strip()}")
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return tuple(sorted({path for path in paths if path.is_file()}))


def text_of(path: Path) -> str:
    """The file's text, or nothing for a picture, a font or any other file that is not UTF-8 text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def lines_that(pattern: str, *, suffixes: tuple[str, ...] = ()) -> list[str]:
    """``file:line: text`` for each line of the project that the regular expression ``pattern`` matches."""
    wanted = re.compile(pattern, re.IGNORECASE)
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path in project_files()
        if not suffixes or path.suffix in suffixes
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if wanted.search(line)
    ]
