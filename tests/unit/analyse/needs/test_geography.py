from pathlib import Path

import pytest

from tests.unit.analyse.needs.rows import a_row
from wherewithal.analyse.needs.geography import (
    added_up,
    change_of,
    changes,
    current_code,
    ended_numbers,
    read_lookup,
    under_current_codes,
)
from wherewithal.errors import BadInput


def test_a_recoded_area_keeps_its_figures_and_a_reorganised_one_does_not():
    assert current_code("E10000027") == "E06000066"
    assert current_code("E10000006") == "E10000006"
    assert current_code("E08000009") == "E08000009"
    assert "since 2023, E10000027 before" in change_of("E10000027").words
    assert (
        "belong to none of the areas of after (E06000063 and E06000064) alone" in change_of("E10000006").words
    )


def test_rows_come_under_current_codes_and_changes_are_said():
    rows = [a_row(area_code="E10000027"), a_row(area_code="E10000006"), a_row(area_code="E08000009")]
    done, met = under_current_codes(rows)
    assert [row.area_code for row in done] == ["E06000066", "E10000006", "E08000009"]
    assert [change.name for change in met] == ["Somerset", "Cumbria"]


def test_every_change_has_a_source_and_leads_to_codes_that_still_stand():
    for change in changes():
        assert change.source
        assert all(change_of(code) is None for code in change.new)
        assert change.kind == "reorganised" or (len(change.old), len(change.new)) == (1, 1)
    assert ended_numbers() == {835, 836, 837, 909, 928}


LOOKUP = {"E07000001": "E10000001", "E07000002": "E10000001", "E06000001": "E06000001"}


def test_districts_are_added_up_and_half_an_authority_is_not_reported_as_one():
    assert added_up({"E07000001": 3, "E07000002": 4}, LOOKUP) == {"E10000001": 7}
    assert added_up({"E07000001": 3, "E07000002": None}, LOOKUP) == {"E10000001": None}
    assert added_up({"E07000001": 3, "E06000001": 9}, LOOKUP) == {"E10000001": None, "E06000001": 9}
    with pytest.raises(BadInput, match="not in the lookup"):
        added_up({"E07000099": 3}, LOOKUP)


def test_a_lookup_that_is_none_and_one_that_disagrees():
    with pytest.raises(BadInput, match="not a lookup"):
        read_lookup(b"Area,Value\n1,2\n")
    with pytest.raises(BadInput, match="one district in two"):
        read_lookup(b"LTLA23CD,UTLA23CD\nE1,E2\nE1,E3\n")


@pytest.mark.shared
def test_the_real_lookup(shared: Path):
    lookup = read_lookup(shared / "needs/dfe/LTLA-UTLA_Apr23_Lookup_England-Wales.csv")
    assert len({upper for lower, upper in lookup.items() if lower.startswith("E")}) == 153
    assert lookup["E08000009"] == "E08000009"
