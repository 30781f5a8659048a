import pytest
from django.db import DatabaseError, connection, transaction

from tests.integration.analyse.needs.conftest import AREA, BEHAVIOUR, NORTHMOOR, REREFERRALS, arrived
from wherewithal.errors import BadInput, NothingThere
from wherewithal.sources.fingertips import read_export
from wherewithal_web.analyse.needs import actions, queries
from wherewithal_web.analyse.needs.actions import findings
from wherewithal_web.analyse.needs.models import DataFile, EditionTable, HeldArea, Neighbours
from wherewithal_web.audit.models import Event
from wherewithal_web.cases import queries as case_queries
from wherewithal_web.cases.actions import write_sentence
from wherewithal_web.people.permissions import Refused

pytestmark = pytest.mark.django_db


def test_a_file_is_kept_whole(people, northmoor):
    done = actions.import_file(by=people.champion, arrival=northmoor)
    assert done.fresh
    assert done.words == ("northmoor.csv is in: 808 values of 6 indicators for 12 areas, 2017/18 to 2024/25.")
    assert DataFile.objects.get().rows == 808
    assert HeldArea.objects.count() == 12
    assert done.file.made_up
    assert done.file.without_value == 3
    assert Event.objects.get(action="needs.import_file").details["sha256"] == northmoor.sha256


def test_every_row_comes_back_as_it_was(people, northmoor):
    actions.import_file(by=people.champion, arrival=northmoor)
    rows = read_export(NORTHMOOR).rows
    held = queries.figures_for({row.area_code for row in rows}, parts=True)
    assert {row.key: row for row in held.rows} == {row.key: row for row in rows}


def test_the_same_file_twice_changes_nothing_and_says_so(people, northmoor):
    first = actions.import_file(by=people.champion, arrival=northmoor)
    again = actions.import_file(by=people.admin, arrival=northmoor)
    assert not again.fresh
    assert again.file == first.file
    assert "is held already: northmoor.csv, brought in by Cham Pion" in again.words
    assert DataFile.objects.count() == 1


def test_nothing_stays_where_keeping_fails_half_way(people, northmoor, monkeypatch):
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(findings, "refresh_findings", fail)
    with pytest.raises(RuntimeError):
        actions.import_file(by=people.champion, arrival=northmoor)
    assert not DataFile.objects.exists()
    assert not EditionTable.objects.exists()
    assert not Event.objects.filter(action="needs.import_file").exists()


def test_a_later_edition_supersedes_and_keeps_the_earlier_one(people, held, revised):
    done = actions.import_file(by=people.champion, arrival=revised)
    assert done.revised == 1
    assert "1 value was revised; the earlier ones are kept." in done.words
    shown = queries.reading_of(AREA, REREFERRALS)
    assert shown.reading.point.value == 22.5
    (revision,) = queries.revisions_of(shown.reading)
    assert (revision.period, revision.was, revision.now) == ("2024/25", 26.39535, 22.5)
    assert revision.file == held


def test_a_period_that_a_later_file_leaves_out_stays(people, held, northmoor, edited):
    newest = arrived(
        b"".join(line for line in edited(lambda row: {}).splitlines(keepends=True) if b"2017/18" not in line),
        name="short.csv",
    )
    actions.import_file(by=people.champion, arrival=newest)
    shown = queries.reading_of(AREA, REREFERRALS)
    assert next(point.period for point in shown.reading.series.points) == "2017/18"
    assert [file.name for file in shown.files] == ["short.csv", "northmoor.csv"]


def test_only_champions_and_administrators_bring_in_figures(people, northmoor):
    with pytest.raises(Refused, match="evidence champion or administrator"):
        actions.import_file(by=people.commissioner, arrival=northmoor)
    with pytest.raises(Refused):
        actions.set_neighbours(by=people.commissioner, area_code=AREA, neighbours=[], source="")


def test_made_up_figures_never_stand_under_an_indicator_that_is_not(people, edited):
    real = arrived(edited(lambda row: {"Indicator ID": f"1{row['Indicator ID']}"}), name="real.csv")
    assert not actions.import_file(by=people.champion, arrival=real).file.made_up
    other = arrived(
        edited(lambda row: {"Indicator ID": f"1{row['Indicator ID']}", "New data": "x"}), name="other.csv"
    )
    with pytest.raises(BadInput, match="made up figures for an indicator whose published figures are held"):
        actions.import_file(by=people.champion, arrival=other, made_up=True)
    assert DataFile.objects.count() == 1


