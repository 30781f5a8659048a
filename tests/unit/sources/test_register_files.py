from __future__ import annotations

from dataclasses import replace
from datetime import date
from email.utils import formatdate
from pathlib import Path

import pytest

from tests.unit.sources.serving import WEB_PAGE, Asked, LocalService, Reply
from wherewithal.errors import BadInput
from wherewithal.sources import register_files
from wherewithal.sources.client import Client
from wherewithal.sources.failures import SourceFailed

CSV = b"name,rating\nGood Behaviour Game,3\n"
STAMP = formatdate(1_750_000_000, usegmt=True)


def test_a_dated_file_is_downloaded_once_and_asked_about_after(client: Client, local: LocalService) -> None:
    def answers(asked: Asked) -> Reply:
        if asked.headers.get("if-modified-since") == STAMP:
            return Reply(status=304)
        return Reply(CSV, headers={"Last-Modified": STAMP, "Content-Type": "text/csv"})

    local.answers = answers
    address = f"{local.address}/files/Register%202025.csv"
    first = register_files.download(address, client=client)
    assert (first.data, first.name, first.changed) == (CSV, "Register 2025.csv", True)
    assert first.dated == date(2025, 6, 15)
    again = register_files.download(address, client=client, known=first.sha256)
    assert (again.data, again.changed) == (CSV, False)
    assert len(local.asked) == 2


def test_a_changed_file_says_so(client: Client, local: LocalService) -> None:
    local.replies = [Reply(CSV, headers={"ETag": '"1"'}), Reply(CSV + b"New,2\n", headers={"ETag": '"2"'})]
    first = register_files.download(f"{local.address}/r.csv", client=client)
    again = register_files.download(f"{local.address}/r.csv", client=client, known=first.sha256)
    assert (again.changed, again.dated) == (True, None)


@pytest.mark.parametrize(
    "reply", [WEB_PAGE, Reply(b""), Reply(b"PK\x03\x04zip"), replace(WEB_PAGE, status=404)]
)
def test_what_is_no_file_of_a_register_is_refused(client: Client, local: LocalService, reply: Reply) -> None:
    local.replies = [reply]
    with pytest.raises(SourceFailed) as caught:
        register_files.download(f"{local.address}/r.csv", client=client)
    assert caught.value.kind in ("wrong content", "not there")


def test_a_file_downloaded_by_hand_is_read(tmp_path: Path) -> None:
    (tmp_path / "register.csv").write_bytes(CSV)
    file = register_files.read_file(tmp_path / "register.csv")
    assert (file.name, file.data, file.address) == ("register.csv", CSV, "")
    with pytest.raises(BadInput, match="not what Register file gives"):
        register_files.read_file(WEB_PAGE.body)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://example.org/a/b.csv?x=1", "b.csv"),
        ("https://example.org/", "register.csv"),
        ("https://example.org/..%2F..%2Fetc%2Fpasswd", "_.._etc_passwd"),
        ("https://example.org/%2e%2e", "register.csv"),
    ],
)
def test_a_file_is_named_safely(address: str, name: str) -> None:
    assert register_files.name_in(address) == name
