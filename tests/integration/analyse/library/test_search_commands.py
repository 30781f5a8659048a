from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from wherewithal.cli.main import root
from wherewithal_web import commands as workbench
from wherewithal_web.analyse.library.models import SearchEntry
from wherewithal_web.analyse.library.search_commands import reindex
from wherewithal_web.analyse.library.searching.asked import Asked
from wherewithal_web.analyse.library.searching.found import find

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def django_is_running(monkeypatch, settings, tmp_path) -> None:
    monkeypatch.setattr(workbench, "start_django", lambda *, demo=False: None)
    monkeypatch.setenv("WHEREWITHAL_HOME", str(tmp_path))
    settings.SEARCH_INDEX = "disk"


def test_the_index_is_made_anew(library) -> None:
    before = find(Asked()).total
    SearchEntry.objects.filter(key="programme:good-behaviour-game").update(title="Spoilt")
    done = CliRunner().invoke(reindex, ["--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["held"] == before > 100
    assert told["seconds"] >= 0
    assert find(Asked(text='"good behaviour game"')).hits[0].key == "programme:good-behaviour-game"
    assert "things can be found" in CliRunner().invoke(reindex).stdout


def test_an_empty_library_has_an_empty_index(db) -> None:
    done = CliRunner().invoke(reindex, ["--json"])
    assert json.loads(done.stdout)["held"] == 0


def test_it_stands_among_the_librarys_commands() -> None:
    shown = CliRunner().invoke(root, ["library", "reindex", "--help"])
    assert "Example: wherewithal library reindex" in shown.output
