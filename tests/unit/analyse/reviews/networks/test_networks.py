"""Networks of a review: what counts, what does not and why, what is said, and published trials through extraction.

Smoking: Hasselblad, Medical Decision Making 18 (1998) 37; glucose: Senn and others, Statistical Methods in Medical
Research 22 (2013) 169. The figures they must give are pinned from metafor 3.8-1 in the tests of the network itself.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from tests.unit.analyse.reviews.networks.made import matched, of_arms, pair_of
from tests.unit.analyse.reviews.synthesis.network.senn import ARMS
from tests.unit.analyse.reviews.synthesis.network.test_network import SMOKING
from tests.unit.analyse.reviews.synthesis.test_export import rscript
from wherewithal.analyse.reviews.extraction.given import Given
from wherewithal.analyse.reviews.extraction.study import Arm, Instrument, Outcome, Report, TimePoint
from wherewithal.analyse.reviews.networks import (
    ArmPair,
    Match,
    NetworkSettings,
    gather,
    network_account,
    network_finding,
)
from wherewithal.analyse.reviews.networks.folder import network_folder_of
from wherewithal.analyse.reviews.networks.pictures import charts_of
from wherewithal.analyse.reviews.networks.tables import beside, league, network_csv
from wherewithal.analyse.reviews.networks.word import network_docx
from wherewithal.analyse.reviews.outcomes import When
from wherewithal.analyse.reviews.synthesis import effect_sizes
from wherewithal.analyse.reviews.synthesis.network import standardised_pairs
from wherewithal.errors import BadInput

STOPPING = Outcome("stopping", "Stopping smoking", "higher", "OR")
GLUCOSE = Outcome("hba1c", "HbA1c", "lower", "MD")
CONDUCT = Outcome("conduct", "Conduct problems", "lower", "SMD")
DAY = date(2026, 11, 1)


def smoking(pairs: str = "with the first") -> list[ArmPair]:
    rows = [arm.split() for arm in SMOKING.split(",")]
    arms = [(study, name, float(events), float(n)) for study, name, events, n in rows]
    return of_arms(STOPPING, arms, reference="none", pairs=pairs)


def glucose() -> list[ArmPair]:
    return of_arms(GLUCOSE, ARMS, reference="placebo")


def made(
    study: int, first: str, second: str, *, m1: float = 10.0, m2: float = 12.0, n: int = 60, **more
) -> ArmPair:
    """A study of two arms, numbered by their names so that studies can be joined into one of three."""
    places = {"Groups": 1, "Visits": 2, "Online": 3, "Usual": 4, "Letters": 5, "Calls": 6}
    arms = [
        Arm(places[name], name, "comparison" if name == "Usual" else "programme") for name in (first, second)
    ]
    numbers = {"m1": m1, "sd1": 4.0, "n1": n, "m2": m2, "sd2": 4.0, "n2": n}
    return pair_of(
        CONDUCT, study, f"Study {study}", arms[0], arms[1], Given("means", numbers, **more.pop("given", {})), **more
    )  # fmt: skip


THREE = [
    made(1, "Groups", "Usual"),
    made(2, "Groups", "Usual", m1=9.5),
    made(3, "Visits", "Usual", m1=11.0),
    made(4, "Groups", "Visits", m1=10.0, m2=10.5),
]


# --- published trials -----------------------------------------------------------------------------------


def test_hasselblads_trials_through_extraction_give_metafors_figures() -> None:
    pairs = smoking()
    account = network_account(STOPPING, pairs, matched(pairs))
    assert account.reference == "none"
    assert account.fit.tau2 == pytest.approx(0.45022962003392, rel=2e-6)
    assert (account.fit.q, account.fit.q_df) == (pytest.approx(202.61887121298), 23)
    for name, estimate, error in (
        ("self", 0.39716851984717, 0.32863922402739),
        ("single", 0.70900928000170, 0.19525054456359),
        ("group", 0.86873334711274, 0.37207317024301),
    ):
        cell = account.fit.compared(name, "none")
        assert (cell.estimate, cell.se) == (
            pytest.approx(estimate, rel=2e-6),
            pytest.approx(error, rel=2e-6),
        )
    assert account.sentence == (
        "Set against none, stopping smoking is higher, which is better, with group and single; there is no clear "
        "difference with self."
    )
    assert account.statement.endswith(
        "Odds ratio against none: group 2.38 (1.15 to 4.94); single 2.03 (1.39 to 2.98); self 1.49 (0.78 to 2.83)."
    )
    assert not account.order_usable
    assert account.order_words[0] == "Do not use an order of these interventions to choose one."
    assert "p = 0.70" in account.agrees
    assert account.people == 16_740


def test_all_pairs_of_a_trial_say_the_same_as_those_with_its_first_arm() -> None:
    fewer, every = smoking(), smoking("all")
    assert len(every) == len(fewer) + 2
    one, other = (network_account(STOPPING, pairs, matched(pairs)) for pairs in (fewer, every))
    np.testing.assert_allclose(one.fit.effects, other.fit.effects, rtol=1e-12, atol=1e-12)


def test_senns_trials_through_extraction_give_metafors_figures() -> None:
    pairs = glucose()
    account = network_account(GLUCOSE, pairs, matched(pairs))
    assert account.fit.tau2 == pytest.approx(0.099914544133923, rel=1e-7)
    cell = account.fit.compared("metformin", "placebo")
    assert (cell.estimate, cell.se) == (
        pytest.approx(-1.12840382047068),
        pytest.approx(0.14940174425818, rel=1e-7),
    )
    assert account.indirect_only == 30
    assert "the other 30 rest on indirect comparison alone" in account.rests[0]
    assert "One study alone tells of sitagliptin and vildagliptin" in account.rests[1]
    assert account.sentence.startswith("Set against placebo, HbA1c is lower, which is better, with acarbose,")


# --- standardised differences of three arms -------------------------------------------------------------


def test_two_arms_are_the_usual_g() -> None:
    pairs = standardised_pairs(["a", "a"], ["x", "y"], {"mi": [10, 12], "sdi": [4, 5], "ni": [20, 30]})
    usual = effect_sizes(
        "SMD", {"m1i": [10], "sd1i": [4], "n1i": [20], "m2i": [12], "sd2i": [5], "n2i": [30]}
    )
    assert pairs.effects[0] == pytest.approx(usual.effects[0], rel=1e-12)
    assert pairs.variances[0] == pytest.approx(usual.variances[0], rel=1e-12)


def test_three_arms_fit_each_other_and_share_an_arm_as_gleser_and_olkin_say() -> None:
    pairs = standardised_pairs(
        ["a"] * 3, ["x", "y", "z"], {"mi": [10, 12, 15], "sdi": [4, 5, 3], "ni": [20, 30, 40]}
    )
    effects = dict(zip(zip(pairs.first, pairs.second, strict=True), pairs.effects, strict=True))
    spread = dict(zip(zip(pairs.first, pairs.second, strict=True), pairs.variances, strict=True))
    assert effects["x", "z"] == pytest.approx(effects["x", "y"] + effects["y", "z"])
    shared = (spread["x", "y"] + spread["x", "z"] - spread["y", "z"]) / 2
    assert shared == pytest.approx(1 / 20 + effects["x", "y"] * effects["x", "z"] / 180)


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"mi": [1, 2], "sdi": [0, 1], "ni": [9, 9]}, "deviation above 0"),
        ({"mi": [1, 2], "sdi": [1, 1], "ni": [1, 9]}, "two people or more"),
    ],
)
def test_arms_that_cannot_be_standardised_are_named(columns, says) -> None:
    with pytest.raises(BadInput) as caught:
        standardised_pairs(["a", "a"], ["x", "y"], columns)
    assert says in caught.value.problems[0].expected


# --- what counts and what does not ----------------------------------------------------------------------


def why(pairs: list[ArmPair], settings: NetworkSettings, **more) -> dict[str, str]:
    return {each.pair.label: each.why for each in gather(CONDUCT, pairs, settings, **more).aside}


def test_nothing_is_put_together_until_somebody_has_matched_the_arms() -> None:
    gathered = gather(CONDUCT, THREE, NetworkSettings())
    assert not gathered.contrasts
    assert len(gathered.unmatched) == 8
    with pytest.raises(BadInput) as caught:
        gathered.evidence()
    assert caught.value.problems[0].do == "Match the arms of the studies to interventions first."


def test_names_for_the_same_are_one_intervention() -> None:
    pairs = [*THREE, made(5, "Online", "Usual")]
    settings = matched(pairs)
    same = settings.matched(
        tuple(
            replace(match, node="Groups") if match.name == "Online" else match for match in settings.matches
        )
    )
    assert len(network_account(CONDUCT, pairs, settings).fit.treatments) == 4
    account = network_account(CONDUCT, pairs, same)
    assert account.fit.treatments == ("Usual", "Groups", "Visits")
    assert account.fit.compared("Groups", "Usual").studies == 3


def test_an_arm_that_was_renamed_is_matched_anew() -> None:
    settings = matched(THREE)
    renamed = replace(THREE[0], first=replace(THREE[0].first, name="Evening groups"))
    found = why([renamed, *THREE[1:]], settings)
    assert found == {
        "Study 1 (It, after): Evening groups against Usual": "‘Evening groups’ is not matched to an intervention yet"
    }


def test_what_does_not_count_is_named_with_the_reason() -> None:
    retracted = replace(THREE[0].effect, reports=(Report("doi:10.1/1", "Study 1", retracted=True),))
    pairs = [replace(THREE[0], effect=retracted), *THREE[1:], made(5, "Online", "Usual")]
    settings = matched(pairs)
    none = settings.matched(
        tuple(replace(match, node="") if match.name == "Online" else match for match in settings.matches)
    )
    found = why(pairs, replace(none, leave_out=(("4", "another age"),)))
    assert found == {
        "Study 1 (It, after): Groups against Usual": "its report has been retracted",
        "Study 4 (It, after): Groups against Visits": "another age",
        "Study 5 (It, after): Online against Usual": "‘Online’ is none of this network’s interventions",
    }


def test_what_no_study_links_is_apart_and_said_so() -> None:
    pairs = [*THREE, made(5, "Letters", "Calls")]
    gathered = gather(CONDUCT, pairs, matched(pairs))
    assert [part.nodes for part in gathered.apart] == [("Calls", "Letters")]
    assert "find a study that compares one of them" in gathered.apart[0].do
    account = network_account(CONDUCT, pairs, matched(pairs))
    assert account.fit.treatments == ("Usual", "Groups", "Visits")
    finding = network_finding(account, case_key="c", on=DAY)
    assert "Calls and Letters: linked to the others by no study." in finding.cautions


def test_of_each_study_one_measurement_counts() -> None:
    early, late = TimePoint("after", 8.0), TimePoint("a year on", 52.0)
    other = Instrument("other", "conduct", "Another scale")
    pairs = [
        *THREE[1:],
        made(1, "Groups", "Usual", time=early),
        made(1, "Groups", "Usual", time=late),
        made(1, "Groups", "Usual", time=early, instrument=other),
    ]
    settings = matched(pairs)
    found = gather(CONDUCT, pairs, settings, instruments=["it", "other"])
    assert [each.why for each in found.aside] == [
        "not each study’s first measurement after the programme",
        "It counts for this study: it comes first in the plan",
    ]
    last = gather(CONDUCT, pairs, replace(settings, when=When.LAST), instruments=["it", "other"])
    assert [pair.effect.weeks for pair in last.pairs if pair.effect.study == "1"] == [52.0]
    unknown = [*THREE[1:], made(1, "Groups", "Usual", time=TimePoint("after")), pairs[4]]
    assert set(why(unknown, settings).values()) == {
        "it was measured at several times, and not every one has its weeks"
    }


def test_a_study_of_three_arms_needs_its_arms_numbers_or_all_pairs() -> None:
    def reported(first: str, second: str, value: float, variance_of: float = 0.2) -> ArmPair:
        places = {"Groups": 1, "Visits": 2, "Usual": 4}
        arms = [Arm(places[name], name) for name in (first, second)]
        given = Given("smd", {"value": value, "se": variance_of, "n1": 60, "n2": 60})
        return pair_of(CONDUCT, 9, "Study 9", arms[0], arms[1], given)

    two = [*THREE, reported("Groups", "Usual", -0.4), reported("Visits", "Usual", -0.2)]
    aside = gather(CONDUCT, two, matched(two)).aside
    assert len(aside) == 2
    assert "not every pair of them is there (Groups against Visits: not taken from the paper)" in aside[0].why
    assert "Take the means or the counts of every arm" in aside[0].do
    three = [*two, reported("Groups", "Visits", -0.2)]
    assert not gather(CONDUCT, three, matched(three)).aside
    contradicting = [*two, reported("Groups", "Visits", 0.9)]
    assert "do not fit together" in gather(CONDUCT, contradicting, matched(contradicting)).aside[0].why


def test_an_arm_with_other_numbers_in_another_comparison_is_named() -> None:
    pairs = [*THREE, made(9, "Groups", "Usual"), made(9, "Visits", "Usual", m2=13.0)]
    aside = gather(CONDUCT, pairs, matched(pairs)).aside
    assert "One of its arms has other numbers in another comparison (Study 9, Usual" in aside[0].why


def test_two_arms_of_one_intervention_are_to_be_put_together_first() -> None:
    pairs = [*THREE, made(9, "Groups", "Usual"), made(9, "Visits", "Usual"), made(9, "Online", "Usual")]
    settings = matched(pairs)
    same = settings.matched(
        tuple(
            replace(match, node="Groups") if (match.study, match.name) == ("9", "Online") else match
            for match in settings.matches
        )
    )
    aside = gather(CONDUCT, pairs, same).aside
    assert "Two of its arms are ‘Groups’ here" in aside[0].why
    assert "23.3.4" in aside[0].do


def test_clusters_that_were_allowed_for_keep_arms_numbers_out() -> None:
    given = {"choices": {"clusters": "ignored"}}
    numbers = {
        "m1": 10.0, "sd1": 4.0, "n1": 60, "m2": 12.0, "sd2": 4.0, "n2": 60, "cluster_size": 20.0, "icc": 0.05,
    }  # fmt: skip
    one = pair_of(CONDUCT, 1, "A", Arm(1, "Groups"), Arm(2, "Usual"), Given("means", numbers, **given))
    assert one.numbers is None
    assert THREE[0].numbers is not None


def test_an_instrument_that_runs_the_other_way_turns_arms_too() -> None:
    strengths = Instrument("strengths", "conduct", "Strengths", more="lower")
    pair = made(1, "Groups", "Usual", instrument=strengths)
    assert pair.effect.value > 0
    assert pair.numbers[0]["mi"] == -10.0


def test_two_interventions_are_no_network() -> None:
    with pytest.raises(BadInput) as caught:
        network_account(CONDUCT, THREE[:2], matched(THREE[:2]))
    assert "page of the outcome itself" in caught.value.problems[0].do


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"method": "PM"}, "EE, DL, ML, REML"),
        ({"when": "all"}, "the first or the last"),
        ({"leave_out": (("1", " "),)}, "a reason"),
        ({"reference": "Nothing"}, "none yet"),
        ({"matches": (Match("1", 1, "A", "x" * 61),)}, "at most 60"),
    ],
)
def test_settings_that_cannot_be(changes, says) -> None:
    with pytest.raises(BadInput) as caught:
        NetworkSettings(**changes)
    assert says in caught.value.problems[0].expected


def test_settings_come_back_as_they_were_kept() -> None:
    settings = matched(THREE, reference="Usual", when=When.LAST, method="DL", leave_out=(("4", "old"),))
    assert NetworkSettings.from_dict(json.loads(json.dumps(settings.as_dict()))) == settings


# --- what is said ---------------------------------------------------------------------------------------


def test_a_contradiction_is_said_and_forbids_an_order() -> None:
    pairs = [
        *(made(n, "Groups", "Usual", m1=8.0, n=200) for n in (1, 2, 3)),
        *(made(n, "Visits", "Usual", m1=11.5, n=200) for n in (4, 5, 6)),
        *(made(n, "Groups", "Visits", m1=12.5, m2=10.0, n=200) for n in (7, 8, 9)),
    ]
    account = network_account(CONDUCT, pairs, matched(pairs))
    assert account.agrees.startswith("Direct and indirect evidence contradict each other: ")
    assert account.contradicting
    assert not account.order_usable
    assert "no order of all of them holds" in account.order_words[1]


def test_a_star_cannot_be_checked_and_says_so() -> None:
    pairs = [*THREE[:3], made(5, "Online", "Usual")]
    account = network_account(CONDUCT, pairs, matched(pairs))
    assert account.agrees.startswith("Nothing can check this network")
    assert not account.order_usable


def test_a_clear_order_may_be_used_with_its_warning() -> None:
    pairs = [
        *(made(n, "Groups", "Usual", m1=4.0, n=400) for n in (1, 2)),
        *(made(n, "Visits", "Usual", m1=8.0, n=400) for n in (3, 4)),
        *(made(n, "Groups", "Visits", m1=4.0, m2=8.0, n=400) for n in (5, 6)),
    ]
    account = network_account(CONDUCT, pairs, matched(pairs))
    assert account.order_usable
    assert account.order.best == "Groups"
    assert "nothing of how large a difference is" in account.order_words[1]


def test_one_comparison_each_needs_the_common_effect() -> None:
    pairs = THREE[1:3]
    with pytest.raises(BadInput, match="nothing shows how much studies differ"):
        network_account(CONDUCT, pairs, matched(pairs))
    account = network_account(CONDUCT, pairs, matched(pairs, method="EE"))
    assert "One true effect in every study was assumed" in account.rests[-1]


def test_tables_and_charts_say_the_same_figures() -> None:
    pairs = smoking()
    account = network_account(STOPPING, pairs, matched(pairs))
    names, rows = league(account)
    assert names == ("none", "group", "self", "single")
    cells = dict(rows)
    assert cells["group"][0].words == "2.38 (1.15 to 4.94)"
    assert cells["group"][0].clear
    assert cells["group"][0].direct == 2
    assert cells["group"][1].words == "—"
    told = {(row["first"], row["against"]): row for row in csv.DictReader(io.StringIO(network_csv(account)))}
    assert float(told["group", "none"]["effect"]) == pytest.approx(np.exp(0.86873334711274), rel=2e-6)
    split = next(each for each in beside(account) if (each.first, each.second) == ("group", "none"))
    assert float(told["group", "none"]["direct"]) == pytest.approx(
        float(split.direct.split(" ")[0]), abs=5e-3
    )
    charts = charts_of(account)
    assert set(charts) == {"drawing", "against", "ranks"}
    assert "4 interventions" in charts["drawing"].description


def test_the_word_file_has_the_answer_the_tables_and_the_drawings() -> None:
    account = network_account(CONDUCT, THREE, matched(THREE))
    word = network_docx(account, title="Northmoor", written_at=datetime(2026, 11, 1, tzinfo=UTC))
    with zipfile.ZipFile(io.BytesIO(word)) as packed:
        names, text = packed.namelist(), packed.read("word/document.xml").decode()
    assert sum(name.endswith(".svg") for name in names) == 3
    assert "Set against Usual" in text
    assert "Direct beside indirect evidence" in text


def test_many_interventions_have_a_row_a_pair_in_word() -> None:
    pairs = glucose()
    account = network_account(GLUCOSE, pairs, matched(pairs))
    word = network_docx(account, title="Northmoor", written_at=datetime(2026, 11, 1, tzinfo=UTC))
    with zipfile.ZipFile(io.BytesIO(word)) as packed:
        text = packed.read("word/document.xml").decode()
    assert "vildagliptin against sulfonylurea" in text
    assert "Compared head to head" in text


def test_a_corrected_number_or_another_match_is_another_finding() -> None:
    account = network_account(CONDUCT, THREE, matched(THREE))
    first = network_finding(account, case_key="c", on=DAY)
    again = network_finding(account, case_key="c", on=DAY)
    assert first.fingerprint == again.fingerprint
    assert first.subject == "reviews:network:c:conduct"
    assert first.facts["An order of them"] == "Do not use an order of these interventions to choose one."
    corrected = [made(1, "Groups", "Usual", m1=9.0), *THREE[1:]]
    other = network_finding(network_account(CONDUCT, corrected, matched(corrected)), case_key="c", on=DAY)
    assert other.fingerprint != first.fingerprint
    last = network_finding(
        network_account(CONDUCT, THREE, matched(THREE, reference="Groups")), case_key="c", on=DAY
    )
    assert last.fingerprint not in (first.fingerprint, other.fingerprint)


# --- the folder that works it out again -----------------------------------------------------------------


def unpacked(tmp_path: Path, method: str = "REML") -> Path:
    pairs = smoking()
    content = network_folder_of(
        network_account(STOPPING, pairs, matched(pairs, method=method)), title="Northmoor"
    )
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        packed.extractall(tmp_path)
    return tmp_path


def test_python_works_the_network_out_again(tmp_path: Path) -> None:
    folder = unpacked(tmp_path)
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    assert results["tau2"] == pytest.approx(0.45022962003392, rel=2e-6)
    run = [sys.executable, folder / "rerun.py"]
    said = subprocess.run(run, capture_output=True, text=True, check=False)
    assert said.stdout.strip().endswith("Everything came out the same."), said.stdout + said.stderr
    data = folder / "data.csv"
    data.write_text(data.read_text(encoding="utf-8").replace("0.", "1.", 1), encoding="utf-8")
    assert subprocess.run(run, capture_output=True, check=False).returncode == 1


@pytest.mark.parametrize("method", ["REML", "ML", "DL", "EE"])
def test_metafor_agrees_on_the_network_to_a_millionth(tmp_path: Path, method: str) -> None:
    program = rscript()
    folder = unpacked(tmp_path, method)
    said = subprocess.run([program, folder / "rerun.R"], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
    assert "All figures agree." in said.stdout
    assert "worked = 1e-06, searched = 1e-06" in (folder / "rerun.R").read_text(encoding="utf-8")
