"""All tests of missing results together: what is said, what cannot be, and no answer where there is none."""

from __future__ import annotations

import numpy as np
import pytest

from wherewithal.analyse.reviews.synthesis.missing import missing_results, or_why
from wherewithal.analyse.reviews.synthesis.small_studies import pet_peese
from wherewithal.errors import BadInput

Y, V = np.array([0.3, 0.5, 0.25, 0.7, 0.1, 0.9]), np.array([0.02, 0.03, 0.01, 0.09, 0.02, 0.1])


def test_every_method_says_one_sentence_and_its_limit() -> None:
    found = missing_results(Y, V)
    assert [each.key for each in found.said] == [
        "egger",
        "rank",
        "trim_and_fill",
        "pet_peese",
        "selection",
        "fail_safe",
    ]
    assert all(each.says.endswith(".") and each.cannot.endswith(".") for each in found.said)
    assert found.few.startswith("There are 6 studies")
    assert missing_results(np.tile(Y, 2), np.tile(V, 2)).few == ""


def test_the_way_is_that_of_the_pooled_effect_unless_it_is_given() -> None:
    assert (missing_results(Y, V).way, missing_results(-Y, V).way) == ("higher", "lower")
    given = {each.key: each.figures for each in missing_results(-Y, V, way="higher").said}
    both = pet_peese(-Y, V)
    assert given["pet_peese"]["taken"] == both.taken == "PET"
    assert given["pet_peese"]["estimate"] == pytest.approx(both.pet.coefficients[0].estimate)


def test_what_is_no_number_is_never_given_as_one() -> None:
    def refuse() -> dict[str, float]:
        raise BadInput("There is no answer.")

    assert or_why(lambda: {"tau": float("nan"), "p": 1.0}) == {"none": "there is no tau"}
    assert or_why(refuse) == {"none": "There is no answer."}
    with pytest.raises(BadInput, match="Steps"):
        missing_results(Y, V, steps=(0.5, 0.1))
