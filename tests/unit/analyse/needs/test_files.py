"""A profile straight from files of several kinds."""

from pathlib import Path

import pytest

from tests.unit.analyse.needs.test_dfe import AREA, HEAD
from tests.unit.sources.test_lait import DICTIONARY, ROW, parquet
from wherewithal.analyse.needs import Polarity
from wherewithal.analyse.needs.arrival import measure_of
from wherewithal.analyse.needs.files import from_files, together
from wherewithal.analyse.needs.neighbours import Average
from wherewithal.errors import BadInput, NothingThere
from wherewithal.sources.lait import LaitMeasure


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    path = tmp_path / "plans.csv"
    path.write_text(HEAD + f"category,CPP_start,CPP_subsequent\n2025,{AREA}E08000038,Barnsley,x,100,20\n")
    return path


@pytest.fixture
def lait(tmp_path: Path) -> Path:
    path = tmp_path / "long.parquet"
    barnsley = {**ROW, "LA and Regions": "Barnsley", "LA Number": 370.0, "Values": "80"}
    england = {**ROW, "LA and Regions": "England", "LA Number": 970.0, "Region": "NA", "Values": "67"}
    path.write_bytes(parquet(ROW, barnsley, england))
    return path


@pytest.fixture
def dictionary(tmp_path: Path) -> Path:
    path = tmp_path / "dictionary.csv"
    path.write_bytes(DICTIONARY)
    return path


def test_an_area_is_one_area_in_files_of_two_kinds(plans, lait, dictionary):
    found = from_files(
        [plans, lait], "barnsley", peers=["Trafford"], average=Average.MEAN, dictionary=dictionary
    )
    assert found.area.code == "E08000038"
    assert [reading.series.key.indicator_id for reading in found.readings] == ["dfe:cpp_repeat", "lait:LAC"]
    looked_after = found.readings[1]
    assert looked_after.statement.startswith(
        "80.0 per 10,000 in 2025; England 67.0 per 10,000; neighbours' simple mean 62.5 per 10,000."
    )
    assert looked_after.measure.polarity is Polarity.NO_JUDGEMENT
    assert found.edition.startswith("long.parquet (sha256 ")
    assert "plans.csv (sha256 " in found.edition


def test_lait_alone_knows_areas_by_number_and_they_get_their_codes(lait):
    assert from_files([lait], "Trafford").area.code == "E08000009"
    with pytest.raises(NothingThere, match="No area 'Atlantis' in these figures"):
        from_files([lait], "Atlantis")


def test_every_authority_at_once(lait, plans):
    assert [found.area.name for found in together([lait, plans]).every_authority()] == [
        "Trafford",
        "Barnsley",
    ]


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(BadInput, match="could not be opened"):
        from_files([tmp_path / "nothing.parquet"], "Trafford")


@pytest.mark.parametrize(
    ("unit", "words"),
    [("% of referrals", "%"), ("Rate per 10,000", " per 10,000"), ("Number of children", ""), ("", "")],
)
def test_units_of_the_dictionary(unit, words):
    assert measure_of(LaitMeasure("x", unit=unit, polarity="Low")).unit == words
    assert measure_of(LaitMeasure("x", polarity="Low")).polarity is Polarity.LOW_IS_GOOD


@pytest.mark.shared
def test_trafford_from_the_shared_data(shared: Path):
    folder = shared / "needs/dfe"
    files = [
        path for path in sorted(folder.glob("*_2025.csv")) if path.name[:2] in ("b1", "c1", "c3", "d3", "d5")
    ]
    files += [folder / "cla_number_and_rate_per_10k_children.csv"]
    files += [folder / "ons_mid-year_population_estimates_2012_to_2024.csv"]
    found = from_files(files, "Trafford", neighbours=folder / "sn_model_2025_wide.csv").as_dict()
    (first,) = (each for each in found["indicators"] if each["id"] == "dfe:cla31")
    assert len(found["indicators"]) == 13
    assert (round(first["value"], 2), round(first["neighbours"]["mean"], 2)) == (62.22, 55.49)
    assert first["neighbours"]["closeness"] == "10 neighbours very close, in the publisher's words."
