from __future__ import annotations

import pytest

from wherewithal.analyse.library import RULES, Band, Rating, catalogue, register, registers, starter_editions
from wherewithal.analyse.library.register import register_from
from wherewithal.analyse.library.rules import fired, says
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


# What each value of each scale should say, written by hand from the registers' own pages and, where the register's
# data file marks a meaning as unchecked, from our stated understanding of it: state, direction, firm, band, rule.
GOOD = ("rated", "improves", True, Band.GOOD, "good")
STRONG = ("rated", "improves", True, Band.STRONG, "strong")
PRELIMINARY = ("rated", "improves", False, Band.PRELIMINARY, "preliminary")
AVERAGE = ("rated", "improves", False, Band.PRELIMINARY, "preliminary-average")
SOUND_AVERAGE = ("rated", "improves", True, Band.GOOD, "good-average")
MIXED = ("rated", "both", True, Band.MIXED, "mixed-by-the-register")
NONE = ("no effect", "none", True, Band.NO_EFFECT, "no-effect")
HARM = ("harm", "harm", True, Band.NO_EFFECT, "harm")
TOO_LITTLE = ("below threshold", "", False, Band.NOT_ENOUGH, "not-enough")
NO_RESULT = ("no result", "", False, Band.NOT_ENOUGH, "not-enough")
ONLY_COSTS = ("costs and benefits only", "", False, Band.NOT_ENOUGH, "not-enough")
PADLOCKS = ("rated", "", False, Band.NOT_ENOUGH, "not-enough")
"""A toolkit of months and padlocks says nothing by its padlocks alone."""

LEVELS = {
    "4+": STRONG,
    "4": STRONG,
    "3+": GOOD,
    "3": GOOD,
    "2+": PRELIMINARY,
    "2": PRELIMINARY,
    "NL2": TOO_LITTLE,
    "NE": NONE,
}
ONE_STUDY = {"effect found": GOOD, "mixed": MIXED, "no effect found": NONE, "harm found": HARM}
STEPS = dict.fromkeys(("5", "4", "3", "2", "1"), PADLOCKS) | {"0": TOO_LITTLE}
EVIDENCE_WORDS = ("very extensive", "extensive", "moderate", "limited", "very limited")
EXPECTED: dict[str, dict[str, tuple[str, str, bool, Band, str]]] = {
    # guidebook.eif.org.uk/eif-evidence-standards
    "foundations-guidebook": LEVELS,
    "what-works-ireland": LEVELS,
    "eef-toolkit": STEPS,
    "eef-early-years-toolkit": dict.fromkeys(EVIDENCE_WORDS, PADLOCKS) | {"insufficient": TOO_LITTLE},
    # youthendowmentfund.org.uk: toolkit, what it tells you
    "yef-toolkit": {
        "high": AVERAGE,
        "moderate": AVERAGE,
        "low": AVERAGE,
        "no effect": NONE,
        "harmful": HARM,
        "ineffective or harmful": NONE,
        "insufficient": TOO_LITTLE,
    },
    # unchecked: never Strong
    "nes": {
        "5": GOOD,
        "4+": GOOD,
        "4": GOOD,
        "3+": PRELIMINARY,
        "3": PRELIMINARY,
        "2+": TOO_LITTLE,
        "2": TOO_LITTLE,
        "1+": TOO_LITTLE,
        "1": TOO_LITTLE,
    },
    "evidence-store": {
        "differs by outcome": MIXED,
        "2": AVERAGE,
        "1": AVERAGE,
        "0": NONE,
        "mixed": MIXED,
        "-1": HARM,
    },
    "college-of-policing-toolkit": {
        "reduces crime": AVERAGE,
        "mixed": MIXED,
        "no effect": NONE,
        "backfire": HARM,
    },
    # gov.scot: what works to prevent youth violence, annex C
    "scottish-youth-violence-summary": {
        "effective": SOUND_AVERAGE,
        "promising": AVERAGE,
        "mixed": MIXED,
        "no effect": NONE,
        "negative effects": HARM,
        "inconclusive": TOO_LITTLE,
    },
    # preventionservices.acf.hhs.gov/review-process/psr
    "title-iv-e": {
        "well-supported": STRONG,
        "supported": GOOD,
        "promising": GOOD,
        "does not currently meet criteria": TOO_LITTLE,
    },
    # blueprintsprograms.org/blueprints-certification
    "blueprints": {
        "model plus": STRONG,
        "model": STRONG,
        "promising": GOOD,
        "not certified": TOO_LITTLE,
        "removed": TOO_LITTLE,
        "harmful": HARM,
    },
    # cebc4cw.org/ratings/scientific-rating-scale: 1 is best
    "cebc": {"1": STRONG, "2": GOOD, "3": PRELIMINARY, "4": NONE, "5": HARM, "NR": TOO_LITTLE},
    # homvee.acf.hhs.gov: HHS criteria
    "homvee": {"meets the criteria": GOOD, "does not meet the criteria": TOO_LITTLE},
    # ies.ed.gov/ncee/wwc: rating scheme
    "what-works-clearinghouse": {
        "positive effects": GOOD,
        "potentially positive effects": GOOD,
        "mixed effects": MIXED,
        "no discernible effects": NONE,
        "potentially negative effects": HARM,
        "negative effects": HARM,
    },
    # an economic model: never a band
    "wsipp": dict.fromkeys(
        ("evidence-based", "research-based", "promising", "null", "poor", "not reported"), ONLY_COSTS
    ),
    "eef-projects": ONE_STUDY | {"no result": NO_RESULT},
    "trials-and-evaluations": ONE_STUDY | {"gains without a comparison": PRELIMINARY, "no result": NO_RESULT},
}
EVERY_VALUE = [(one.key, value.native) for one in registers().values() for value in one.values]


