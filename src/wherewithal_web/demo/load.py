"""Loads the worked demo case, through the same actions that people use, and writes its paper to a file.

The story: Northmoor decides on parenting support, on the evidence it holds that day. Then its evidence lead
brings in a newer edition of a register, which reads differently; the case, the sentence, the paper and the
decision say so.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from django.db import transaction

from wherewithal.home import home
from wherewithal.thread.decision import State
from wherewithal.thread.stages import Stage
from wherewithal_web.analyse.library import actions as library
from wherewithal_web.cases import actions
from wherewithal_web.cases.models import Case, StoredFinding
from wherewithal_web.clock import today
from wherewithal_web.components.templating import DEMO_PASSWORD
from wherewithal_web.demo import story
from wherewithal_web.demo.evidence import bring_evidence
from wherewithal_web.demo.expectancy import bring_expectancy
from wherewithal_web.demo.plan import bring_delivery, bring_options
from wherewithal_web.demo.smoking import bring_smoking
from wherewithal_web.people.actions import add_organisation, add_person, first_administrator
from wherewithal_web.people.models import Organisation, User
from wherewithal_web.plan.papers import actions as papers

OLDER_TOOLKIT = date(2026, 3, 31)
"""The edition that was held when the case was decided; the newer one comes after."""


def load_demo() -> bool:
    """Load the demo where it is not there yet. True where it was loaded now."""
    if User.objects.people().exists():
        return False
    with transaction.atomic():
        people = _people()
        bring_smoking(people)
        bring_expectancy(people)  # both first, so that the worked case is the newest
        _case_decided_and_overtaken(people)
        _case_entered_at_review(people)
    return True


def write_business_case() -> Path:
    """Write the demo case's paper as a Word file into the data folder, and say where."""
    case = Case.objects.get(title=story.TITLE)
    lead = User.objects.get(email=_email("priya"))
    out = home() / "northmoor-business-case.docx"
    out.write_bytes(papers.export_paper(by=lead, paper=papers.start_paper(by=lead, case=case), ending="docx"))
    return out


def _email(key: str) -> str:
    return next(actor.email for actor in story.ACTORS if actor.key == key)


def _people() -> dict[str, User]:
    first, *others = story.ACTORS
    admin = first_administrator(
        email=first.email,
        name=first.name,
        job_title=first.job_title,
        password=DEMO_PASSWORD,
        organisation=story.COUNCIL,
        kind="council",
        is_demo=True,
    )
    council = Organisation.objects.get(name=story.COUNCIL)
    council.area_name, council.area_code = story.AREA_NAME, story.AREA_CODE
    council.save()
    places = {story.COUNCIL: council}
    for name, kind in story.ORGANISATIONS:
        places[name] = add_organisation(by=admin, name=name, kind=kind)
    people = {first.key: admin}
    for actor in others:
        people[actor.key] = add_person(
            by=admin,
            email=actor.email,
            name=actor.name,
            job_title=actor.job_title,
            password=DEMO_PASSWORD,
            organisation=places[actor.organisation],
            role=actor.role,
            is_demo=True,
        )
    return people


def _case_decided_and_overtaken(people: dict[str, User]) -> None:
    lead, champion = people["priya"], people["tom"]
    library.load_starter_editions(by=champion, up_to={"eef-toolkit": OLDER_TOOLKIT})
    case = actions.start_case(
        by=lead,
        title=story.TITLE,
        question=story.QUESTION,
        decision_body=story.BOARD,
        decision_due=today(),
        partners=Organisation.objects.filter(name__in=["Northmoor ICB", "Northmoor Families Together"]),
        made_up_figures=True,
    )
    for actor in story.ACTORS:
        if actor.on_case:
            actions.share_case(by=lead, case=case, user=people[actor.key], role=actor.on_case)

    found = bring_evidence(case, people)
    _write(case, people["ruth"], story.BEFORE_THE_OPTIONS, found)
    found |= bring_options(case, people, found)
    found |= bring_delivery(case, people)
    _write(case, lead, story.AFTER_THE_OPTIONS, found)
    shown = case.sentences.filter(section="families")
    actions.share_case(by=lead, case=case, user=people["leah"], role="lived-experience", sentences=shown)
    papers.start_paper(by=lead, case=case)

    decision = actions.propose_decision(
        by=lead,
        case=case,
        option="Parent-led groups (EPEC)",
        reason="It has good evidence, parents want it, and it is the one we can staff. Incredible Years has stronger "
        "evidence, but we could not train enough practitioners in time.",
        decided_on=today(),
        review_on=today() + timedelta(days=365),
    )
    actions.move_decision(
        by=people["helen"],
        decision=decision,
        to=State.CONFIRMED,
        words="Agreed. Please start in two hubs first.",
    )
    library.load_starter_editions(by=champion)


def _write(case: Case, by: User, lines: tuple[story.Line, ...], found: dict[str, StoredFinding]) -> None:
    for line in lines:
        actions.write_sentence(
            by=by,
            case=case,
            text=line.text,
            section=line.section,
            rests_on=[found[key] for key in line.rests_on],
            judgement_by=line.judgement_by,
        )


def _case_entered_at_review(people: dict[str, User]) -> None:
    """A second case that starts at the end: a service that exists, and the question whether to go on."""
    lead = people["priya"]
    case = actions.start_case(
        by=lead,
        title=story.REVIEW_TITLE,
        question=story.REVIEW_QUESTION,
        started_in=Stage.REVIEW,
        made_up_figures=True,
    )
    actions.share_case(by=lead, case=case, user=people["tom"], role="contributor")
    reading = library.add_reading(by=lead, case=case, slug="friends-led-by-project-officers")
    actions.write_sentence(
        by=lead,
        case=case,
        text="The trial in English primary schools found no gain in attainment or anxiety.",
        section="what-works",
        rests_on=[reading],
    )
