"""Files that a person downloaded from a service by hand: read as the service's own answer is, or refused."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, TypeVar

from wherewithal.errors import BadInput, Problem
from wherewithal.sources import refusals
from wherewithal.sources.content import Unreadable, json_in, refuse_empty, refuse_web_page
from wherewithal.sources.files import LARGEST_BYTES, bytes_of
from wherewithal.sources.json_values import dict_in, dicts_in, words_in
from wherewithal.sources.service import Service

T = TypeVar("T")

_DO = {
    "empty": "Download it again and look at its size.",
    "web page": "The download was answered by a web page, perhaps one to sign in: open the address in a browser, "
    "and save what it shows once it is the data.",
    "cut off": "The download was not whole: download it again and let it finish.",
    "forbidden XML": "Download it again from the service itself.",
    "other form": "Save the service's answer as it is, without opening it in another program.",
    "other service": "Choose the source that it came from, or download it from this one.",
}


def data_of(
    source: Path | bytes | IO[bytes], name: str = "", largest: int = LARGEST_BYTES
) -> tuple[bytes, str]:
    """The bytes of a file and what to call it. Raises BadInput where it cannot be opened, is too large, or is
    no text.
    """
    name = name or (source.name if isinstance(source, Path) else "the file")
    data = bytes_of(source, name, largest)
    refusals.refuse_binary(data, name)
    return data, name


def refusal(name: str, service: Service, error: Unreadable) -> BadInput:
    """Why a file is not read, for the person who brought it."""
    return BadInput(
        f"{name} is not what {service.name} gives.",
        [Problem(name, error.found, f"{service.answers} as {service.name} answers it", _DO[error.wrong])],
    )


def json_values(data: bytes) -> Iterator[Any]:
    """Every JSON value of a file: one, or one a line. Raises Unreadable."""
    try:
        yield json_in(data)
        return
    except Unreadable as error:
        lines = [line for line in data.splitlines() if line.strip()]
        if error.wrong in ("empty", "web page") or len(lines) < 2 or not _is_json(lines[0]):
            raise
    for line in lines:
        yield json_in(line)


def _is_json(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def objects(source: Path | bytes | IO[bytes], service: Service, name: str = "") -> list[dict[str, Any]]:
    """The pages or records of a JSON file: objects, whether alone, in a list or one a line.

    Raises BadInput for everything that is none of these, and for another service's answer.
    """
    data, name = data_of(source, name)
    try:
        found: list[dict[str, Any]] = []
        for value in json_values(data):
            some = value if isinstance(value, list) else [value]
            if not all(isinstance(item, dict) for item in some):
                raise Unreadable("other form", "JSON that holds no records")
            found += some
        for item in found:
            refuse_other_service(item, service)
        if not found:
            raise Unreadable("empty", "an empty list")
    except Unreadable as error:
        raise refusal(name, service, error) from error
    return found


def text_data(
    source: Path | bytes | IO[bytes], service: Service, name: str = "", largest: int = LARGEST_BYTES
) -> bytes:
    """The bytes of a file that is neither empty nor a web page. Raises BadInput."""
    data, name = data_of(source, name, largest)
    try:
        refuse_empty(data)
        refuse_web_page(data)
    except Unreadable as error:
        raise refusal(name, service, error) from error
    return data


def refuse_other_service(item: Mapping[str, Any], service: Service) -> None:
    """Raises Unreadable where a page or record is plainly another service's."""
    whose = whose_is(item)
    if whose and whose != service.key and {whose, service.key} != {"govuk", "govuk-content"}:
        raise Unreadable("other service", f"an answer of {_NAMES[whose]}")


_NAMES = {
    "openalex": "OpenAlex",
    "europepmc": "Europe PMC",
    "crossref": "Crossref",
    "govuk": "GOV.UK search",
    "govuk-content": "GOV.UK content",
    "nice": "NICE syndication",
}


def whose_is(item: Mapping[str, Any]) -> str:
    """The key of the service that a page or record is from, by what only that service's have; empty where it
    could be anybody's.
    """
    first = next(iter(dicts_in(item.get("results"))), {})
    work = first or item
    if re.match(r"https?://openalex\.org/", words_in(work.get("id"))) or "next_cursor" in dict_in(
        item.get("meta")
    ):
        return "openalex"
    if "resultList" in item or {"source", "pubYear"} <= item.keys() or "hitCount" in item:
        return "europepmc"
    if str(item.get("message-type", "")).startswith("work") or {"DOI", "deposited"} <= item.keys():
        return "crossref"
    if "base_path" in item and "content_id" in item:
        return "govuk-content"
    if isinstance(item.get("results"), list) and {"total", "start"} <= item.keys():
        return "govuk"
    if "IndexItems" in item:
        return "nice"
    return ""
