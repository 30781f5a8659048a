from collections import Counter
from pathlib import Path

import pytest

from wherewithal.errors import BadInput
from wherewithal.sources.statistical_neighbours import read_statistical_neighbours

HEADER = "old_la_code,la_name," + ",".join(f"SN_{place},SN_{place}P" for place in range(1, 11)) + "\n"
ROW = "358,Trafford," + ",".join(f"{900 + place},Very close " for place in range(1, 11)) + "\n"


def test_neighbours_in_order_with_their_words():
    own = read_statistical_neighbours((HEADER + ROW).encode())[358]
    assert own.name == "Trafford"
    assert (own.near[0].number, own.near[0].closeness, len(own.near)) == (901, "Very close", 10)
    assert own.not_close == ()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (ROW + ROW, "358 a second time"),
        (ROW.replace("901", "358"), "among its own neighbours"),
        (ROW.replace("901,Very close ", "901,Nearby"), "'Nearby'"),
        (ROW.replace("901", "n/a"), "'n/a'"),
        ("", "0 cells are wrong"),
    ],
)
def test_what_is_wrong_is_named(rows, said):
    with pytest.raises(BadInput) as caught:
        read_statistical_neighbours((HEADER + rows).encode())
    assert said in str(caught.value)


@pytest.mark.shared
def test_the_real_table(shared: Path):
    found = read_statistical_neighbours(shared / "needs/dfe/sn_model_2025_wide.csv")
    assert len(found) == 153
    words = Counter(near.closeness for own in found.values() for near in own.near)
    assert (words["Not close"], sum(words.values())) == (49, 1530)
    names = [found[near.number].name for near in found[358].near]
    assert names[:3] == ["Hertfordshire", "Stockport", "Buckinghamshire"]
    assert names[3:] == [
        "Oxfordshire",
        "Surrey",
        "Bromley",
        "Cheshire East",
        "Cambridgeshire",
        "Gloucestershire",
        "Solihull",
    ]
    assert {near.closeness for near in found[358].near} == {"Very close"}