def test_neighbours_are_named_with_their_source(people, held):
    kept = actions.set_neighbours(
        by=people.champion, area_code=AREA, neighbours=["Ravensby", "X06000003"], source=" a list "
    )
    assert (kept.codes, kept.source) == (["X06000008", "X06000003"], "a list")
    assert queries.neighbours_of(AREA).codes == ("X06000008", "X06000003")
    assert Neighbours.objects.count() == 2
    actions.set_neighbours(by=people.champion, area_code=AREA, neighbours=[], source="")
    assert queries.neighbours_of(AREA) is None


@pytest.mark.parametrize(
    ("neighbours", "source", "error", "said"),
    [
        (["Northmoor"], "a list", BadInput, "cannot be its own neighbour"),
        (["Ravensby"], " ", BadInput, "Say who says"),
        (["Atlantis"], "a list", NothingThere, "No area 'Atlantis'"),
    ],
)
def test_neighbours_that_cannot_be_are_refused(people, held, neighbours, source, error, said):
    with pytest.raises(error, match=said):
        actions.set_neighbours(by=people.champion, area_code=AREA, neighbours=neighbours, source=source)


def test_a_figure_goes_on_the_thread_of_a_case(people, case, held):
    stored = actions.add_indicator_to_case(
        by=people.colleague, case=case, area_code=AREA, indicator_id=REREFERRALS
    )
    found = stored.finding
    assert found.subject == f"needs:{REREFERRALS}:{AREA}:Persons:0-17 yrs"
    assert found.made_up
    assert found.statement.startswith("26.4% (95% interval 25.1 to 27.7) in 2024/25; England 22.6%;")
    assert found.link == f"/area/{AREA}/{REREFERRALS}/?sex=Persons&age=0-17+yrs"
    assert "local data" in case_queries.present_needs(case, case_queries.lines_of(case))


def test_adding_needs_a_place_on_the_case(people, case, held):
    for person in (people.viewer, people.outsider, people.champion):
        with pytest.raises(Refused):
            actions.add_indicator_to_case(by=person, case=case, area_code=AREA, indicator_id=REREFERRALS)


def test_a_revised_figure_shows_as_drift_on_the_sentence_that_rests_on_it(people, case, held, revised):
    stored = actions.add_indicator_to_case(
        by=people.commissioner, case=case, area_code=AREA, indicator_id=REREFERRALS
    )
    write_sentence(
        by=people.commissioner, case=case, text="Re-referrals rise.", section="why-here", rests_on=[stored]
    )
    (line,) = case_queries.lines_of(case)
    assert line.drift == ()
    done = actions.import_file(by=people.champion, arrival=revised)
    assert len(done.changed) == 1
    assert "1 figure that cases rest on changed" in done.words
    (line,) = case_queries.lines_of(case)
    (drift,) = line.drift
    assert "Value: was 26.4% (25.1 to 27.7), now 22.5% (21.3 to 23.8)" in drift.change.words
    assert "Beside England: was Worse, now Similar" in drift.change.words


def test_a_file_that_changes_other_figures_is_no_drift(people, case, held, edited):
    stored = actions.add_indicator_to_case(
        by=people.commissioner, case=case, area_code=AREA, indicator_id=REREFERRALS
    )
    write_sentence(
        by=people.commissioner, case=case, text="Re-referrals rise.", section="why-here", rests_on=[stored]
    )

    def behaviour(row: dict[str, str]) -> dict[str, str]:
        return {"Count": "1"} if row["Indicator ID"] == BEHAVIOUR else {}

    done = actions.import_file(by=people.champion, arrival=arrived(edited(behaviour), name="later.csv"))
    assert done.changed == ()
    (line,) = case_queries.lines_of(case)
    assert line.drift == ()


def test_other_neighbours_change_the_figure_on_the_thread(people, case, held):
    actions.add_indicator_to_case(by=people.commissioner, case=case, area_code=AREA, indicator_id=REREFERRALS)
    actions.set_neighbours(by=people.champion, area_code=AREA, neighbours=["Wychmere"], source="a list")
    newest = case_queries.thread_of(case)
    (stored,) = case_queries.stored_findings_of(case).values()
    assert newest.newest[stored.fingerprint] != stored.fingerprint


def test_figures_are_only_ever_added_to(held):
    with pytest.raises(TypeError):
        EditionTable.objects.update(content=b"")
    table = EditionTable.objects.first()
    with pytest.raises(TypeError):
        table.save()
    with (
        transaction.atomic(),
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE needs_editiontable SET file_id = 0")
