"""Nomis asked: a query as its site gives it ("API link"), every row of it, as the CSV that a person downloads.

A guest is given 25,000 rows of a query at a time and no word that there were more but the column RECORD_COUNT, so the
rest is asked for with ``recordoffset`` until all are there. The areas and ages of a query are named by Nomis' own
numbers, which its site writes into the address: nothing of it is made up here.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from wherewithal.errors import BadInput, Problem
from wherewithal.sources.catalogue import NOMIS
from wherewithal.sources.client import Client
from wherewithal.sources.content import Unreadable, json_in, refuse_empty, refuse_web_page
from wherewithal.sources.failures import SourceFailed
from wherewithal.sources.nomis import COLUMNS, MOST_FOR_GUESTS
from wherewithal.sources.service import origin_of

SERVICE = NOMIS
MOST_ROWS = 2_000_000
_DATA_SET = re.compile(r"/dataset/(NM_\d+_\d+)\b", re.IGNORECASE)
_OURS = frozenset({"recordoffset", "recordlimit", "uid", "signature"})
"""Parameters that are set here, or that are a person's own and are not to be kept in an address."""


@dataclass(frozen=True)
class Query:
    """One query of a data set, without its place among the pages."""

    data_set: str
    parameters: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Answered:
    """A query's rows as one CSV file, with what the data set is called and the address that gave them."""

    content: bytes
    title: str
    address: str


def query_of(text: str) -> Query:
    """The query in an address of Nomis that a person copied.

    Raises BadInput for another site's address, one that names no data set, and one that names no areas.
    """
    address = text.strip()
    parts = urlsplit(address)
    ours = {origin_of(each) for each in (SERVICE.address, SERVICE.base)}
    found = _DATA_SET.search(parts.path)
    if origin_of(address) not in ours or found is None:
        raise _no_query(address)
    parameters = tuple(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=False)
        if name.lower() not in _OURS
    )
    if not any(name.lower() == "geography" for name, _ in parameters):
        raise BadInput(
            "That query of Nomis names no areas.",
            [
                Problem(
                    "the address",
                    "no 'geography' in it",
                    "the areas, as Nomis writes them into the address when you choose them on its site",
                    "Choose the areas on Nomis (England and the authorities), then copy the API link again.",
                )
            ],
        )
    return Query(found.group(1).upper(), parameters)


def _no_query(address: str) -> BadInput:
    host = urlsplit(address).hostname
    ours = urlsplit(SERVICE.address).hostname
    return BadInput(
        "That is not the address of a query of Nomis.",
        [
            Problem(
                "the address",
                (f"one at {host[:40]}" if host != ours else "one that names no data set")
                if host
                else "no address",
                f"a link to {ours} with 'dataset/NM_' in it",
                "On Nomis choose the data set, areas, dates and the rest, then 'Download' and 'API'; copy the link.",
            )
        ],
    )


def ask(
    query: Query, *, client: Client, progress: Callable[[int, int | None], None] | None = None
) -> Answered:
    """Every row of a query. Raises SourceFailed, also where Nomis stops giving rows before all are there."""
    header: list[str] = []
    rows: list[list[str]] = []
    total: int | None = None
    address = ""
    while total is None or len(rows) < total:
        (header, page, there_are), answer = client.get(
            SERVICE,
            f"/dataset/{query.data_set}.data.csv",
            [*query.parameters, ("recordoffset", str(len(rows))), ("recordlimit", str(MOST_FOR_GUESTS))],
            read=_page,
            accept="text/csv",
            keep=None,
        )
        address = address or re.sub(r"&recordoffset=0&recordlimit=\d+$", "", answer.address)
        total = max(total or 0, there_are)
        if not page and rows:
            raise SourceFailed(
                SERVICE.name, "cut off", f"{SERVICE.name} gave {len(rows):,} of {total:,} rows and then none."
            )
        rows += page
        if progress:
            progress(len(rows), total)
        if not page:
            break
        if len(rows) > MOST_ROWS:
            raise SourceFailed(SERVICE.name, "too large", f"{SERVICE.name} has more than {MOST_ROWS:,} rows.")
    return Answered(_written(header, rows), _title(query.data_set, client), address)


def _page(body: bytes) -> tuple[list[str], list[list[str]], int]:
    """The header, the rows and how many rows the whole query has."""
    refuse_empty(body)
    refuse_web_page(body)
    try:
        header, *rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    except (ValueError, csv.Error) as error:
        raise Unreadable("other form", "a file that is no CSV") from error
    if not set(COLUMNS) <= set(header):
        said = " ".join(" ".join(header).split())[:80]
        raise Unreadable("other form", f"'{said}'")
    rows = [row for row in rows if row]
    if any(len(row) != len(header) for row in rows):
        raise Unreadable("cut off", "a row that breaks off")
    place = header.index("RECORD_COUNT") if "RECORD_COUNT" in header else -1
    counts = [row[place] for row in rows] if place >= 0 else []
    return header, rows, max((int(text) for text in counts if text.isdigit()), default=len(rows))


def _written(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return out.getvalue().encode()


def _title(data_set: str, client: Client) -> str:
    """What Nomis calls a data set; its number where it does not say."""
    try:
        found, _ = client.get(SERVICE, f"/dataset/{data_set}/def.sdmx.json", read=json_in)
        families = found["structure"]["keyfamilies"]["keyfamily"]
        name = str(families[0]["name"]["value"])
    except (SourceFailed, KeyError, IndexError, TypeError):
        return data_set
    return " ".join(re.sub(r"[^\w ,()-]", " ", name).split())[:120] or data_set
