from __future__ import annotations

import pytest

from wherewithal.analyse.reviews.appraisal.instrument import Instrument
from wherewithal.analyse.reviews.appraisal.reading import instrument, instruments, read_instrument
from wherewithal.errors import BadInput, NothingThere

SMALL = """
key = "small"
name = "Small"
about = "a"
applies = "b"
edition = "c"
source = "d"
link = "e"
licence = "f"
sure = "seen"

[[answer]]
code = "Y"
words = "Yes"

[[answer]]
code = "N"
words = "No"

[[judgement]]
key = "good"
words = "Good"

[[judgement]]
key = "bad"
words = "Bad"

[overall]
rule = "worst"

[[domain]]
key = "one"
name = "One"
sure = "seen"

    [[domain.question]]
    number = "1"
    asks = "Was it?"

    [[domain.rule]]
    when = { "1" = "Y" }
    gives = "good"

    [[domain.rule]]
    when = { "1" = "N" }
    gives = "bad"
"""


@pytest.mark.parametrize("made", instruments(), ids=lambda each: each.key)
def test_every_instrument_says_where_it_is_from_and_how_sure_we_are(made: Instrument) -> None:
    assert made.source
    assert made.link.startswith("https://")
    assert "our own words" in made.licence or "is ours" in made.licence
    assert all(question.asks.endswith("?") for question in made.by_number.values())
    assert len({domain.key for domain in made.domains}) == len(made.domains)
    assert sum(len(domain.questions) for domain in made.domains) == len(made.by_number)


def test_what_nobody_has_compared_with_the_original_is_marked() -> None:
    assert instrument("rob-2").unchecked == ()
    assert [each.key for each in instrument("rob-2-cluster").unchecked] == ["recruitment"]
    assert len(instrument("robins-i").unchecked) == 7


def test_the_cluster_instrument_has_the_five_domains_of_rob_2_and_one_more() -> None:
    plain, cluster = instrument("rob-2"), instrument("rob-2-cluster")
    assert [each for each in cluster.domains if each.key != "recruitment"] == list(plain.domains)


def test_amstar_2_has_sixteen_items_of_which_seven_are_critical() -> None:
    made = instrument("amstar-2")
    assert [each.key for each in made.domains] == [str(number) for number in range(1, 17)]
    assert [each.key for each in made.domains if each.critical] == ["2", "4", "7", "9", "11", "13", "15"]


def test_an_instrument_that_is_not_there() -> None:
    with pytest.raises(NothingThere, match="rob-2, rob-2-cluster"):
        instrument("newcastle")
    with pytest.raises(NothingThere, match="randomisation"):
        instrument("rob-2").domain("luck")


def test_a_small_instrument_is_read() -> None:
    made = read_instrument(SMALL, name="small.toml")
    assert made.by_number["1"].answers == ("Y", "N")
    assert made.judgement("bad").place == 1


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('when = { "1" = "Y" }', 'when = { "9" = "Y" }', "question 9"),
        ('when = { "1" = "Y" }', 'when = { "1" = "PERHAPS" }', "the answer 'PERHAPS'"),
        ('gives = "bad"', 'gives = "awful"', "gives 'awful'"),
        ('rule = "worst"', 'rule = "mean"', "the rule 'mean'"),
        (
            'sure = "seen"\n\n    [[domain.question]]',
            'sure = "fairly"\n\n    [[domain.question]]',
            "'fairly'",
        ),
        ('source = "d"', 'source = ""', "no source"),
        ('key = "small"', "key = ", "not TOML"),
    ],
)
def test_a_file_that_contradicts_itself_says_where(was: str, becomes: str, said: str) -> None:
    assert was in SMALL
    with pytest.raises(BadInput) as refused:
        read_instrument(SMALL.replace(was, becomes), name="small.toml")
    assert said in str(refused.value)
