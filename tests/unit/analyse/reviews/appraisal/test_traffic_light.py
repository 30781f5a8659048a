from __future__ import annotations

import pytest

from tests.unit.analyse.reviews.appraisal.test_appraising import ROB, SOUND, appraisal
from wherewithal.analyse.reviews.appraisal.appraising import Appraisal, Own
from wherewithal.analyse.reviews.appraisal.reading import instrument
from wherewithal.analyse.reviews.appraisal.traffic_light import TrafficLight, shares, traffic_light
from wherewithal.errors import BadInput


def table() -> TrafficLight:
    rows = [
        appraisal(SOUND),
        Appraisal(ROB, "=Other 2001", "Ann", appraisal(SOUND | {"5.1": "NI"}).answers, {}),
        Appraisal(ROB, "Third 2010", "Ann", {}, {"missing": Own("high")}),
    ]
    return traffic_light(ROB, rows)


def test_studies_by_domains() -> None:
    light = table()
    assert [each.key for each in light.columns][-1] == "overall"
    assert light.judgements[1][-2:] == ("some", "some")
    assert light.judgements[2] == ("", "", "high", "", "", "")
    assert light.as_csv().splitlines()[2].startswith("'=Other 2001,Low risk")
    assert "Not judged yet" in light.as_csv()


def test_the_share_of_studies_by_judgement_adds_up() -> None:
    light = table()
    for weights in (None, {"Webster 1997": 80.0, "=Other 2001": 15.0, "Third 2010": 5.0}):
        found = shares(light, weights)
        for column in light.columns:
            assert sum(each.part for each in found if each.column == column) == pytest.approx(1)
    weighted = shares(light, {"Webster 1997": 80.0, "=Other 2001": 15.0, "Third 2010": 5.0})
    some = next(each for each in weighted if each.column.key == "reporting" and each.judgement == "some")
    assert (some.studies, some.part) == (1, pytest.approx(0.15))


def test_a_study_without_a_weight_is_named() -> None:
    with pytest.raises(BadInput, match="Third 2010"):
        shares(table(), {"Webster 1997": 1, "=Other 2001": 1})


def test_a_table_is_of_one_instrument() -> None:
    with pytest.raises(BadInput, match="one instrument"):
        traffic_light(instrument("robins-i"), [appraisal(SOUND)])
