"""What the demo case rests on: registers, made-up local figures, a search of studies, and what people said."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from wherewithal.analyse.needs.arrival import Given, read_all
from wherewithal.analyse.reviews.screening.decisions import Verdict
from wherewithal.sources.work import Work
from wherewithal_web.analyse.library import actions as library
from wherewithal_web.analyse.needs import actions as needs
from wherewithal_web.analyse.reviews import actions as reviews
from wherewithal_web.analyse.reviews.duplicates.looking import look_now
from wherewithal_web.analyse.reviews.models import Record
from wherewithal_web.cases import actions
from wherewithal_web.cases.models import Case, StoredFinding
from wherewithal_web.clock import today
from wherewithal_web.demo import story
from wherewithal_web.people.models import User

HERE = Path(__file__).parent
REREFERRALS, BEHAVIOUR = "990001", "990002"
PROGRAMMES = {
    "iy": "incredible-years-preschool",
    "epec": "empowering-parents-empowering-communities",
    "paths": "paths-elementary",
    "sel": "social-and-emotional-learning",
}


def bring_evidence(case: Case, people: dict[str, User]) -> dict[str, StoredFinding]:
    """Put everything that the first sentences rest on on the thread; the findings by the story's keys."""
    found = {
        key: library.add_reading(by=people["tom"], case=case, slug=slug) for key, slug in PROGRAMMES.items()
    }
    _told_and_kept(people)
    found |= _figures(case, people)
    found |= _search(case, people)
    found |= _people_said(case, people)
    return found


def _told_and_kept(people: dict[str, User]) -> None:
    """What people here added to the library: a real study, and what a made-up neighbour did."""
    library.add_study(
        by=people["ruth"],
        work=Work(
            title="Multicentre controlled trial of parenting groups for childhood antisocial behaviour in "
            "clinical practice",
            authors=("Scott, S.", "Spender, Q.", "Doolan, M.", "Jacobs, B.", "Aspland, H."),
            year=2001,
            venue="BMJ",
            volume="323",
            issue="7306",
            pages="194",
            type="article-journal",
            doi="10.1136/bmj.323.7306.194",
            link="https://doi.org/10.1136/bmj.323.7306.194",
        ),
        says="A controlled trial of parenting groups in ordinary clinics, for children referred for antisocial "
        "behaviour.",
    )
    library.add_example(
        by=people["tom"],
        title="Evening parenting groups in two family hubs",
        place="Saltmere (made up, like Northmoor)",
        programmes=[PROGRAMMES["epec"]],
        topics="parenting; behaviour",
        ages="2-11",
        done="Trained twelve parents to lead groups, and moved half the groups to the evening with a crèche.",
        happened="Evening groups filled in two weeks. Three of the twelve leaders left in the first year; pairs "
        "of leaders kept going where one left.",
        year=2025,
        contact="Family hubs team, family-hubs@saltmere.example",
        contact_agreed=True,
    )


def _figures(case: Case, people: dict[str, User]) -> dict[str, StoredFinding]:
    champion, analyst = people["tom"], people["ruth"]
    figures = read_all([Given.at(HERE / "figures" / "northmoor.csv")])
    needs.import_files(by=champion, brought=figures, made_up=True)
    needs.set_neighbours(
        by=champion,
        area_code=story.AREA_CODE,
        neighbours=[f"X0600{number:04d}" for number in range(2, 12)],
        source="made up with the figures",
    )
    layout = HERE / "figures" / "northmoor.hexjson"
    needs.set_layout(
        by=champion, name=layout.name, content=layout.read_bytes(), source="made up with the figures"
    )

    def add(indicator: str) -> StoredFinding:
        return needs.add_indicator_to_case(
            by=analyst, case=case, area_code=story.AREA_CODE, indicator_id=indicator
        )

    return {"behaviour": add(BEHAVIOUR), "re-referrals": add(REREFERRALS)}


LEFT_OUT = {
    "attention-deficit": "population",
    "Teacher Classroom Management": "intervention",
    "psychosocial health": "outcome",
    "early intervention pathfinder": "population",  # ages 8 to 13
}
"""Words of a title, and why the analyst left that study out. One is left undecided; the others are kept."""
UNSURE = "Triple P-Positive Parenting Program"


def _search(case: Case, people: dict[str, User]) -> dict[str, StoredFinding]:
    analyst = people["ruth"]
    file = reviews.import_records(
        by=analyst,
        case=case,
        source=HERE / "searches" / "parenting-programmes.ris",
        database="Studies known to the team",
        search="parenting programme AND (behaviour OR conduct), ages 3 to 8",
        searched_on=_days_ago(30),
    )
    for record in Record.objects.filter(file=file):
        reason = next((reason for words, reason in LEFT_OUT.items() if words in record.title), "")
        verdict = Verdict.EXCLUDE if reason else Verdict.UNSURE if UNSURE in record.title else Verdict.INCLUDE
        reviews.record_decision(by=analyst, record=record, verdict=verdict, reason=reason)
    found = {"search": reviews.add_screening_to_thread(by=analyst, case=case)}
    _search_again(case, analyst)
    return found


def _search_again(case: Case, analyst: User) -> None:
    """A second database, which found some of the same: three are merged, and one pair waits for a person."""
    reviews.import_records(
        by=analyst,
        case=case,
        source=HERE / "searches" / "health-databases.ris",
        database="Health databases",
        search="(parent* AND (training OR programme)) AND (conduct OR behav*), children 3 to 8",
        searched_on=_days_ago(10),
    )
    look_now(case)


def _people_said(case: Case, people: dict[str, User]) -> dict[str, StoredFinding]:
    return {
        "session": actions.note_families_voice(
            by=people["maya"],
            case=case,
            said="Groups in the evening with a crèche, near home, led by parents who have been there.",
            who="parents of children aged 3 to 8 at two family hubs",
            people=14,
            how="two listening sessions",
            on=_days_ago(40),
        ),
        "hubs": actions.note_judgement(
            by=people["maya"],
            case=case,
            judgement="Two groups a term fit into each of the four hubs without new premises.",
            judged_by="Maya Collins",
            role="Parenting manager",
            on=_days_ago(20),
        ),
    }


def _days_ago(days: int) -> date:
    return today() - timedelta(days=days)