def test_the_table_names_every_value_of_every_scale() -> None:
    written = {(key, native) for key, values in EXPECTED.items() for native in values}
    assert written == set(EVERY_VALUE)
    assert {key for key, one in registers().items() if one.rates} == set(EXPECTED)


@pytest.mark.parametrize(("key", "native"), EVERY_VALUE)
def test_every_value_means_what_its_register_says_and_gives_the_printed_band(key: str, native: str) -> None:
    value, flag = registers()[key].read_value(native) or pytest.fail(f"{native} is not read")
    assert flag is None
    assert value.meaning
    found = says(rated(key, native))
    rule = fired([found])
    assert (found.state, found.direction, found.firm, rule.band, rule.key) == EXPECTED[key][native]
    assert rule in RULES


@pytest.mark.parametrize(("key", "native"), EVERY_VALUE)
def test_every_other_word_for_a_value_leads_to_it(key: str, native: str) -> None:
    one = registers()[key]
    value, _ = one.read_value(native) or pytest.fail(f"{native} is not read")
    for words in (native, value.label, *value.aliases):
        assert one.native_called(words) in (native, words)
        assert one.read_value(one.native_called(words) or "") == (value, None)
        for flag in one.flags:
            assert one.read_value(one.native_called(words + flag.mark) or "") == (value, flag)
    assert one.native_called("splendid") is None


def test_a_meaning_that_was_not_checked_says_so_and_is_never_enough_for_strong() -> None:
    for one in registers().values():
        for value in one.values:
            if value.sure == "unchecked":
                assert fired([says(rated(one.key, value.native))]).band is not Band.STRONG
    for value in registers()["nes"].values:
        assert value.sure == "unchecked"
        assert "were not read" in value.meaning


