"""This machine's copy of the index: caught up, shared by processes, made anew when it cannot be trusted."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from filelock import FileLock

from wherewithal.search import Index, RebuildNeeded
from wherewithal_web.analyse.library.models import SearchClock, SearchEntry
from wherewithal_web.analyse.library.searching import machine_copy
from wherewithal_web.analyse.library.searching.machine_copy import DiskCopy, NotReady, on_the_index
from wherewithal_web.analyse.library.searching.upkeep import SearchRow, touch

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_disk(settings, tmp_path: Path, monkeypatch) -> Path:
    settings.SEARCH_INDEX = "disk"
    monkeypatch.setenv("WHEREWITHAL_HOME", str(tmp_path))
    return tmp_path / "search"


def row(name: str, **more) -> SearchRow:
    return SearchRow(f"programme:{name}", "programme", name.capitalize(), **more)


def titles(index: Index, text: str = "") -> list[str]:
    return sorted(hit.key.partition(":")[2] for hit in index.search(text, limit=100).hits)


def found(text: str = "") -> list[str]:
    """What this process finds."""
    return on_the_index(lambda index: titles(index, text))


def now() -> Index:
    """The index as a process sees it that has just started."""
    clock = SearchClock.objects.get()
    return DiskCopy(clock.pk).current(clock.change)


def place(folder: Path) -> Path:
    (database,) = folder.iterdir()
    return database


def test_nothing_is_searched_where_nothing_was_ever_held() -> None:
    assert found() == []


def test_it_catches_up_with_what_is_new_and_what_is_gone(monkeypatch) -> None:
    touch([row("empower"), row("helping")])
    assert found() == ["empower", "helping"]
    written: list[int] = []
    write_since = machine_copy._write_since

    def listening(index: Index):
        position = index.position
        for reached in write_since(index):
            written.append(reached - position)
            yield reached

    monkeypatch.setattr(machine_copy, "_write_since", listening)
    touch([row("families")], gone=["programme:helping"])
    assert found() == ["empower", "families"]
    assert written == [2]
    assert found("families") == ["families"]
    assert written == [2], "nothing is new, so nothing is written"


def test_it_is_read_in_chunks(monkeypatch) -> None:
    monkeypatch.setattr(machine_copy, "A_CHUNK", 3)
    touch([row(name) for name in ("one", "two", "three", "four", "five", "six", "seven")])
    assert len(found()) == 7


def test_two_processes_share_a_copy() -> None:
    touch([row("empower")])
    clock = SearchClock.objects.get()
    one, other = DiskCopy(clock.pk), DiskCopy(clock.pk)
    assert titles(one.current(clock.change)) == titles(other.current(clock.change)) == ["empower"]
    touch([row("helping")])
    change = SearchClock.objects.get().change
    assert titles(one.current(change)) == ["empower", "helping"]
    assert titles(other.current(change)) == ["empower", "helping"]


def test_a_copy_made_anew_by_one_process_is_found_by_the_other() -> None:
    touch([row("empower")])
    clock = SearchClock.objects.get()
    one, other = DiskCopy(clock.pk), DiskCopy(clock.pk)
    other.current(clock.change)
    assert one.rebuild() == 1
    assert titles(other.current(clock.change)) == ["empower"]


def _lose_the_state(copy: Path) -> None:
    (copy / "state.json").unlink()


def _half_a_state(copy: Path) -> None:
    (copy / "state.json").write_text('{"folder": "x", "posi')


def _lose_the_folder(copy: Path) -> None:
    for folder in [each for each in copy.iterdir() if each.is_dir()]:
        shutil.rmtree(folder)


def _lose_the_files(copy: Path) -> None:
    for folder in [each for each in copy.iterdir() if each.is_dir()]:
        for file in folder.iterdir():
            file.unlink()


def _spoil_the_files(copy: Path) -> None:
    for folder in [each for each in copy.iterdir() if each.is_dir()]:
        for file in folder.iterdir():
            if file.is_file():
                file.write_bytes(b"spoilt")


def _made_by_another_release(copy: Path) -> None:
    state = copy / "state.json"
    state.write_text(state.read_text().replace(f'"{machine_copy.MADE_WITH}"', '"something older"'))


@pytest.mark.parametrize(
    "harm",
    [
        _lose_the_state,
        _half_a_state,
        _lose_the_folder,
        _lose_the_files,
        _spoil_the_files,
        _made_by_another_release,
    ],
)
def test_a_copy_that_cannot_be_trusted_is_made_anew(on_disk: Path, harm) -> None:
    touch([row("empower"), row("helping")])
    now()
    harm(place(on_disk))
    assert titles(now()) == ["empower", "helping"]
    assert len([each for each in place(on_disk).iterdir() if each.is_dir()]) == 1, (
        "the old one is cleared away"
    )


def test_a_database_restored_from_a_backup_is_noticed() -> None:
    touch([row("empower")])
    touch([row("helping")])
    assert titles(now()) == ["empower", "helping"]
    SearchEntry.objects.filter(key="programme:helping").delete()
    SearchClock.objects.update(change=1)
    assert titles(now()) == ["empower"]


def test_databases_never_share_a_copy(on_disk: Path) -> None:
    touch([row("empower")])
    now()
    SearchClock.objects.all().delete()
    SearchEntry.objects.all().delete()
    touch([row("helping")])
    assert titles(now()) == ["helping"]
    assert len(list(on_disk.iterdir())) == 2


def test_while_another_process_writes_what_is_there_is_searched(on_disk: Path, monkeypatch) -> None:
    monkeypatch.setattr(machine_copy, "WAIT_TO_CATCH_UP", 0.05)
    touch([row("empower")])
    now()
    touch([row("helping")])
    with FileLock(place(on_disk) / "writing.lock"):
        assert titles(now()) == ["empower"]
    assert titles(now()) == ["empower", "helping"]


def test_while_another_process_makes_the_first_copy_a_person_is_asked_to_wait(
    on_disk: Path, monkeypatch, people, sign_in
) -> None:
    monkeypatch.setattr(machine_copy, "WAIT_TO_BUILD", 0.05)
    touch([row("empower")])
    clock = SearchClock.objects.get()
    copy = DiskCopy(clock.pk)
    client = sign_in(people.commissioner)
    with FileLock(place(on_disk) / "writing.lock"):
        with pytest.raises(NotReady):
            copy.current(clock.change)
        response = client.get("/library/")
    assert response.status_code == 503
    assert "being made ready" in response.content.decode()
    assert client.get("/library/").status_code == 200


def test_an_index_that_turns_out_to_be_broken_in_use_is_made_anew_once(on_disk: Path) -> None:
    touch([row("empower")])
    assert found() == ["empower"]
    before = {each.name for each in place(on_disk).iterdir() if each.is_dir()}
    tried = []

    def work(index: Index) -> list[str]:
        tried.append(index)
        if len(tried) == 1:
            raise RebuildNeeded(place(on_disk), "for this test")
        return titles(index)

    assert on_the_index(work) == ["empower"]
    assert {each.name for each in place(on_disk).iterdir() if each.is_dir()}.isdisjoint(before)

    def never(index: Index) -> None:
        raise RebuildNeeded(place(on_disk), "and again")

    with pytest.raises(RebuildNeeded):
        on_the_index(never)
