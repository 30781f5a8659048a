"""Explore Education Statistics, the API's answers: a data set's metadata and the pages of a query, as JSON.

The shapes are those of the service's own documentation (dfe-analytical-services/
explore-education-statistics-api-docs, quick start). Every identifier in an answer is a short opaque word that
means something only with the metadata of the same data set, so the two are read together.

    data_set = read_answer(metadata_bytes, [page_1_bytes, page_2_bytes])
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import counted
from wherewithal.sources.content import Unreadable, json_in
from wherewithal.sources.explore_education import LEVELS, DataRow, DataSet, Place
from wherewithal.sources.files import TextFile
from wherewithal.sources.periods import Period, read_period
from wherewithal.sources.symbols import EXPLORE_EDUCATION, read_number

LEVEL_CODES: Mapping[str, str] = {
    "NAT": "National",
    "REG": "Regional",
    "LA": "Local authority",
    "LAD": "Local authority district",
}
YEAR_CODES = frozenset({"AY", "CY", "FY", "RY", "TY"})
"""Academic, calendar, financial, reporting and tax years. Codes of quarters, terms and months are longer."""


@dataclass(frozen=True)
class _Metadata:
    filters: Mapping[str, str]
    options: Mapping[tuple[str, str], str]
    indicators: Mapping[str, str]
    labels: Mapping[str, str]
    places: Mapping[tuple[str, str], Place]


def read_answer(metadata: bytes, pages: Sequence[bytes], *, name: str = "the answer") -> DataSet:
    """The rows of a query, every page of it, with the data set's metadata.

    Raises BadInput where an answer is not JSON (a proxy's web page says so), is not of this service, lacks a
    page, or uses an identifier that the metadata do not hold, which means that they are of another version.
    """
    described = _metadata(_json(metadata, "the metadata"))
    if not pages:
        raise BadInput("There is no page of answers to read.")
    answers = [_json(page, f"page {number}") for number, page in enumerate(pages, 1)]
    _every_page(answers, name)
    rows, left_out, problems = [], dict[str, int](), list[Problem]()
    number = 0
    for page, answer in enumerate(answers, 1):
        for result in answer["results"]:
            number += 1
            code = str(result.get("geographicLevel", ""))
            if LEVEL_CODES.get(code) not in LEVELS:
                left_out[code or "no level"] = left_out.get(code or "no level", 0) + 1
                continue
            try:
                rows.append(_row(number, result, code, described))
            except _Wrong as error:
                problems.append(Problem(f"page {page}, result {number}", error.found, error.expected, _AGAIN))
    if problems:
        raise BadInput(
            f"{name} could not be read: {counted(len(problems), 'result is', 'results are')} wrong.",
            problems[:10],
        )
    if not rows:
        raise BadInput(
            f"{name} holds no rows about England, a region or a local authority.",
            [Problem(name, "no such rows", "at least one", "Ask for another level, period or filter.")],
        )
    content = b"\n".join([metadata, *pages])
    file = TextFile(name, "", "utf-8", hashlib.sha256(content).hexdigest(), len(content))
    return DataSet(
        file,
        tuple(described.filters.values()),
        tuple(described.indicators.values()),
        tuple(rows),
        described.labels,
        left_out,
    )


_AGAIN = "Ask for the metadata and the data again, of one version."


class _Wrong(ValueError):
    def __init__(self, found: str, expected: str) -> None:
        super().__init__(found)
        self.found = found
        self.expected = expected


def _json(data: bytes, where: str) -> dict[str, Any]:
    try:
        found = json_in(data)
    except Unreadable as error:
        raise _refused(where, error.found, "JSON of Explore Education Statistics") from error
    wanted = "indicators" if where == "the metadata" else "results"
    if not isinstance(found, dict) or not isinstance(found.get(wanted), list):
        raise _refused(where, f"JSON without '{wanted}'", f"an answer with a list of '{wanted}'")
    return found


def _refused(where: str, found: str, expected: str) -> BadInput:
    return BadInput(
        f"{where[:1].upper()}{where[1:]} could not be read.",
        [Problem(where, found, expected, "Ask the service again, or download the data set as CSV.")],
    )


def _metadata(found: dict[str, Any]) -> _Metadata:
    try:
        filters = {each["id"]: str(each.get("column") or each["label"]) for each in found.get("filters", [])}
        options = {
            (each["id"], option["id"]): str(option["label"])
            for each in found.get("filters", [])
            for option in each["options"]
        }
        indicators = {each["id"]: str(each.get("column") or each["label"]) for each in found["indicators"]}
        labels = {
            str(each.get("column") or each["label"]): str(each["label"])
            for each in [*found.get("filters", []), *found["indicators"]]
        }
        places = {}
        for group in found.get("locations", []):
            level = group["level"]["code"]
            for option in group["options"]:
                named = str(option.get("name") or option.get("label") or "")
                code = str(option.get("code") or option["id"])
                places[level, option["id"]] = Place(
                    code, named, LEVEL_CODES.get(level, level), str(option.get("oldCode") or "")
                )
    except (KeyError, TypeError) as error:
        raise _refused("the metadata", f"a part without {error}", "the metadata of a data set") from error
    return _Metadata(filters, options, indicators, labels, places)


def _every_page(answers: Sequence[dict[str, Any]], name: str) -> None:
    paging = answers[0].get("paging") or {}
    wanted, held = paging.get("totalPages", len(answers)), len(answers)
    if wanted != held:
        raise BadInput(
            f"{name} is not whole.",
            [
                Problem(
                    name,
                    counted(held, "page"),
                    f"all {counted(wanted, 'page')}, {paging.get('totalResults', '?')} results",
                    "Ask for the missing pages as well: half a table must not pass for a whole one.",
                )
            ],
        )


def _row(number: int, result: dict[str, Any], code: str, described: _Metadata) -> DataRow:
    try:
        period = _period(result["timePeriod"]["code"], result["timePeriod"]["period"])
        place = described.places.get((code, result["locations"][code]))
        if place is None:
            raise _Wrong(f"place '{result['locations'][code]}'", "a place of the metadata")
        filters = {}
        for key, option in result.get("filters", {}).items():
            if (key, option) not in described.options:
                raise _Wrong(f"option '{option}' of filter '{key}'", "an option of the metadata")
            filters[described.filters[key]] = described.options[key, option]
        numbers: dict[str, float | None] = {}
        marks = {}
        for key, text in result["values"].items():
            if key not in described.indicators:
                raise _Wrong(f"indicator '{key}'", "an indicator of the metadata")
            read = read_number(str(text), EXPLORE_EDUCATION)
            if read is None:
                raise _Wrong(f"the value '{text}'", "a number or one of the publisher's marks")
            numbers[described.indicators[key]], mark = read
            if mark:
                marks[described.indicators[key]] = mark
    except (KeyError, TypeError, AttributeError) as error:
        raise _Wrong(f"a result without {error}", "period, place, filters and values") from error
    return DataRow(number, period, place, filters, numbers, marks)


def _period(code: str, text: str) -> Period:
    period = read_period(text) if code in YEAR_CODES else None
    if period is None:
        raise _Wrong(f"the period '{text}' of kind '{code}', which is not a year", "a year")
    # "2022/2023" here is "2022/23" in the files of the same release.
    first, _, second = period.label.partition("/")
    return period._replace(label=f"{first}/{second[-2:]}") if len(second) == 4 else period
