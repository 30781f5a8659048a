"""Answers of the API: the examples of its own documentation, and broken ones."""

import copy
import json

import pytest

from wherewithal.errors import BadInput
from wherewithal.sources.explore_education_api import read_answer

# The shapes of the quick start of dfe-analytical-services/explore-education-statistics-api-docs.
METADATA = {
    "filters": [
        {
            "id": "gIyO9",
            "column": "school_type",
            "label": "School type",
            "options": [{"id": "uKR2K", "label": "Primary"}],
        }
    ],
    "indicators": [{"id": "04nTr", "column": "sess_authorised", "label": "Authorised sessions"}],
    "locations": [
        {"level": {"code": "NAT"}, "options": [{"id": "2FmYX", "code": "E92000001", "name": "England"}]},
        {
            "level": {"code": "LA"},
            "options": [{"id": "e0768", "code": "E08000009", "oldCode": "358", "label": "Trafford"}],
        },
    ],
}
RESULT = {
    "timePeriod": {"code": "AY", "period": "2022/2023"},
    "geographicLevel": "LA",
    "locations": {"NAT": "2FmYX", "LA": "e0768"},
    "filters": {"gIyO9": "uKR2K"},
    "values": {"04nTr": "1708016"},
}


def page(*results: dict, pages: int = 1) -> bytes:
    return json.dumps(
        {"paging": {"page": 1, "totalResults": len(results), "totalPages": pages}, "results": list(results)}
    ).encode()


def changed(**values: object) -> dict:
    return {**copy.deepcopy(RESULT), **values}


def read(*pages: bytes):
    return read_answer(json.dumps(METADATA).encode(), pages)


def test_a_result_is_read_with_the_words_of_the_metadata():
    found = read(page(RESULT, pages=2), page(changed(values={"04nTr": "c"}), pages=2))
    first, second = found.rows
    assert (first.place.code, first.place.name, first.place.la_number) == ("E08000009", "Trafford", "358")
    assert first.period.label == "2022/23"
    assert first.filters == {"school_type": "Primary"}
    assert first.numbers == {"sess_authorised": 1708016.0}
    assert second.numbers == {"sess_authorised": None}
    assert "recognised" in second.marks["sess_authorised"]
    assert found.labels["sess_authorised"] == "Authorised sessions"


def test_levels_that_are_not_read_are_counted():
    assert read(page(RESULT, changed(geographicLevel="SCH"))).left_out == {"SCH": 1}


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ([], "no page"),
        ([b"<html><title>Proxy</title>"], "a web page titled 'Proxy'"),
        ([b'{"results": ['], "breaks off"),
        ([b'{"errors": []}'], "JSON without 'results'"),
        ([page(RESULT, pages=3)], "all 3 pages"),
        ([page(changed(values={"other": "1"}))], "indicator 'other'"),
        ([page(changed(filters={"gIyO9": "zzz"}))], "option 'zzz'"),
        ([page(changed(locations={"LA": "zzz"}))], "place 'zzz'"),
        ([page(changed(values={"04nTr": "many"}))], "the value 'many'"),
        ([page(changed(timePeriod={"code": "T1", "period": "2022/2023"}))], "kind 'T1', which is not a year"),
        ([page(changed(values=None))], "without"),
        ([page(changed(geographicLevel="SCH"))], "no rows about England"),
    ],
)
def test_what_is_wrong_is_named(pages, said):
    with pytest.raises(BadInput) as caught:
        read(*pages)
    assert said in str(caught.value)


def test_metadata_that_are_none_are_refused():
    with pytest.raises(BadInput, match="metadata could not be read"):
        read_answer(b'{"indicators": [{}]}', [page(RESULT)])
