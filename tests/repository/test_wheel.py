"""The wheel that people install: it carries everything the checkout has, and the built front end too."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.repository.files import ROOT, project_files

BUILT = "wherewithal_web/static/build"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    if not (ROOT / "src" / BUILT / "wherewithal.css").exists():
        pytest.fail("The front end is not built. Run: python3 run.py setup", pytrace=False)
    out = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    made = subprocess.run(build, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    return zipfile.ZipFile(next(out.glob("*.whl")))


def test_it_carries_the_built_front_end(wheel: zipfile.ZipFile) -> None:
    built = {name for name in wheel.namelist() if name.startswith(BUILT)}
    assert {f"{BUILT}/wherewithal.css", f"{BUILT}/wherewithal.js", f"{BUILT}/govuk-frontend.min.js"} <= built
    assert any(name.endswith(".woff2") for name in built)


def test_it_carries_every_file_of_the_source(wheel: zipfile.ZipFile) -> None:
    """Registers, packs, templates and indicators are data files: one left out is missed only in use."""
    source = {
        str(path.relative_to(ROOT / "src")) for path in project_files() if (ROOT / "src") in path.parents
    }
    assert source - set(wheel.namelist()) == set()


def test_it_carries_the_licence_and_the_command(wheel: zipfile.ZipFile) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    about = f"wherewithal-{version}.dist-info"
    assert f"{about}/licenses/LICENSE" in wheel.namelist()
    assert "wherewithal = wherewithal.cli.main:main" in wheel.read(f"{about}/entry_points.txt").decode()
    assert Path(wheel.filename or "").stat().st_size < 5_000_000
