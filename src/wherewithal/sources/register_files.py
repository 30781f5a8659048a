"""The dated file of a register, at whatever address its publisher gives: downloaded, and asked for again only
where it has changed. What is in it is read by the library of registers.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit

from wherewithal.errors import BadInput
from wherewithal.sources import brought, refusals
from wherewithal.sources.catalogue import REGISTER_FILE
from wherewithal.sources.client import Client
from wherewithal.sources.content import Unreadable, refuse_empty, refuse_web_page

SERVICE = REGISTER_FILE


@dataclass(frozen=True)
class RegisterFile:
    """One file. ``dated`` is the day that its publisher's server gives it, ``None`` where it does not say;
    ``fetched`` when the server last said that this is the file; ``changed`` whether it differs from the one whose
    fingerprint was given.
    """

    name: str
    data: bytes
    sha256: str
    address: str
    dated: date | None
    fetched: datetime
    changed: bool


def download(address: str, *, client: Client, known: str = "") -> RegisterFile:
    """The file at ``address``. ``known`` is the fingerprint (``sha256``) of the copy that is held already.

    Raises SourceFailed, and BadInput for an address that is none. A web page is refused: an address that gave a
    file once often gives "page not found" with status 200 later.
    """
    data, answer = client.get(
        SERVICE, address.strip(), read=_file_in, accept="text/csv, text/plain, */*;q=0.1"
    )
    said = answer.headers.get("last-modified", "")
    return RegisterFile(
        name_in(address),
        data,
        answer.sha256,
        answer.address,
        _day(said),
        datetime.fromtimestamp(answer.fetched, UTC),
        changed=answer.sha256 != known,
    )


def read_file(source: Path | bytes | IO[bytes], *, name: str = "") -> RegisterFile:
    """The same for a file downloaded by hand. Raises BadInput for what is no text, empty or a web page."""
    named = name or (source.name if isinstance(source, Path) else "the file")
    data = brought.text_data(source, SERVICE, named)
    return RegisterFile(
        named, data, hashlib.sha256(data).hexdigest(), "", None, datetime.now(UTC), changed=True
    )


def name_in(address: str) -> str:
    """What to call the file: the last part of its address, without anything that a folder would not take."""
    last = unquote(urlsplit(address).path.rstrip("/").rpartition("/")[2])
    return re.sub(r"[^\w.() -]", "_", last).strip(". ")[:100] or "register.csv"


def _file_in(body: bytes) -> bytes:
    refuse_empty(body)
    refuse_web_page(body)
    try:
        refusals.refuse_binary(body[:65536], "the file")
    except BadInput as error:
        raise Unreadable("other form", error.problems[0].found) from error
    return body


def _day(said: str) -> date | None:
    try:
        return parsedate_to_datetime(said).date() if said else None
    except ValueError:
        return None
