from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest
from django.db import DatabaseError, connection, transaction

from wherewithal.analyse.library import Edition, Entry, Rating, write_edition
from wherewithal.errors import BadInput, NothingThere
from wherewithal.sources.files import read_text
from wherewithal_web.analyse.library import actions, queries
from wherewithal_web.analyse.library.actions.threads import add_disagreement, add_entry
from wherewithal_web.analyse.library.models import Programme, StoredEdition, StoredRating, WaitingEdition
from wherewithal_web.audit.models import Event
from wherewithal_web.cases.actions import write_sentence
from wherewithal_web.cases.models import StoredFinding
from wherewithal_web.cases.queries import lines_of
from wherewithal_web.people.permissions import Refused

pytestmark = pytest.mark.django_db

EDITIONS = files("wherewithal.analyse.library") / "editions"


def file_of(*rows: Rating, name: str = "2026-11-01.csv"):
    return read_text(write_edition(Edition("blueprints", date(2026, 11, 1), rows)).encode(), name=name)


ROW = Rating("Good Behaviour Game", rating="promising", link="https://register.example/gbg")


def test_starter_editions_come_in_once(people, library) -> None:
    held = StoredEdition.objects.count()
    assert held == 22
    assert Programme.objects.get(slug="good-behaviour-game").band == "Mixed"
    (newer,) = actions.load_starter_editions(by=people.admin)
    assert (newer.register, newer.date) == ("eef-toolkit", date(2026, 4, 2))
    assert actions.load_starter_editions(by=people.admin) == []


def test_a_newer_edition_reaches_the_sentence_that_rests_on_it(people, library, case, newer_toolkit) -> None:
    by = people.commissioner
    stored = actions.add_reading(by=by, case=case, slug="social-and-emotional-learning")
    untouched = actions.add_reading(by=by, case=case, slug="incredible-years-preschool")
    write_sentence(by=by, case=case, text="It may help.", section="what-works", rests_on=[stored, untouched])
    applied = actions.apply_edition(by=people.champion, edition=newer_toolkit)
    assert applied.difference.words == "28 new and 2 changed"
    (newer,) = applied.refreshed
    assert newer.supersedes == stored
    (line,) = lines_of(case)
    (drift,) = line.drift
    assert drift.change.finding == stored.fingerprint
    assert (
        "was 1 padlock (very limited), +4 months, now 3 padlocks (moderate), +3 months" in drift.change.words
    )
    assert "Our reading: was Preliminary, now Good" in drift.change.words
    assert Event.objects.filter(action="library.apply_edition", actor_name="Cham Pion").count() == 1
    assert Event.objects.filter(action="cases.refresh_finding", case=case.slug).count() == 1


def test_what_an_edition_would_do_is_known_before(people, library, case, newer_toolkit) -> None:
    actions.add_reading(by=people.commissioner, case=case, slug="social-and-emotional-learning")
    file = read_text(write_edition(newer_toolkit).encode(), name="eef.csv")
    look = actions.load_file(file=file, register="eef-toolkit", edition_date=date(2026, 4, 2))
    (effect,) = look.effects
    assert "now Good" in effect.words
    assert StoredEdition.objects.filter(register="eef-toolkit").count() == 1
    assert StoredFinding.objects.count() == 1


def test_a_withdrawn_programme_keeps_its_page_and_its_finding_says_so(people, library, case) -> None:
    stored = actions.add_reading(by=people.commissioner, case=case, slug="positive-action")
    (edition,) = actions.load_file(
        file=file_of(ROW), register="blueprints", edition_date=date(2026, 11, 1)
    ).editions
    applied = actions.apply_edition(by=people.champion, edition=edition)
    assert len(applied.difference.withdrawn) == 19
    (newer,) = applied.refreshed
    assert newer.supersedes == stored
    assert newer.finding.facts["Blueprints"] == "no longer listed (was model)"
    assert Programme.objects.get(slug="positive-action").band == "Not enough to say"


def test_a_part_withdraws_nothing(people, library) -> None:
    (edition,) = actions.load_file(
        file=file_of(ROW), register="blueprints", edition_date=date(2026, 11, 1), complete=False
    ).editions
    applied = actions.apply_edition(by=people.champion, edition=edition)
    assert applied.difference.withdrawn == ()
    assert Programme.objects.get(slug="positive-action").band == "Strong"


def test_a_file_with_problems_changes_nothing(people, library) -> None:
    bad = Rating("X", rating="superb", link="nowhere")
    with pytest.raises(BadInput) as caught:
        actions.keep_for_a_look(
            by=people.champion, file=file_of(ROW, bad), register="blueprints", edition_date=date(2026, 11, 1)
        )
    assert [problem.where for problem in caught.value.problems] == [
        "row 3, column 'rating'",
        "row 3, column 'link'",
    ]
    assert not WaitingEdition.objects.exists()


