from __future__ import annotations

import pytest

from wherewithal.analyse.library import Rating, register, registers
from wherewithal.analyse.library.register import register_from
from wherewithal.analyse.library.rules import says
from wherewithal.errors import NothingThere

from .making import rated


def test_every_register_says_what_it_judges_and_where_each_meaning_was_read() -> None:
    assert next(iter(registers())) == "foundations-guidebook"
    for one in registers().values():
        assert bool(one.values) is one.rates
        assert one.review_interval_years > 0
        for words in (
            one.judges,
            one.judged,
            one.bar,
            one.absence,
            one.licence,
            one.run_by,
            one.home,
            one.covers,
            one.access,
        ):
            assert words
        for value in one.values:
            assert value.meaning
            assert value.source


def test_every_value_of_every_scale_is_read_and_shown_as_its_own() -> None:
    for one in registers().values():
        for value in one.values:
            for native in (value.native, value.native.upper(), f"  {value.native} "):
                assert one.read_value(native) == (value, None)
            shown = Rating("A programme", rating=value.native).native(one)
            assert value.label in shown


# Meanings as published by the Early Intervention Foundation: guidebook.eif.org.uk/eif-evidence-standards
@pytest.mark.parametrize(
    ("native", "state", "direction", "firm", "several", "lasting"),
    [
        ("4+", "rated", "improves", True, "rigorous", True),
        ("4", "rated", "improves", True, "rigorous", True),
        ("3+", "rated", "improves", True, "weaker", False),
        ("3", "rated", "improves", True, "", False),
        ("2+", "rated", "improves", False, "", False),
        ("2", "rated", "improves", False, "", False),
        ("NL2", "below threshold", "", False, "", False),
        ("NE", "no effect", "none", True, "", False),
    ],
)
def test_the_guidebook_scale(
    native: str, state: str, direction: str, firm: bool, several: str, lasting: bool
) -> None:
    found = says(rated("foundations-guidebook", native))
    assert found.value is not None
    assert (found.state, found.direction, found.firm) == (state, direction, firm)
    assert (found.value.several, found.value.lasting) == (several, lasting)


def test_the_asterisk_is_kept_apart_from_the_level() -> None:
    found = says(rated("foundations-guidebook", "3+*"))
    assert found.value is not None
    assert found.flag is not None
    assert (found.value.native, found.flag.mark, found.direction) == ("3+", "*", "both")


@pytest.mark.parametrize(
    ("padlocks", "months", "direction", "firm"),
    [
        ("4", 6, "improves", True),
        ("3", 3, "improves", True),
        ("2", 5, "improves", False),
        ("1", 4, "improves", False),
        ("2", -2, "harm", True),
        ("3", 0, "none", True),
        ("1", 0, "", False),
        ("1", -2, "", False),
        ("0", None, "", False),
        ("4", None, "", False),
    ],
)
def test_padlocks_say_how_secure_and_months_say_how_much(
    padlocks: str, months: int | None, direction: str, firm: bool
) -> None:
    found = says(rated("eef-toolkit", padlocks, months=months))
    assert (found.direction, found.firm) == (direction, firm)


def test_a_register_is_found_by_key_or_name_and_the_others_are_named_where_it_is_not() -> None:
    assert register("Foundations Guidebook").key == register("FOUNDATIONS-GUIDEBOOK").key
    with pytest.raises(NothingThere, match="eef-toolkit"):
        register("Maudsley")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"key": "other"}, "does not match"),
        (
            {"value": [{"native": "A", "state": "splendid", "meaning": "m", "sure": "seen", "source": "s"}]},
            "state",
        ),
        ({"value": [{"native": "A", "state": "rated", "meaning": "m", "sure": "seen"}]}, "source"),
        ({"bar": None}, "bar"),
    ],
)
def test_a_wrong_data_file_names_itself(change: dict[str, object], message: str) -> None:
    words = "name the run_by country home kind judges judged bar absence licence review_interval_why"
    plain: dict[str, object] = dict.fromkeys(words.split(), "x")
    plain |= {"key": "x", "kind": "register", "review_interval_years": 5, "value": []}
    plain |= change
    with pytest.raises(ValueError, match=rf"x\.toml.*{message}"):
        register_from({k: v for k, v in plain.items() if v is not None}, file="x.toml")
