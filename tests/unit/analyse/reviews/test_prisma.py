"""The PRISMA flow: its numbers add up, or it is not drawn."""

from __future__ import annotations

import pytest

from wherewithal.analyse.reviews.prisma import Flow, flow_of

FLOW = Flow(
    {"PubMed": 412, "PsycINFO": 388},
    duplicates=100,
    removed={"In a language nobody here reads": 12},
    unread=50,
    excluded=600,
    not_retrieved=4,
    waiting=2,
    excluded_reports={"Wrong population": 10, "No comparison group": 12},
    reports_included=10,
    studies_included=8,
)


def test_each_point_follows_from_the_one_before() -> None:
    assert (FLOW.total, FLOW.to_screen, FLOW.screened, FLOW.sought, FLOW.assessed) == (800, 688, 638, 38, 34)


def test_the_chart_says_every_number_and_reason() -> None:
    chart = flow_of(FLOW)
    for words in ("Records found: 800", "Duplicates: 100", "not read yet: 50", "Wrong population: 10"):
        assert words in chart.read_out
    assert ["Included", "went on", "Studies included", "8"] in chart.rows


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reports_included": 11}, "10 reports should be left"),
        ({"duplicates": -1}, "negative"),
        ({"studies_included": 11}, "more studies"),
    ],
)
def test_numbers_that_do_not_add_up_are_refused(change: dict[str, int], words: str) -> None:
    plain = {name: getattr(FLOW, name) for name in Flow.__dataclass_fields__}
    with pytest.raises(ValueError, match=words):
        Flow(**{**plain, **change})


def test_a_review_not_begun_has_a_flow() -> None:
    flow = Flow({"PubMed": 30}, unread=30)
    assert (flow.screened, flow.reports_included) == (0, 0)
    assert "Records found: 30" in flow_of(flow).read_out
