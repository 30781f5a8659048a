"""Parameter packs: pinned discount factors, and packs that cannot be used."""

import csv
import json

import pytest

from wherewithal.errors import BadInput, NothingThere
from wherewithal.plan.options import named_pack, pack_ids, read_pack
from wherewithal.plan.options.pack import Sure

GOOD = """
id = "trial"
title = "Trial"
edition = "Today"
compiled = 2026-11-01
look_again = 2027-11-01

[sources.here]
title = "A page"
url = "https://example.org/rates"
dated = 2026-10-01

[rules.first_discounted_year]
value = 1
words = "From the second year."
source = "here"
sure = "seen"

[[rates.standard]]
from_year = 0
to_year = 1
percent = 10
source = "here"
sure = "secondary"

[[rates.standard]]
from_year = 2
percent = 0
source = "here"
sure = "unchecked"
"""

# HM Treasury, The Green Book, standard and health rates as printed by DfT on 16 April 2026. Factors as in the
# tests of the R package greenbook 0.1.1 (charlescoverdale/greenbook, MIT) and in closed form.
STANDARD = {
    0: 1.0,
    1: 0.9661835748792271,
    5: 0.8419731668585241,
    10: 0.7089188137097722,
    31: 0.34590136951679845,
}
STANDARD |= {
    30: 0.3562784106023024,
    75: 0.09421377257669163,
    76: 0.09191587568457721,
    100: 0.05081802232438214,
}


@pytest.mark.parametrize(("year", "factor"), STANDARD.items())
def test_standard_factors_are_pinned(year, factor):
    assert named_pack().discount_factors(year + 1)[year] == pytest.approx(factor, rel=1e-12)


def test_health_factor_and_annuity_are_pinned():
    factors = named_pack().discount_factors(32, "health")
    assert factors[10] == pytest.approx(0.8616672317221842, rel=1e-12)
    assert factors[31] == pytest.approx(0.63161460154654, rel=1e-12)
    assert sum(named_pack().discount_factors(31)[1:]) == pytest.approx(18.392045411362787, rel=1e-12)


@pytest.mark.shared
def test_every_factor_in_the_shared_table_is_met(shared):
    folder = shared / "appraisal" / "cba"
    with (folder / "discount_factors.csv").open() as stream:
        rows = [
            (int(row["year"]), float(row["standard"]), float(row["health"])) for row in csv.DictReader(stream)
        ]
    standard = named_pack().discount_factors(len(rows))
    health = named_pack().discount_factors(len(rows), "health")
    assert len(rows) > 100
    for year, expected_standard, expected_health in rows:
        assert standard[year] == pytest.approx(expected_standard, rel=1e-9)
        assert health[year] == pytest.approx(expected_health, rel=1e-9)
    pins = json.loads((folder / "cba_pins.json").read_text())
    assert sum(standard[1:6]) == pytest.approx(pins["annuity_5"], rel=1e-12)
    npv = sum(flow * factor for flow, factor in zip(pins["npv_example"]["cashflow"], standard, strict=False))
    assert npv == pytest.approx(pins["npv_example"]["npv"], rel=1e-12)


def test_every_value_of_every_pack_says_where_it_was_read_and_how_sure_we_are():
    for pack_id in pack_ids():
        pack = named_pack(pack_id)
        assert pack.id == pack_id
        assert pack.id in pack.words
        for source in pack.sources:
            assert source.url.startswith("https://")
            assert source.dated <= pack.compiled
    assert {rate.sure for rate in named_pack().rates["standard"]} == {Sure.SEEN}
    assert "30 June 2026" in named_pack().cautions[0]


def test_a_pack_of_ones_own_is_read_and_known_by_its_content():
    pack = read_pack(GOOD.encode(), name="trial.toml")
    assert pack.discount_factors(4) == pytest.approx((1, 1 / 1.1, 1 / 1.1, 1 / 1.1))
    edited = read_pack(GOOD.replace("percent = 10", "percent = 9").encode(), name="trial.toml")
    assert pack.fingerprint != edited.fingerprint
    assert pack.fingerprint == read_pack(GOOD.encode(), name="copy.toml").fingerprint


@pytest.mark.parametrize(
    ("was", "now", "where", "found"),
    [
        ('id = "trial"', 'id = "Trial Pack"', "id", "'Trial Pack'"),
        ('title = "Trial"\n', "", "title", "nothing"),
        ("compiled = 2026-11-01", 'compiled = "soon"', "compiled", "'soon'"),
        ("percent = 10", 'percent = "ten"', "band 1, percent", "'ten'"),
        ("percent = 10", "percent = 350", "band 1, percent", "350"),
        ("percent = 10", "percent = true", "band 1, percent", "True"),
        ('sure = "secondary"', 'sure = "certain"', "band 1, sure", "'certain'"),
        ('sure = "secondary"', "", "band 1, sure", "nothing"),
        ('percent = 10\nsource = "here"', 'percent = 10\nsource = "there"', "band 1, source", "'there'"),
        ("from_year = 2", "from_year = 3", "band 2", "from year 3"),
        ("from_year = 0", "from_year = 1", "rates.standard", "no band from year 0"),
        ("from_year = 2\n", "from_year = 2\nto_year = 9\n", "last band", "ends in year 9"),
        ("https://example.org", "http://example.org", "sources.here, url", "http://"),
        ("rates.standard", "rates.health", "rates", "health"),
        ("value = 1", "value = 5", "value", "5"),
        ("[rules.first_discounted_year]", "[rules.other]", "rules.first_discounted_year", "no such table"),
    ],
)
def test_a_pack_with_something_wrong_says_what_and_where(was, now, where, found):
    assert was in GOOD
    with pytest.raises(BadInput, match="cannot be used as a parameter pack") as caught:
        read_pack(GOOD.replace(was, now).encode(), name="trial.toml")
    assert any(where in problem.where and found in problem.found for problem in caught.value.problems)


def test_all_problems_are_told_at_once():
    with pytest.raises(BadInput) as caught:
        read_pack(b'title = "Only a title"\n', name="trial.toml")
    places = " ".join(problem.where for problem in caught.value.problems)
    assert all(word in places for word in ("id", "edition", "compiled", "first_discounted_year", "rates"))


def test_a_file_that_is_not_toml_names_the_line():
    with pytest.raises(BadInput, match="TOML") as caught:
        read_pack(b"id = \n", name="trial.toml")
    assert "line 1" in caught.value.problems[0].found


def test_an_unknown_pack_or_series_says_what_there_is():
    with pytest.raises(NothingThere, match="green-book-2026"):
        named_pack("green-book-1066")
    with pytest.raises(NothingThere, match="standard"):
        named_pack().discount_factors(3, "gold")
