"""A third review of the demo, with real numbers: four ways of helping people to stop smoking, set beside each other.

The numbers are facts from Hasselblad, "Meta-analysis of multitreatment studies", Medical Decision Making 18 (1998) 37:
24 trials, with the people who had not smoked from six to twelve months after. That somebody of Northmoor took them from
the table is made up.
"""

from __future__ import annotations

from dataclasses import dataclass

from wherewithal.analyse.reviews.extraction.given import Given
from wherewithal.analyse.reviews.extraction.plan import Plan
from wherewithal.analyse.reviews.extraction.study import Instrument, Outcome, Place
from wherewithal.analyse.reviews.screening.decisions import Verdict
from wherewithal_web.analyse.reviews import actions as reviews
from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.models import Record, Study
from wherewithal_web.cases import actions
from wherewithal_web.cases.models import Case
from wherewithal_web.people.models import User

TITLE = "Ways of helping people to stop smoking"
QUESTION = (
    "Which of four kinds of help gets more people to stop smoking: none, a leaflet or manual, talking one to one, or "
    "a group? A worked example: the numbers are real and published (Hasselblad 1998); that people of Northmoor took "
    "them from the paper is made up."
)
SOURCE = "Hasselblad (1998), the table of trials"
NONE, ALONE, SINGLE, GROUP = "No contact", "Self-help", "Individual counselling", "Group counselling"


@dataclass(frozen=True)
class Trial:
    """One trial: authors, year, and for each arm what people got, how many stopped, and of how many."""

    authors: str
    year: int
    arms: tuple[tuple[str, int, int], ...]


TRIALS = (
    Trial("Reid and others", 1974, ((NONE, 75, 731), (SINGLE, 363, 714))),
    Trial("Cottraux and others", 1983, ((NONE, 9, 140), (SINGLE, 23, 140), (GROUP, 10, 138))),
    Trial("Slama and others", 1990, ((NONE, 2, 106), (SINGLE, 9, 205))),
    Trial("Jamrozik and others", 1984, ((NONE, 58, 549), (SINGLE, 237, 1561))),
    Trial("Rabkin and others", 1984, ((NONE, 0, 33), (SINGLE, 9, 48))),
    Trial("Decker and Evans", 1989, ((ALONE, 20, 49), (SINGLE, 16, 43))),
    Trial("Richmond and others", 1986, ((NONE, 3, 100), (SINGLE, 31, 98))),
    Trial("Leung", 1991, ((NONE, 1, 31), (SINGLE, 26, 95))),
    Trial("Mothersill and others", 1988, ((ALONE, 11, 78), (SINGLE, 12, 85), (GROUP, 29, 170))),
    Trial("Langford and others", 1983, ((NONE, 6, 39), (SINGLE, 17, 77))),
    Trial("Gritz and others", 1992, ((NONE, 79, 702), (ALONE, 77, 694))),
    Trial("Campbell and others", 1986, ((NONE, 18, 671), (ALONE, 21, 535))),
    Trial("Sanders and others", 1989, ((NONE, 64, 642), (SINGLE, 107, 761))),
    Trial("Hilleman and others", 1993, ((SINGLE, 12, 76), (GROUP, 20, 74))),
    Trial("Gillams and others", 1984, ((SINGLE, 9, 55), (GROUP, 3, 26))),
    Trial("Mogielnicki and others", 1986, ((ALONE, 7, 66), (GROUP, 32, 127))),
    Trial("Page and others", 1986, ((NONE, 5, 62), (SINGLE, 8, 90))),
    Trial("Vetter and Ford", 1990, ((NONE, 20, 234), (SINGLE, 34, 237))),
    Trial("Williams and Hall", 1988, ((NONE, 0, 20), (GROUP, 9, 20))),
    Trial("Pallonen and others", 1994, ((NONE, 8, 116), (ALONE, 19, 149))),
    Trial("Russell and others", 1983, ((NONE, 95, 1107), (SINGLE, 143, 1031))),
    Trial("Stewart and Rosser", 1982, ((NONE, 15, 187), (SINGLE, 36, 504))),
    Trial("Russell and others", 1979, ((NONE, 78, 584), (SINGLE, 73, 675))),
    Trial("Kendrick and others", 1995, ((NONE, 69, 1177), (SINGLE, 54, 888))),
)

PLAN = Plan(
    outcomes=(Outcome("stopping", "Stopping smoking", "higher", "OR"),),
    instruments=(Instrument("stopped", "stopping", "Not smoking, six to twelve months after"),),
)


def bring_smoking(people: dict[str, User]) -> Case:
    """The case with its list of trials, the studies made of them, and the network that they make."""
    lead, taker = people["priya"], people["ruth"]
    case = actions.start_case(by=lead, title=TITLE, question=QUESTION)
    actions.share_case(by=lead, case=case, user=taker, role="contributor")
    file = reviews.import_records(
        by=taker,
        case=case,
        source=_records().encode(),
        name="stopping-smoking.ris",
        database=SOURCE,
        search="Not a search: the list of trials of a published review, as its table gives them.",
    )
    for record in Record.objects.filter(file=file):
        reviews.record_decision(by=taker, record=record, verdict=Verdict.INCLUDE)
    reviews.make_studies(by=taker, case=case)
    reviews.write_plan(by=taker, case=case, plan=PLAN, why="What the published table holds.")
    for study, trial in zip(queries.studies_of(case), TRIALS, strict=True):
        _extract(study, trial, taker)
    _compare(case, lead)
    return case


def _compare(case: Case, lead: User) -> None:
    """Every arm is the intervention that it is called; the network goes onto the thread, with a sentence on it."""
    now = queries.network_of(case, lead, "stopping")
    nodes = {(study, arm.number): arm.name for name in now.names for study, _label, arm in name.arms}
    reviews.match_arms(by=lead, case=case, outcome="stopping", nodes=nodes)
    stored = reviews.add_network_to_thread(by=lead, case=case, outcome="stopping")
    actions.write_sentence(
        by=lead,
        case=case,
        section="what-works",
        text="Counselling, one to one or in groups, gets more people to stop smoking than no contact; 24 trials leave "
        "it open which of the two does more.",
        rests_on=[stored],
    )


def _records() -> str:
    """The list as RIS. The table gives no titles, so each record says what it is."""
    return "".join(
        f"TY  - GEN\nTI  - Trial of ways to stop smoking, by {each.authors} ({each.year})\nAU  - {each.authors}\n"
        f"PY  - {each.year}\nN1  - As listed in {SOURCE}\nER  - \n"
        for each in TRIALS
    )


def _extract(study: Study, trial: Trial, taker: User) -> None:
    """The arms, and each of the others against the first: the counts of all arms give the remaining pairs."""
    arms = [
        (None, name, "comparison" if name == NONE else "programme", n) for name, _stopped, n in trial.arms
    ]
    reviews.write_arms(by=taker, study=study, arms=arms)
    first, *others = trial.arms
    for place, (name, stopped, n) in enumerate(others, start=2):
        comparison = reviews.add_comparison(
            by=taker,
            study=study,
            instrument="stopped",
            time_words="six to twelve months after",
            arm1=place,
            arm2=1,
        )
        numbers = {"events1": stopped, "n1": n, "events2": first[1], "n2": first[2]}
        quotation = f"{trial.authors}: {name.lower()} {stopped}/{n}, {first[0].lower()} {first[1]}/{first[2]}"
        reviews.give_result(
            by=taker, comparison=comparison, given=Given("counts", numbers), place=Place("table", quotation)
        )