def test_our_understanding_of_nes_agrees_with_the_guidebook_wherever_both_show_a_rating() -> None:
    """The check that its data file names: four or more there is level 3 or more here."""
    by_programme: dict[str, dict[str, str]] = {}
    for edition in starter_editions():
        if edition.register in ("nes", "foundations-guidebook"):
            for row in edition.rows:
                if isinstance(row, Rating) and row.rating:
                    slug = catalogue().match(edition.register, row.programme).programme.slug
                    by_programme.setdefault(slug, {})[edition.register] = row.rating
    both = {slug: found for slug, found in by_programme.items() if len(found) == 2}
    assert len(both) == 5
    for found in both.values():
        assert (found["nes"][0] in "45") is (found["foundations-guidebook"][0] in "34")


def test_what_is_known_of_the_levels_behind_one_rating() -> None:
    known = {
        (key, value.native)
        for key, one in registers().items()
        for value in one.values
        if value.several == "rigorous" and value.lasting
    }
    assert known == {
        ("foundations-guidebook", "4+"),
        ("foundations-guidebook", "4"),
        ("what-works-ireland", "4+"),
        ("what-works-ireland", "4"),
        ("title-iv-e", "well-supported"),
        ("blueprints", "model plus"),
        ("blueprints", "model"),
        ("cebc", "1"),
    }
    assert {key for key, one in registers().items() if any(value.independent for value in one.values)} == {
        "foundations-guidebook",
        "what-works-ireland",
        "blueprints",
    }


def test_costs_and_benefits_are_not_a_rating() -> None:
    found = says(rated("wsipp", "", economics="Benefits minus costs: $2,180."))
    assert (found.state, found.silent, found.value) == ("costs and benefits only", True, None)
    with_class = says(rated("wsipp", "poor"))
    assert with_class.value is not None
    assert (with_class.silent, with_class.direction) == (True, "")


def test_the_irish_hub_uses_the_guidebooks_own_scale() -> None:
    assert registers()["what-works-ireland"].values == registers()["foundations-guidebook"].values
    assert registers()["what-works-ireland"].costs == registers()["foundations-guidebook"].costs


def test_the_asterisk_is_kept_apart_from_the_level() -> None:
    found = says(rated("foundations-guidebook", "3+*"))
    assert found.value is not None
    assert found.flag is not None
    assert (found.value.native, found.flag.mark, found.direction) == ("3+", "*", "both")


@pytest.mark.parametrize(
    ("padlocks", "months", "direction", "firm", "rule"),
    [
        (5, 6, "improves", True, "good-average"),
        (4, 6, "improves", True, "good-average"),
        (3, 3, "improves", True, "good-average"),
        (2, 5, "improves", False, "preliminary-average"),
        (1, 4, "improves", False, "preliminary-average"),
        (5, -1, "harm", True, "harm"),
        (2, -2, "harm", True, "harm"),
        (3, 0, "none", True, "no-effect"),
        (2, 0, "none", True, "no-effect"),
        (1, 0, "", False, "not-enough"),
        (1, -2, "", False, "not-enough"),
        (0, 4, "", False, "not-enough"),
        (0, None, "", False, "not-enough"),
        (4, None, "", False, "not-enough"),
    ],
)
@pytest.mark.parametrize(
    ("key", "words"),
    [("eef-toolkit", "543210"), ("eef-early-years-toolkit", (*EVIDENCE_WORDS, "insufficient"))],
)
def test_padlocks_say_how_secure_and_months_say_how_much(
    key: str, words: tuple[str, ...], padlocks: int, months: int | None, direction: str, firm: bool, rule: str
) -> None:
    found = says(rated(key, words[5 - padlocks], months=months))
    assert (found.direction, found.firm, fired([found]).key) == (direction, firm, rule)


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
        (
            {
                "value": [
                    {"native": "A", "state": "rated", "meaning": "m", "sure": "seen", "source": "s"},
                    {
                        "native": "B",
                        "aliases": ["a"],
                        "state": "rated",
                        "meaning": "m",
                        "sure": "seen",
                        "source": "s",
                    },
                ]
            },
            "twice",
        ),
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
