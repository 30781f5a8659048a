"""Explore Education Statistics asked: what a data set holds, and its rows by indicator, level of area and year.

The addresses and parameters are those of the service's own documentation and code (dfe-analytical-services/
explore-education-statistics and its API's documentation): ``/v1/data-sets/ID``, its ``meta``, its ``csv`` and its
``query``, whose results come in numbered pages. Identifiers of indicators are opaque, so a person names them as the
metadata do, by label or column.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from wherewithal.errors import BadInput, NothingThere, Problem
from wherewithal.plain_english import listed
from wherewithal.sources.catalogue import EXPLORE_EDUCATION
from wherewithal.sources.client import Client
from wherewithal.sources.content import Unreadable, json_in, refuse_empty, refuse_web_page
from wherewithal.sources.explore_education import DataSet
from wherewithal.sources.explore_education_api import LEVEL_CODES, YEAR_CODES, read_answer
from wherewithal.sources.failures import SourceFailed
from wherewithal.sources.json_values import dict_in

SERVICE = EXPLORE_EDUCATION
PAGE = 1_000
MOST_PAGES = 500
LEVELS = ("NAT", "REG", "LA")
"""England, its regions and its authorities: what an area is held against, asked for where nothing else is said."""

LARGEST_CSV = 200 * 1024 * 1024
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True)
class Answered:
    """A query's rows, with the address that gave them and what the service says of the edition."""

    data_set: DataSet
    title: str
    version: str
    published: str
    address: str


def data_set_id(text: str) -> str:
    """The identifier in what a person wrote, which may be the address of the data set's page. Raises BadInput."""
    found = _ID.search(text)
    if found is None:
        raise BadInput(
            "That names no data set.",
            [
                Problem(
                    "the data set",
                    f"'{text.strip()[:80]}'",
                    "an identifier such as 63cfc86e-c334-4e58-2912-08da0807d53c, or an address that holds it",
                    "Open the data set in the data catalogue of Explore Education Statistics: a data set with an API "
                    "shows its identifier there. One without can be downloaded as CSV.",
                )
            ],
        )
    return found.group().lower()


def ask(
    wanted: str,
    *,
    client: Client,
    indicators: Sequence[str] = (),
    levels: Sequence[str] = LEVELS,
    since: int | None = None,
    until: int | None = None,
    progress: Callable[[int, int | None], None] | None = None,
) -> Answered:
    """The rows of a data set. All its indicators where none is named, all its years where none is.

    ``since`` and ``until`` are the years in which the first and last period begin. Raises BadInput for what names no
    data set and for answers that cannot be read, NothingThere for an indicator, a level or years that it does not
    have, naming those that it has, and SourceFailed.
    """
    key = data_set_id(wanted)
    about, _ = client.get(SERVICE, f"/v1/data-sets/{key}", read=_object)
    metadata, _ = client.get(SERVICE, f"/v1/data-sets/{key}/meta", read=_raw_object)
    described = json.loads(metadata)
    parameters = [
        ("indicators", ",".join(_indicators(described, indicators))),
        ("geographicLevels.in", ",".join(_levels(described, levels))),
        *_years(described, since, until),
    ]
    pages: list[bytes] = []
    address, number, rows = "", 1, 0
    while True:
        page, answer = client.get(
            SERVICE,
            f"/v1/data-sets/{key}/query",
            [*parameters, ("page", str(number)), ("pageSize", str(PAGE))],
            read=_raw_object,
            keep=None,
        )
        pages.append(page)
        address = address or re.sub(r"&page=1&pageSize=\d+$", "", answer.address)
        found = json.loads(page)
        paging = dict_in(found.get("paging"))
        rows += len(found.get("results") or ())
        if progress:
            progress(rows, _whole(paging.get("totalResults")))
        number += 1
        if number > (_whole(paging.get("totalPages")) or 1):
            break
        if number > MOST_PAGES:
            raise SourceFailed(
                SERVICE.name, "too large", f"{SERVICE.name} has more than {MOST_PAGES * PAGE:,} rows of that."
            )
    title = str(about.get("title") or key)
    version = dict_in(about.get("latestVersion"))
    return Answered(
        read_answer(metadata, pages, name=f"{title}.json"),
        title,
        str(version.get("version") or ""),
        str(version.get("published") or "")[:10],
        address,
    )


def download(wanted: str, *, client: Client) -> bytes:
    """A whole data set as CSV. Raises BadInput for what names none, and SourceFailed."""
    data, _ = client.get(
        SERVICE,
        f"/v1/data-sets/{data_set_id(wanted)}/csv",
        read=_table,
        accept="text/csv",
        largest=LARGEST_CSV,
    )
    return data


def _indicators(described: dict[str, Any], wanted: Sequence[str]) -> list[str]:
    """The identifiers of indicators named by label, column or identifier; of all where none is named."""
    have = [each for each in described["indicators"] if isinstance(each, dict) and each.get("id")]
    named = [name.strip() for name in wanted if name.strip()]
    if not named:
        return [str(each["id"]) for each in have]
    by_name = {
        str(each[key]).lower(): str(each["id"])
        for each in have
        for key in ("id", "column", "label")
        if each.get(key)
    }
    unknown = [name for name in named if name.lower() not in by_name]
    if unknown:
        raise NothingThere(
            f"The data set has no indicator called {listed(unknown, 'or')}.",
            [str(each.get("label") or each["id"]) for each in have],
        )
    return list(dict.fromkeys(by_name[name.lower()] for name in named))


def _levels(described: dict[str, Any], wanted: Sequence[str]) -> list[str]:
    """Those of the levels asked for that the data set has."""
    have = []
    for each in described.get("geographicLevels") or described.get("locations") or ():
        level = each.get("level", each) if isinstance(each, dict) else each
        have.append(str(level.get("code", "") if isinstance(level, dict) else level))
    found = [level for level in wanted if level in have]
    if not found:
        raise NothingThere(
            f"The data set has no figures of {listed([LEVEL_CODES.get(each, each) for each in wanted], 'or')} level.",
            [LEVEL_CODES.get(each, each) for each in have],
        )
    return found


def _years(described: dict[str, Any], since: int | None, until: int | None) -> list[tuple[str, str]]:
    """The parameters that ask for some years, in the service's own words for them."""
    periods = [
        (int(str(each.get("period", ""))[:4]), str(each["period"]), str(each["code"]))
        for each in described.get("timePeriods") or ()
        if isinstance(each, dict) and str(each.get("period", ""))[:4].isdigit() and each.get("code")
    ]
    if since is None and until is None:
        return []
    within = [
        each
        for each in periods
        if (since is None or each[0] >= since)
        and (until is None or each[0] <= until)
        and each[2] in YEAR_CODES
    ]
    if not within:
        raise NothingThere(
            "The data set has no such years.", dict.fromkeys(period for _, period, _ in sorted(periods))
        )
    return [("timePeriods.in", ",".join(f"{period}|{code}" for _, period, code in sorted(within)))]


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _object(body: bytes) -> dict[str, Any]:
    found = json_in(body)
    if not isinstance(found, dict):
        raise Unreadable("other form", "JSON that is no object")
    return found


def _raw_object(body: bytes) -> bytes:
    found = _object(body)
    if not isinstance(found.get("results", found.get("indicators")), list):
        raise Unreadable("other form", "JSON without 'results' or 'indicators'")
    return body


def _table(body: bytes) -> bytes:
    refuse_empty(body)
    refuse_web_page(body)
    if b"time_period" not in body.split(b"\n", 1)[0]:
        raise Unreadable("other form", "a file without the column 'time_period'")
    return body
