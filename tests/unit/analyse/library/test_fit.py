from __future__ import annotations

import pytest

from wherewithal.analyse.library.fit import ages_named_in, compare_ages


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("Parenting support for families of children aged 3 to 8", (3, 8)),
        ("Which support for ages 3-8 should we fund?", (3, 8)),
        ("Services for age 16 to 25", (16, 25)),
        ("Three to eight sessions for 20 to 30 families", None),
        ("aged 8 to 3", None),
    ],
)
def test_ages_a_case_speaks_of(text: str, ages: tuple[float, float] | None) -> None:
    assert ages_named_in(text) == ages


@pytest.mark.parametrize(
    ("evaluated", "words"),
    [
        ("2-9", "Your ages 3 to 8 lie within the ages evaluated (2 to 9)."),
        ("6-11", "Of your ages 3 to 8, those below 6 are younger than any evaluated (6 to 11)."),
        (
            "4-6",
            "Of your ages 3 to 8, those below 4 are younger and those above 6 are older than any evaluated (4 to 6).",
        ),
        ("11-17", "All of your ages 3 to 8 are younger than any evaluated (11 to 17)."),
        ("0-2", "All of your ages 3 to 8 are older than any evaluated (0 to 2)."),
        ("primary school", ""),
    ],
)
def test_against_the_ages_evaluated(evaluated: str, words: str) -> None:
    assert compare_ages((3, 8), evaluated) == words
