"""Fingertips, Explore Education Statistics and Nomis as they answer, made for tests: all three at one local address."""

from __future__ import annotations

from typing import Any

from tests.unit.sources.serving import Asked, Reply, json_reply
from wherewithal.sources.fingertips import COLUMNS

DATA_SET = "63cfc86e-c334-4e58-2912-08da0807d53c"
NOMIS = "https://www.nomisweb.co.uk/api/v01/dataset/NM_2002_1.data.csv?geography=1,2&date=latest&c_age=1...2"

ENGLAND = {"Id": 15, "Name": "England"}
AREA_TYPES = [
    {"Id": 102, "Name": "Counties & UAs (pre Apr 2019)", "ParentAreaTypes": [ENGLAND]},
    {
        "Id": 402,
        "Name": "Counties & UAs (2021/22-2022/23)",
        "ParentAreaTypes": [{"Id": 6, "Name": "Regions"}, ENGLAND],
    },
    {"Id": 777, "Name": "Counties & UAs (from Apr 2023)", "ParentAreaTypes": [ENGLAND]},
    {"Id": 501, "Name": "Districts & UAs (from Apr 2023)", "ParentAreaTypes": [ENGLAND]},
    {"Id": 7, "Name": "GPs", "ParentAreaTypes": [{"Id": 6, "Name": "Regions"}]},
]
PROFILES = [
    {"Id": 105, "Name": "Child and Maternal Health", "Key": "child-health-profiles"},
    {"Id": 19, "Name": "Public Health Outcomes Framework", "Key": "public-health-outcomes-framework"},
]

METADATA = {
    "filters": [
        {
            "id": "f1",
            "column": "sex",
            "label": "Sex",
            "options": [{"id": "o1", "label": "Total"}, {"id": "o2", "label": "Female"}],
        },
        {
            "id": "f2",
            "column": "fsm",
            "label": "Free school meals",
            "options": [{"id": "o3", "label": "Total"}, {"id": "o4", "label": "Eligible"}],
        },
    ],
    "indicators": [
        {"id": "i1", "column": "overall_percent", "label": "Overall absence rate (percent)"},
        {"id": "i2", "column": "sessions", "label": "Number of sessions"},
    ],
    "locations": [
        {"level": {"code": "NAT"}, "options": [{"id": "l1", "code": "E92000001", "label": "England"}]},
        {
            "level": {"code": "LA"},
            "options": [{"id": "l2", "code": "E08000009", "oldCode": "358", "label": "Trafford"}],
        },
        {"level": {"code": "SCH"}, "options": []},
    ],
    "timePeriods": [
        {"code": "AY", "period": "2022/2023", "label": "2022/23"},
        {"code": "AY", "period": "2023/2024", "label": "2023/24"},
    ],
}


def export(indicator: str, value: str = "1.5", areas: tuple[tuple[str, str, str], ...] = ()) -> bytes:
    """An export of Fingertips with a row for England and for Trafford in one year."""
    names = [*COLUMNS]
    names.insert(names.index("Compared to England value or percentiles") + 1, "Compared to percentiles")
    names += ["Compared to goal", "Time period range"]
    lines = [",".join(names)]
    for code, name, kind in areas or (
        ("E92000001", "England", "England"),
        ("E08000009", "Trafford", "Counties & UAs (from Apr 2023)"),
    ):
        values = {
            "Indicator ID": indicator, "Indicator Name": f"Indicator {indicator}", "Area Code": code,
            "Area Name": name, "Area Type": kind, "Sex": "Persons", "Age": "All ages", "Time period": "2020",
            "Value": value, "Time period Sortable": "20200000", "Time period range": "1y",
        }  # fmt: skip
        lines.append(",".join(values.get(column, "") for column in names))
    return "\n".join(lines).encode() + b"\n"


def _result(place: str, level: str, period: str, sex: str, meals: str, value: str) -> dict[str, Any]:
    return {
        "timePeriod": {"code": "AY", "period": period},
        "geographicLevel": level,
        "locations": {level: place},
        "filters": {"f1": sex, "f2": meals},
        "values": {"i1": value},
    }


RESULTS = [
    _result("l1", "NAT", "2023/2024", "o1", "o3", "6.9"),
    _result("l2", "LA", "2023/2024", "o1", "o3", "5.5"),
    _result("l2", "LA", "2023/2024", "o2", "o3", "5.4"),
    _result("l2", "LA", "2023/2024", "o1", "o4", "c"),
    _result("l2", "LA", "2023/2024", "o2", "o4", "9.1"),
]

NOMIS_HEADER = (
    '"DATE","DATE_NAME","GEOGRAPHY","GEOGRAPHY_NAME","GEOGRAPHY_CODE","GEOGRAPHY_TYPE","GENDER_NAME","C_AGE_NAME",'
    '"MEASURES_NAME","OBS_VALUE","OBS_STATUS","OBS_STATUS_NAME","RECORD_OFFSET","RECORD_COUNT"'
)
NOMIS_ROWS = [
    f'"2024","2024","1","{name}","{code}","{kind}","Total","Age {age}","Value",{people},"A","Normal",{{place}},4'
    for name, code, kind, people in (
        ("England", "E92000001", "country", 600_000),
        ("Trafford", "E08000009", "local authority", 2_500),
    )
    for age in (1, 2)
]
GIVEN_AT_ONCE = 3


def answers(asked: Asked) -> Reply:
    """What the three services answer."""
    said = asked.parameters
    match asked.path:
        case "/area_types/parent_area_types":
            return json_reply(AREA_TYPES)
        case "/profiles":
            return json_reply(PROFILES)
        case "/available_data":
            return json_reply(
                [
                    {"IndicatorId": int(said["indicator_id"]), "AreaTypeId": kind}
                    for kind in (15, 102, 402, 777)
                ]
            )
        case "/all_data/csv/by_indicator_id":
            return Reply(export(said["indicator_ids"]))
        case "/all_data/csv/by_profile_id":
            return Reply(export("1") + export("2").split(b"\n", 1)[1])
        case "/dataset/NM_2002_1.data.csv":
            start = int(said["recordoffset"])
            rows = [
                row.format(place=place) for place, row in enumerate(NOMIS_ROWS) if start <= place < start + 3
            ]
            return Reply("\n".join([NOMIS_HEADER, *rows]).encode())
        case "/dataset/NM_2002_1/def.sdmx.json":
            name = {"value": "Population estimates - local authority based by single year of age"}
            return json_reply({"structure": {"keyfamilies": {"keyfamily": [{"name": name}]}}})
    return _education(asked)


def _education(asked: Asked) -> Reply:
    base = f"/v1/data-sets/{DATA_SET}"
    if asked.path == base:
        version = {"version": "1.2", "published": "2026-05-21T09:30:00+00:00"}
        return json_reply({"id": DATA_SET, "title": "Absence rates", "latestVersion": version})
    if asked.path == f"{base}/meta":
        return json_reply(METADATA)
    if asked.path == f"{base}/csv":
        return Reply(
            b"time_period,time_identifier,geographic_level,sessions\n202324,Academic year,National,5\n"
        )
    if asked.path == f"{base}/query":
        page = int(asked.parameters["page"])
        return json_reply(
            {
                "paging": {"page": page, "pageSize": 3, "totalPages": 2, "totalResults": len(RESULTS)},
                "results": RESULTS[3 * (page - 1) : 3 * page],
            }
        )
    return Reply(status=404)
