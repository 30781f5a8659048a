from __future__ import annotations

import pytest

from wherewithal.analyse.library import catalogue
from wherewithal.analyse.library.programme import catalogue_from, slug_of


def test_names_become_addresses() -> None:
    assert slug_of("Let's Play in Tandem") == "lets-play-in-tandem"
    assert slug_of(".b (Mindfulness in Schools Project)") == "b-mindfulness-in-schools-project"
    assert slug_of("Ohio’s Café & Co") == "ohios-cafe-and-co"
    assert slug_of("!!") == "programme"
    assert len(slug_of("x" * 300)) == 80


def test_a_row_that_nobody_placed_gets_a_programme_of_its_own() -> None:
    found = catalogue().match("title-iv-e", "Matrix Model")
    assert (found.programme.slug, found.programme.family, found.sure) == ("matrix-model", None, "same name")


def test_a_match_is_found_however_its_name_is_spaced() -> None:
    found = catalogue().match("foundations-guidebook", " paths  elementary CURRICULUM")
    assert found.programme.slug == "paths-elementary"
    assert found.why


def test_an_approach_is_called_one() -> None:
    assert catalogue().match("eef-toolkit", "Feedback").programme.name == "Feedback (approach)"


MATCH = {"register": "blueprints", "name": "A", "sure": "clear", "why": "because"}


@pytest.mark.parametrize(
    ("programmes", "message"),
    [
        ([{"slug": "a", "name": "A"}, {"slug": "a", "name": "B"}], "twice"),
        ([{"slug": "a", "name": "A", "family": "none"}], "no family"),
        ([{"slug": "a", "name": "A", "match": [MATCH]}, {"slug": "b", "name": "B", "match": [MATCH]}], "two"),
        ([{"slug": "a", "name": "A", "match": [{**MATCH, "why": ""}]}], "why"),
    ],
)
def test_a_catalogue_that_contradicts_itself_is_refused(programmes: list, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        catalogue_from({"programme": programmes})
