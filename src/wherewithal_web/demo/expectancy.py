"""A second review of the demo, with real numbers: what teachers are told to expect of pupils, and the pupils' IQ.

The numbers are facts from Table 1 of Raudenbush and Bryk, "Empirical Bayes meta-analysis", Journal of Educational
Statistics 10 (1985) 75, on the experiments gathered by Raudenbush, Journal of Educational Psychology 76 (1984) 85:
children in school whose teachers were told, at random, that some of them would soon grow in ability. That two people
of Northmoor took them is made up, and so is the slip that they settled.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from wherewithal.analyse.reviews.extraction.form import Form, Question, Section
from wherewithal.analyse.reviews.extraction.given import Given
from wherewithal.analyse.reviews.extraction.plan import Plan
from wherewithal.analyse.reviews.extraction.study import Instrument, Outcome, Place
from wherewithal.analyse.reviews.outcomes import OutcomeSettings
from wherewithal.analyse.reviews.screening.decisions import Verdict
from wherewithal.analyse.reviews.transferability.described import OurArea, own_questions
from wherewithal_web.analyse.reviews import actions as reviews
from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.models import Record, Study
from wherewithal_web.cases import actions
from wherewithal_web.cases.models import Case
from wherewithal_web.demo.appraised import appraise_some
from wherewithal_web.people.models import User

TITLE = "Teachers’ expectations and pupils’ progress"
QUESTION = (
    "Does it change what children achieve when their teachers are told to expect more of them? A worked example: the "
    "numbers are real and published (Raudenbush and Bryk 1985); that people of Northmoor took them from the papers is "
    "made up."
)
SOURCE = "Raudenbush and Bryk (1985), Table 1"


@dataclass(frozen=True)
class Experiment:
    """One row of the table: authors, year, weeks that teachers had known the pupils, how they were tested and whether
    the tester knew, pupils expected to grow and others, the standardised difference with its standard error.
    """

    authors: str
    year: int
    weeks: int
    setting: str
    tester: str
    expected: int
    others: int
    d: float
    se: float


EXPERIMENTS = (
    Experiment("Rosenthal and others", 1974, 2, "group", "aware", 77, 339, 0.03, 0.125),
    Experiment("Conn and others", 1968, 21, "group", "aware", 60, 198, 0.12, 0.147),
    Experiment("Jose and Cody", 1971, 19, "group", "aware", 72, 72, -0.14, 0.167),
    Experiment("Pellegrini and Hicks", 1972, 0, "group", "aware", 11, 22, 1.18, 0.373),
    Experiment("Pellegrini and Hicks", 1972, 0, "group", "blind", 11, 22, 0.26, 0.369),
    Experiment("Evans and Rosenthal", 1969, 3, "group", "aware", 129, 348, -0.06, 0.103),
    Experiment("Fielder and others", 1971, 17, "group", "blind", 110, 636, -0.02, 0.103),
    Experiment("Claiborn", 1969, 24, "group", "aware", 26, 99, -0.32, 0.220),
    Experiment("Kester", 1969, 0, "group", "aware", 75, 74, 0.27, 0.164),
    Experiment("Maxwell", 1970, 1, "individual", "blind", 32, 32, 0.80, 0.251),
    Experiment("Carter", 1970, 0, "group", "blind", 22, 22, 0.54, 0.302),
    Experiment("Flowers", 1966, 0, "group", "blind", 43, 38, 0.18, 0.223),
    Experiment("Keshock", 1970, 1, "individual", "blind", 24, 24, -0.02, 0.289),
    Experiment("Henrikson", 1970, 2, "individual", "blind", 19, 32, 0.23, 0.290),
    Experiment("Fine", 1972, 17, "group", "aware", 80, 79, -0.18, 0.159),
    Experiment("Grieger", 1970, 5, "group", "blind", 72, 72, -0.06, 0.167),
    Experiment("Rosenthal and Jacobson", 1968, 1, "group", "aware", 65, 255, 0.30, 0.139),
    Experiment("Fleming and Anttonen", 1971, 2, "group", "blind", 233, 224, 0.07, 0.094),
    Experiment("Ginsburg", 1970, 7, "group", "aware", 65, 67, -0.07, 0.174),
)

PLAN = Plan(
    people=2,
    form=Form(
        (
            Section(
                "How it was studied",
                (
                    Question(
                        "weeks-known",
                        "How many weeks had teachers known the pupils?",
                        "number",
                        "Before they were told whom to expect more of: a teacher who knows a child believes it less.",
                    ),
                    Question(
                        "testing",
                        "How were the pupils tested?",
                        "choice",
                        choices=("in groups", "one by one"),
                    ),
                    Question(
                        "tester",
                        "Did whoever tested them know whom teachers expected more of?",
                        "yes-no",
                    ),
                    Question(
                        "clusters",
                        "Were classes allocated, or pupils within classes?",
                        "choice",
                        choices=("classes", "pupils within classes"),
                    ),
                    Question("country", "Country", "text"),
                ),
            ),
        )
    ),
    outcomes=(Outcome("iq", "Tested ability", "higher", "SMD"),),
    instruments=(Instrument("iq", "iq", "Intelligence test", unit="standard deviations"),),
)

JUDGED = {
    "risk_of_bias": (
        -1,
        "In half of the experiments whoever tested the pupils knew what teachers had been told.",
    ),
    "inconsistency": (
        -1,
        "Experiments differ by how long teachers had known the pupils before they were told.",
    ),
    "indirectness": (0, "Children in school, though in the United States and more than fifty years ago."),
    "imprecision": (-1, "The interval holds no effect, and an effect that would matter."),
    "publication_bias": (
        0,
        "Small experiments say something else, but early ones were small and the debate was public.",
    ),
}
"""Made up, like the person who judges: steps and reasons by factor."""

OURS = OurArea(
    "Northmoor",
    {
        "country": ["England", "United Kingdom", "UK"],
        "year": 2000,
        "weeks-known": (2, math.inf),
    },
    {
        "country": "Northmoor is in England",
        "year": "Made up: agreed with the schools, since teaching has changed",
        "weeks-known": "Made up: the scheme would begin in the spring term, when teachers know their pupils",
    },
    ("weeks-known",),
    own_questions(PLAN.form),
)
"""What counts as alike, as somebody of Northmoor might say it once the results are known: the page says so."""

WRITTEN = {
    "5": "Experiments were set side by side by how many weeks teachers had known the pupils, since a teacher who knows "
    "a child believes a stranger’s forecast less (Raudenbush 1984).",
}
"""What somebody has written so far of the report in words; the rest is drafted from the data or still to write."""


def bring_expectancy(people: dict[str, User]) -> Case:
    """The case with its list of experiments, the studies made of them, and what two people took from the table."""
    lead, first, second = people["priya"], people["ruth"], people["tom"]
    case = actions.start_case(by=lead, title=TITLE, question=QUESTION)
    for person in (first, second):
        actions.share_case(by=lead, case=case, user=person, role="contributor")
    file = reviews.import_records(
        by=first,
        case=case,
        source=_records().encode(),
        name="teacher-expectancy.ris",
        database=SOURCE,
        search="Not a search: the list of experiments of a published review, as its table gives them.",
    )
    for record in Record.objects.filter(file=file):
        reviews.record_decision(by=first, record=record, verdict=Verdict.INCLUDE)
    reviews.make_studies(by=first, case=case)
    reviews.write_plan(by=first, case=case, plan=PLAN, why="What the published table holds.")
    studies = list(zip(queries.studies_of(case), EXPERIMENTS, strict=True))
    for study, experiment in studies:
        _extract(study, experiment, first, second)
    by_authors = {experiment.authors: study for study, experiment in studies}
    appraise_some(by_authors, PLAN.outcomes[0].name, first, second)
    _put_together(case, lead, second)
    return case


def _put_together(case: Case, lead: User, judge: User) -> None:
    """What the experiments say together, how sure one person is of it, and a sentence that rests on it."""
    reviews.settle_outcome(
        by=lead,
        case=case,
        outcome="iq",
        settings=OutcomeSettings(
            service="telling teachers to expect more", looked_at=("weeks-known", "tester")
        ),
    )
    reviews.judge_certainty(by=judge, case=case, outcome="iq", judged=JUDGED)
    stored = reviews.add_outcome_to_thread(by=lead, case=case, outcome="iq")
    actions.write_sentence(
        by=lead,
        case=case,
        section="what-works",
        text="We should not count on higher test scores from telling teachers to expect more: 19 experiments leave it "
        "open whether it changes anything.",
        rests_on=[stored],
    )
    reviews.settle_narrative(
        by=judge,
        case=case,
        outcome="iq",
        instead="",
        ways=("spread", "p_values"),
        why="To show what can be said without an average",
    )
    reviews.write_report(by=judge, case=case, outcome="iq", written=WRITTEN)
    reviews.describe_area(by=judge, case=case, ours=OURS)
    alike = reviews.add_likeness_to_thread(by=judge, case=case)
    actions.write_sentence(
        by=lead,
        case=case,
        section="what-works",
        text="In schools like ours, where teachers know their pupils before anybody tells them what to expect, 11 "
        "experiments find no gain together.",
        rests_on=[alike],
    )


def _name(experiment: Experiment) -> str:
    twin = sum((each.authors, each.year) == (experiment.authors, experiment.year) for each in EXPERIMENTS) > 1
    told = f", testers {experiment.tester}" if twin else ""
    return f"Experiment on what teachers expect of pupils, by {experiment.authors} ({experiment.year}){told}"


def _records() -> str:
    """The list as RIS. The table gives no titles, so each record says what it is."""
    return "".join(
        f"TY  - GEN\nTI  - {_name(each)}\nAU  - {each.authors}\nPY  - {each.year}\n"
        f"N1  - As listed in {SOURCE}\nER  - \n"
        for each in EXPERIMENTS
    )


def _extract(study: Study, experiment: Experiment, first: User, second: User) -> None:
    reviews.write_arms(
        by=first,
        study=study,
        arms=[
            (None, "Pupils expected to grow", "programme", experiment.expected),
            (None, "Other pupils", "comparison", experiment.others),
        ],
    )
    comparison = reviews.add_comparison(
        by=first,
        study=study,
        instrument="iq",
        time_words="after teachers were told",
        arm1=1,
        arm2=2,
    )
    numbers = {"n1": experiment.expected, "n2": experiment.others, "value": experiment.d, "se": experiment.se}
    place = Place("Table 1", f"{experiment.authors} {experiment.d:.2f} ({experiment.se:.3f})")
    held = reviews.give_result(by=first, comparison=comparison, given=Given("smd", numbers), place=place)
    slipped = experiment.authors == "Claiborn"
    if slipped:
        numbers = {**numbers, "value": -experiment.d}
    reviews.give_result(by=second, comparison=comparison, given=Given("smd", numbers), place=place)
    if slipped:
        reviews.settle_result(
            by=second,
            comparison=comparison,
            chosen=held,
            note="Looked at Table 1 together: the minus sign had been lost.",
        )
    answers = {
        "weeks-known": (str(experiment.weeks), Place("Table 1")),
        "testing": ("in groups" if experiment.setting == "group" else "one by one", Place("Table 1")),
        "tester": ("yes" if experiment.tester == "aware" else "no", Place("Table 1")),
        "clusters": ("not reported", Place("Table 1")),
        "country": ("not reported", Place("Table 1")),
    }
    for person in (first, second):
        reviews.answer_questions(by=person, study=study, answers=answers)