def test_one_file_comes_in_once_a_day(people, library, newer_toolkit) -> None:
    actions.apply_edition(by=people.champion, edition=newer_toolkit)
    rows = StoredRating.objects.count()
    with pytest.raises(BadInput, match="is in already"):
        actions.apply_edition(by=people.champion, edition=newer_toolkit)
    assert StoredRating.objects.count() == rows
    again = actions.load_file(
        file=read_text((EDITIONS / "eef-toolkit" / "2026-04-02.csv").read_bytes(), name="eef.csv"),
        register="eef-toolkit",
        edition_date=date(2026, 4, 2),
    )
    assert (again.parts, [each.key for each in again.already]) == ((), ["eef-toolkit"])


def test_a_mistake_is_put_right_on_the_same_day(people, library) -> None:
    for rating in ("model", "promising"):
        (edition,) = actions.load_file(
            file=file_of(Rating("Good Behaviour Game", rating=rating, link="https://register.example/gbg")),
            register="blueprints",
            edition_date=date(2026, 11, 1),
            complete=False,
        ).editions
        actions.apply_edition(by=people.champion, edition=edition)
    first, second = StoredEdition.objects.filter(register="blueprints", date="2026-11-01").order_by("number")
    assert (first.day, second.day) == ("2026-11-01", "2026-11-01-2")
    assert second.when == "1 November 2026, copy 2 of that day"
    assert second.difference.startswith("1 changed")
    (stands,) = (
        row.row.rating
        for row in queries.standings(["good-behaviour-game"])["good-behaviour-game"]
        if row.register == "blueprints"
    )
    assert stands == "promising"


def test_an_older_edition_joins_the_history_and_changes_nothing_that_stands(people, library, case) -> None:
    actions.add_reading(by=people.commissioner, case=case, slug="good-behaviour-game")
    edition = Edition("blueprints", date(2010, 1, 1), (Rating("Good Behaviour Game", rating="model"),))
    applied = actions.apply_edition(by=people.champion, edition=edition)
    assert applied.refreshed == ()
    (row,) = [
        row
        for row in queries.standings(["good-behaviour-game"])["good-behaviour-game"]
        if row.register == "blueprints"
    ]
    assert row.row.rating == "promising"


def test_accepting_and_leaving_a_file(people, library) -> None:
    def waiting() -> WaitingEdition:
        return actions.keep_for_a_look(
            by=people.champion, file=file_of(ROW), register="blueprints", edition_date=date(2026, 11, 1)
        )

    actions.leave_edition(by=people.champion, waiting=waiting())
    assert not WaitingEdition.objects.exists()
    applied = actions.accept_edition(by=people.champion, waiting=waiting())
    ((stored, _difference),) = applied.editions
    assert (stored.file_name, stored.row_count) == ("2026-11-01.csv", 1)
    assert not WaitingEdition.objects.exists()


def test_only_who_curates_brings_in(people, newer_toolkit) -> None:
    for user in (people.commissioner, people.parent):
        with pytest.raises(Refused, match="evidence champion or administrator"):
            actions.apply_edition(by=user, edition=newer_toolkit)
        with pytest.raises(Refused):
            actions.load_starter_editions(by=user)
        with pytest.raises(Refused):
            actions.keep_for_a_look(
                by=user, file=file_of(ROW), register="blueprints", edition_date=date(2026, 11, 1)
            )
    assert not StoredEdition.objects.exists()


def test_only_who_contributes_adds_to_a_case(people, library, case) -> None:
    for user in (people.viewer, people.outsider, people.parent):
        with pytest.raises(Refused):
            actions.add_reading(by=user, case=case, slug="good-behaviour-game")
    with pytest.raises(NothingThere):
        actions.add_reading(by=people.commissioner, case=case, slug="nothing-like-it")


def test_the_same_reading_twice_is_one_finding(people, library, case) -> None:
    one = actions.add_reading(by=people.commissioner, case=case, slug="good-behaviour-game")
    other = actions.add_reading(by=people.colleague, case=case, slug="good-behaviour-game")
    assert one == other
    assert one.case is None


def test_rows_are_only_ever_added_to(people, library) -> None:
    row = StoredRating.objects.first()
    with pytest.raises(TypeError):
        row.save()
    with pytest.raises(TypeError):
        StoredEdition.objects.update(register="other")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE library_storedrating SET slug = 'other'")


# --- Lists of guidance, and disagreements, follow in the same way ---------------------------------------


GUIDE = "Made-up guide"


