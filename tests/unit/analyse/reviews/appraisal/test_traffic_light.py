from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.analyse.reviews.appraisal.test_appraising import ROB, SOUND, appraisal
from wherewithal.analyse.reviews.appraisal.appraising import OVERALL, Appraisal, Own
from wherewithal.analyse.reviews.appraisal.pictures import summary_picture, traffic_light_picture
from wherewithal.analyse.reviews.appraisal.reading import instrument, instruments
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


def test_a_study_that_is_there_twice_says_for_which_result() -> None:
    first, second = (replace(appraisal(SOUND), outcome=each) for each in ("Behaviour", "Mood"))
    assert traffic_light(ROB, [first, second]).studies == ("Webster 1997, Behaviour", "Webster 1997, Mood")
    assert traffic_light(ROB, [first]).studies == ("Webster 1997",)


def test_both_pictures_say_in_words_what_they_show() -> None:
    light = table()
    rows = traffic_light_picture(light, key="a")
    assert "Third 2010" in rows.svg
    assert "high risk in 1 of 3" not in rows.description
    assert rows.rows[0][-1] == "Low risk"
    assert "Not judged yet" in rows.rows[2]
    bars = summary_picture(light, key="b", weights={"Webster 1997": 80, "=Other 2001": 15, "Third 2010": 5})
    assert "The share of weight" in bars.description
    assert "some concerns 15%" in bars.description


@pytest.mark.parametrize("key", [each.key for each in instruments()])
def test_every_instrument_can_be_drawn(key: str) -> None:
    made = instrument(key)
    whole = {OVERALL: Own(made.overall_judgements[-1].key)} if made.overall_judgements else {}
    for judgement in made.judgements:
        own = {domain.key: Own(judgement.key) for domain in made.domains} | whole
        light = traffic_light(made, [Appraisal(made, "A", "Ann", {}, own)])
        assert judgement.words in traffic_light_picture(light, key="a").rows[0]
