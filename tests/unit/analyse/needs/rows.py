"""Rows of an export, made for tests."""

from wherewithal.sources.fingertips import ENGLAND, IndicatorRow


def a_row(**values: object) -> IndicatorRow:
    """One row about Northtown in 2024, of an indicator nobody has described; ``values`` replace its fields."""
    year = int(str(values.pop("year", 2024)))
    fields = {
        "row": 2,
        "indicator_id": "1",
        "indicator": "Something counted",
        "parent_code": "",
        "parent_name": "",
        "area_code": "E06000001",
        "area_name": "Northtown",
        "area_type": "Counties & UAs",
        "sex": "Persons",
        "age": "All ages",
        "category_type": "",
        "category": "",
        "period": str(year),
        "order": year * 10_000,
        "value": 20.0,
        "low95": 19.0,
        "high95": 21.0,
        "low998": None,
        "high998": None,
        "count": None,
        "denominator": None,
        "note": "",
        "recent_trend": "",
        "compared_to_england": "",
        "compared_to_parent": "",
        "compared_to_goal": "",
        "new_data": "",
        "period_range": "1y",
    }
    return IndicatorRow(**{**fields, **values})  # type: ignore[arg-type]


def england(**values: object) -> IndicatorRow:
    return a_row(**{"area_code": ENGLAND, "area_name": "England", "area_type": "England", **values})


def years(
    *values: float | None, first: int = 2020, width: float = 1.0, **fields: object
) -> list[IndicatorRow]:
    """One row a year with these values, each with an interval ``width`` either side."""
    return [
        a_row(
            year=first + index,
            value=value,
            low95=None if value is None else value - width,
            high95=None if value is None else value + width,
            **fields,
        )
        for index, value in enumerate(values)
    ]
