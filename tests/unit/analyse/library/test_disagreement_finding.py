from __future__ import annotations

import pytest

from wherewithal.analyse.library import (
    Programme,
    disagreement_finding,
    disagreement_subject,
    read_programme,
    settled_finding,
)
from wherewithal.thread import Lane, Thread, changes_to

from .making import TODAY, rated

A = Programme("a", "A programme")


def reading(*rows):
    return read_programme(A, rows, today=TODAY)


def test_registers_that_say_the_same_disagree_about_nothing() -> None:
    assert disagreement_finding(reading(rated("foundations-guidebook", "3"))) is None
    silent = rated("title-iv-e", "", link="https://register.example/t")
    assert disagreement_finding(reading(rated("foundations-guidebook", "3"), silent)) is None


def test_a_disagreement_says_each_rating_why_they_differ_and_what_it_would_be_alone() -> None:
    here = rated("trials-and-evaluations", "no effect found", uk_tested="yes", last_reviewed="2020-01")
    there = rated("blueprints", "model")
    silent = rated("title-iv-e", "")
    found = disagreement_finding(reading(there, here, silent))
    assert found is not None
    assert found.lane is Lane.RESEARCH
    assert found.subject == disagreement_subject("a") == "library:disagreement:a"
    assert found.link == "/library/programmes/a/"
    assert found.title == "A programme: registers disagree"
    assert found.statement.startswith("Registers disagree about this programme. Blueprints: model; ")
    assert found.statement.endswith("Their ratings are never averaged.")
    assert found.facts["Blueprints"] == "model; alone it would be Strong"
    assert found.facts["Our reading"] == found.band == "Mixed"
    assert [source.key for source in found.sources] == [
        "register:blueprints",
        "register:trials-and-evaluations",
    ]


def test_a_register_that_says_nothing_changes_nothing_and_one_that_changes_its_rating_does() -> None:
    base = [rated("foundations-guidebook", "3"), rated("blueprints", "model")]
    one = disagreement_finding(reading(*base))
    with_silent = disagreement_finding(reading(*base, rated("title-iv-e", "")))
    other = disagreement_finding(reading(rated("foundations-guidebook", "NE"), base[1]))
    assert one is not None
    assert with_silent is not None
    assert other is not None
    assert one.fingerprint == with_silent.fingerprint
    assert one.fingerprint != other.fingerprint
    assert one.title == "A programme: registers differ"


def test_a_disagreement_that_is_over_supersedes_what_was_said_of_it() -> None:
    harmed = [rated("foundations-guidebook", "NE"), rated("blueprints", "promising")]
    was = disagreement_finding(reading(*harmed))
    now = settled_finding(reading(rated("foundations-guidebook", "3"), harmed[1]))
    assert was is not None
    assert was.subject == now.subject
    assert now.title == "A programme: registers no longer disagree"
    thread = Thread({was.fingerprint: was, now.fingerprint: now}, {was.fingerprint: now.fingerprint})
    (change,) = changes_to(was, thread, today=TODAY)
    assert "Foundations Guidebook: was NE; alone it would be No effect or harm, now 3;" in change.words
    with pytest.raises(ValueError, match="disagree"):
        settled_finding(reading(*harmed))


def test_a_disagreement_of_which_nobody_says_anything_any_more_is_over_too() -> None:
    silent = reading(rated("title-iv-e", ""))
    assert "No register says anything" in settled_finding(silent).statement
