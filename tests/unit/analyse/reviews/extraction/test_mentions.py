from __future__ import annotations

import pytest
from hypothesis import given as always
from hypothesis import strategies as st

from wherewithal.analyse.reviews.extraction.mentions import MOST_ON_PAGES, mentions_in, mentions_on


@pytest.mark.parametrize(
    ("text", "kind", "numbers"),
    [
        (
            "a mean difference of −7.3 points (95% CI −12.1 to −2.5).",
            "difference",
            {"value": -7.3, "low": -12.1, "high": -2.5},
        ),
        ("OR 1.45, 95% CI 1.10-1.91", "ratio", {"value": 1.45, "low": 1.1, "high": 1.91}),
        ("an adjusted odds ratio of 0.62 [95% confidence interval 0.41, 0.93]", "ratio",
         {"value": 0.62, "low": 0.41, "high": 0.93}),
        ("(RR = 0.8)", "ratio", {"value": 0.8}),
        ("a small effect (d = 0.32)", "smd", {"value": 0.32}),
        ("Cohen's d = -0.5", "smd", {"value": -0.5}),
        ("an effect size of 0.4", "smd", {"value": 0.4}),
        ("SMD −0.44 (95% CI −0.77 to −0.11)", "smd", {"value": -0.44, "low": -0.77, "high": -0.11}),
        ("45 of 120 families left", "events", {"events": 45, "n": 120}),
        ("45/120 (37.5%)", "events", {"events": 45, "n": 120}),
        ("in school (N = 1,204)", "people", {"n": 1204}),
        ("We allocated 153 parents", "people", {"n": 153}),
        ("correlated with stress (r = .31)", "correlation", {"r": 0.31}),
        ("a mean of 118.2 (SD 31.4)", "mean", {"m": 118.2, "sd": 31.4}),
    ],
)  # fmt: skip
def test_usual_forms_of_words(text: str, kind: str, numbers: dict[str, float]) -> None:
    found = mentions_in(text)
    assert [(each.kind, dict(each.numbers)) for each in found] == [(kind, numbers)]


def test_which_ratio() -> None:
    assert [each.ratio for each in mentions_in("aOR 1.2; relative risk 0.9; hazard ratio 1.1; IRR 2.0")] == [
        "OR",
        "RR",
        "HR",
        "IRR",
    ]


def test_an_abstract() -> None:
    text = (
        "We randomised 141 families. Fewer children were excluded (12/60 v 19/58). The groups did better: mean "
        "difference -18.1, 95% CI -28.0 to -8.2. Costs were higher in 2004."
    )
    found = mentions_in(text)
    assert [each.kind for each in found] == ["people", "events", "events", "difference"]
    assert found[-1].quotation == "The groups did better: mean difference -18.1, 95% CI -28.0 to -8.2."
    assert found[-1].form == "difference"
    assert found[0].form == ""


@pytest.mark.parametrize(
    "text", ["Grade 4 of 3 schools", "See version 1.2.3", "r = 3.4", "published in 2004", "OR and RR", ""]
)
def test_what_is_none(text: str) -> None:
    assert mentions_in(text) == []


@always(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    for each in mentions_in(text):
        assert 0 <= each.start < len(text)
        assert each.quotation


@always(
    st.floats(-99, 99).map(lambda x: round(x, 2)),
    st.floats(0.1, 50).map(lambda x: round(x, 2)),
)
def test_a_difference_is_found_wherever_it_stands(value: float, half: float) -> None:
    low, high = round(value - half, 2), round(value + half, 2)
    text = f"At the end, the mean difference was {value:.2f} (95% CI {low:.2f} to {high:.2f}), which is so."
    assert dict(mentions_in(text)[0].numbers) == {"value": value, "low": low, "high": high}


def test_pages_are_read_with_their_number_up_to_the_references() -> None:
    pages = [
        "We allocated 120 families.",
        "The mean differ-\nence was -16.7\n(95% CI -28.2 to -5.2). More.",
        "r = 0.31 between them.\nReferences\nAnother trial: OR = 9.9 (95% CI 8 to 10)",
        "OR = 8.8 (95% CI 7 to 9)",
    ]
    found = mentions_on(pages)
    assert [(each.page, each.mention.kind) for each in found] == [
        (1, "people"), (2, "difference"), (3, "correlation"),
    ]  # fmt: skip
    assert found[1].mention.quotation == "The mean difference was -16.7 (95% CI -28.2 to -5.2)."
    assert mentions_on([]) == []
    assert len(mentions_on(["r = 0.1. " * 1000])) == MOST_ON_PAGES
    assert len(mentions_on(["References\nOR = 2.0 (95% CI 1 to 3)", "a", "b"])) == 1