def advice(day: date, strength: str = "strong", *more: Entry, complete: bool = True) -> Edition[Entry]:
    row = Entry(
        "Offer a group",
        type="recommendation",
        part_of=GUIDE,
        strength=strength,
        link="https://guides.example/group",
    )
    return Edition("practice-guides", day, (*((row,) if strength else ()), *more), complete=complete)


OTHER_RATING = Rating("Something else", link="https://register.example/else")
OTHER_GUIDE = Entry("Another guide", type="practice guide", link="https://guides.example/other")


def test_what_a_recommendation_says_anew_reaches_the_sentence(people, library, case) -> None:
    actions.apply_edition(by=people.champion, edition=advice(date(2026, 11, 1), complete=False))
    slug = advice(date(2026, 11, 1)).rows[0].slug
    stored = add_entry(by=people.commissioner, case=case, register="practice-guides", slug=slug)
    write_sentence(
        by=people.commissioner, case=case, text="Guidance asks.", section="what-works", rests_on=[stored]
    )
    newer = advice(date(2026, 11, 2), "conditional", complete=False)
    (effect,) = queries.effects_of([newer])
    assert (effect.subject, effect.name) == (stored.subject, stored.title)
    assert "Strength: was strong, now conditional" in effect.words
    applied = actions.apply_edition(by=people.champion, edition=newer)
    (refreshed,) = applied.refreshed
    assert refreshed.supersedes == stored
    (line,) = lines_of(case)
    assert [drift.change.words for drift in line.drift] == [effect.words]


def test_a_withdrawn_entry_says_so_on_the_thread(people, library, case) -> None:
    actions.apply_edition(by=people.champion, edition=advice(date(2026, 11, 1), "strong", OTHER_GUIDE))
    slug = advice(date(2026, 11, 1)).rows[0].slug
    add_entry(by=people.commissioner, case=case, register="practice-guides", slug=slug)
    applied = actions.apply_edition(by=people.champion, edition=advice(date(2026, 11, 2), "", OTHER_GUIDE))
    assert [row.name for row in applied.difference.withdrawn] == [f"{GUIDE}: Offer a group"]
    (refreshed,) = applied.refreshed
    assert refreshed.finding.facts["In the list"] == "no longer"


def test_a_disagreement_follows_its_registers(people, library, case) -> None:
    stored = add_disagreement(by=people.commissioner, case=case, slug="paths-elementary")
    rating = next(
        row.row
        for row in queries.standings(["paths-elementary"])["paths-elementary"]
        if row.register == "foundations-guidebook"
    )
    newer = Edition(
        "foundations-guidebook",
        date(2026, 11, 1),
        (replace(rating, rating="2"),),
        complete=False,
    )
    (effect,) = [each for each in queries.effects_of([newer]) if each.subject == stored.subject]
    assert "Foundations Guidebook: was" in effect.words
    assert stored.subject in {
        row.subject for row in actions.apply_edition(by=people.champion, edition=newer).refreshed
    }


def test_a_disagreement_that_is_gone_says_so(people, library, case) -> None:
    stored = add_disagreement(by=people.commissioner, case=case, slug="paths-elementary")
    held = StoredEdition.objects.filter(rows__slug="paths-elementary").distinct()
    keep = held.first().register
    others = [
        Edition(each.register, date(2026, 11, 1), (OTHER_RATING,))
        for each in held
        if each.register != keep and each.register_now.rates
    ]
    applied = actions.apply_editions(by=people.champion, editions=others)
    (newer,) = [row for row in applied.refreshed if row.subject == stored.subject]
    assert "registers no longer disagree" in newer.title


def test_editions_that_come_together_are_read_together(people, library, case) -> None:
    actions.add_reading(by=people.commissioner, case=case, slug="good-behaviour-game")
    rows = queries.standings(["good-behaviour-game"])["good-behaviour-game"]
    changes = {"blueprints": "model", "eef-projects": "effect found"}
    together = [
        Edition(
            row.register, date(2026, 11, 1), (replace(row.row, rating=changes[row.register]),), complete=False
        )
        for row in rows
        if row.register in changes
    ]
    assert len(together) == 2
    (effect,) = queries.effects_of(together)
    assert "Blueprints: was promising, now model" in effect.words
    assert "Our reading: was Mixed, now Strong" in effect.words
    done = actions.apply_editions(by=people.champion, editions=together)
    assert len(done.refreshed) == 1


def test_one_edition_of_several_that_cannot_come_in_keeps_all_out(people, library, newer_toolkit) -> None:
    before = StoredEdition.objects.count()
    held = queries.whole_edition(StoredEdition.objects.get(register="blueprints"))
    with pytest.raises(BadInput, match="is in already"):
        actions.apply_editions(by=people.champion, editions=[newer_toolkit, held])
    assert StoredEdition.objects.count() == before
