from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from wherewithal.home import home


def test_the_data_folder_is_where_it_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WHEREWITHAL_HOME", str(tmp_path / "data"))
    assert home() == tmp_path / "data"
    assert home().is_dir()


def test_without_a_name_it_is_the_users_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("WHEREWITHAL_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert home().is_relative_to(tmp_path)


@pytest.mark.skipif(
    os.name == "nt", reason="Windows has no permission bits; the user's folder is private there"
)
def test_a_new_data_folder_is_for_its_owner_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WHEREWITHAL_HOME", str(tmp_path / "data"))
    assert stat.S_IMODE(home().stat().st_mode) & 0o077 == 0
