"""Every address as every kind of person. A new address without a row here fails.

The world is the demo's: its case, its library, its figures. ``WHO`` names the people; ``ADDRESSES`` says for
each address with what to fill it and which of the rules below holds for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from wherewithal.analyse.reviews.extraction.given import Given
from wherewithal.analyse.reviews.extraction.plan import Plan
from wherewithal.analyse.reviews.extraction.study import Instrument, Outcome, Place
from wherewithal.sources.work import Work
from wherewithal_web.analyse.library import actions as library
from wherewithal_web.analyse.library.models import PracticeExample, StoredEdition, Study
from wherewithal_web.analyse.reviews import actions as reviews
from wherewithal_web.analyse.reviews import queries as review_queries
from wherewithal_web.analyse.reviews.models import Record, StudyAppraisal
from wherewithal_web.cases import queries
from wherewithal_web.cases.models import Case, Decision, Sentence
from wherewithal_web.demo import story
from wherewithal_web.demo.load import load_demo
from wherewithal_web.do.delivery.models import OutcomeMeasure
from wherewithal_web.people.actions import add_organisation, add_person
from wherewithal_web.people.models import User
from wherewithal_web.plan.options.models import Option

pytestmark = pytest.mark.django_db

# --- The rules: what GET answers to each kind of person -------------------------------------------------

WHO = (
    "nobody",
    "outsider",
    "curator",
    "parent",
    "viewer",
    "approver",
    "contributor",
    "lead",
    "administrator",
)
"""The curator belongs to another organisation and is not on the case; the administrator contributes to it."""

ALL_IN = dict.fromkeys(WHO[1:], 200)
OPEN = {"nobody": 200, **ALL_IN}
SIGNED_IN = {"nobody": 302, **ALL_IN}
CURATE = {**dict.fromkeys(WHO, 403), "nobody": 302, "curator": 200, "administrator": 200}
MANAGE = {**dict.fromkeys(WHO, 403), "nobody": 302, "administrator": 200}
START = SIGNED_IN
ON_CASE = {**SIGNED_IN, "outsider": 404, "curator": 404, "parent": 404}
CASE_ITSELF = {**ON_CASE, "parent": 200}
CONTRIBUTE = {**ON_CASE, "viewer": 403, "approver": 403}
LEAD = {**CONTRIBUTE, "contributor": 403, "administrator": 403}
TELL = {**CURATE, "contributor": 200, "lead": 200}
TOLD = {**CURATE, "contributor": 200}
"""What the contributor told is changed by them, or by whoever keeps the library."""
NO_SEARCH_WAITS = {**dict.fromkeys(WHO, 404), "nobody": 302, "viewer": 403, "approver": 403}
NOTHING_CHOSEN = {**dict.fromkeys(WHO, 404), "nobody": 302}
NOTHING_WAITS = {**CURATE, "curator": 404, "administrator": 404}
NOT_THERE = {"nobody": 302, **dict.fromkeys(WHO[1:], 404)}
"""The demo has none of it; who may open one is tested in its room."""
ONLY_POST = {"nobody": 302, **dict.fromkeys(WHO[1:], 405)}
ANY = None
"""Not looked at here: an address of allauth that answers in its own way."""


@dataclass(frozen=True)
class World:
    """What the addresses need to be filled with."""

    case: Case
    decision: Decision
    sentence: Sentence
    change: str
    record: Record
    kept_record: Record
    appraisal: StudyAppraisal
    option: Option
    measure: OutcomeMeasure
    edition: StoredEdition
    example: PracticeExample
    study: Study
    person: User

    @property
    def slug(self) -> str:
        return self.case.slug


Filled = Callable[[World], dict[str, object]]
NOTHING: Filled = lambda world: {}  # noqa: E731
CASE: Filled = lambda world: {"slug": world.slug}  # noqa: E731
SENTENCE: Filled = lambda world: {"slug": world.slug, "pk": world.sentence.pk}  # noqa: E731
DECISION: Filled = lambda world: {"slug": world.slug, "pk": world.decision.pk}  # noqa: E731
RECORD: Filled = lambda world: {"slug": world.slug, "pk": world.record.pk}  # noqa: E731
PAIR: Filled = lambda world: {"slug": world.slug, "one": world.record.pk, "other": world.kept_record.pk}  # noqa: E731
PUT_TOGETHER: Filled = lambda world: {"slug": world.slug, "key": "behaviour"}  # noqa: E731
REVIEWED: Filled = lambda world: {"slug": world.slug, "number": 1}  # noqa: E731
KEPT_RECORD: Filled = lambda world: {"slug": world.slug, "pk": world.kept_record.pk}  # noqa: E731
APPRAISAL: Filled = lambda world: {  # noqa: E731
    "slug": world.slug,
    "study": world.appraisal.study.number,
    "number": world.appraisal.number,
}
OPTION: Filled = lambda world: {"slug": world.slug, "key": world.option.key}  # noqa: E731
PERSON: Filled = lambda world: {"pk": world.person.pk}  # noqa: E731
AREA: Filled = lambda world: {"area": story.AREA_CODE}  # noqa: E731
INDICATOR: Filled = lambda world: {"area": story.AREA_CODE, "indicator": "990001"}  # noqa: E731
EXAMPLE: Filled = lambda world: {"slug": world.example.slug}  # noqa: E731
STUDY: Filled = lambda world: {"slug": world.study.slug}  # noqa: E731
EDITION: Filled = lambda world: {"key": world.edition.register, "day": str(world.edition.date)}  # noqa: E731


def also(filled: Filled, **more: object) -> Filled:
    return lambda world: {**filled(world), **more}


def measured(world: World, **more: object) -> dict[str, object]:
    return {"slug": world.slug, "key": world.measure.key, **more}


ADDRESSES: dict[str, tuple[Filled, dict[str, int] | None]] = {
    "account_login": (NOTHING, ANY),
    "account_logout": (NOTHING, ANY),
    "accessibility": (NOTHING, OPEN),
    "health": (NOTHING, OPEN),
    "cases:home": (NOTHING, SIGNED_IN),
    "cases:start": (NOTHING, START),
    "cases:source_changed": (NOTHING, CURATE),
    "cases:case": (CASE, CASE_ITSELF),
    "cases:change": (CASE, LEAD),
    "cases:history": (CASE, ON_CASE),
    "cases:handover": (CASE, ON_CASE),
    "cases:download": (CASE, ON_CASE),
    "cases:stage": (also(CASE, stage="plan"), ON_CASE),
    "cases:share": (CASE, LEAD),
    "cases:unshare": (also(CASE, pk=1), ONLY_POST),
    "cases:write": (CASE, CONTRIBUTE),
    "cases:reword": (SENTENCE, CONTRIBUTE),
    "cases:remove": (SENTENCE, ONLY_POST),
    "cases:move": (SENTENCE, ONLY_POST),
    "cases:changes": (lambda world: {**SENTENCE(world), "key": world.change}, CONTRIBUTE),
    "cases:judgement": (CASE, CONTRIBUTE),
    "cases:voice": (CASE, CONTRIBUTE),
    "cases:propose": (CASE, LEAD),
    "cases:decision": (DECISION, ON_CASE),
    "cases:move_decision": (DECISION, ONLY_POST),
    "people:people": (NOTHING, SIGNED_IN),
    "people:add_person": (NOTHING, MANAGE),
    "people:add_organisation": (NOTHING, MANAGE),
    "people:password": (PERSON, MANAGE),
    "people:close": (PERSON, ONLY_POST),
    "library:home": (NOTHING, SIGNED_IN),
    "library:saved": (NOTHING, SIGNED_IN),
    "library:save_search": (NOTHING, ONLY_POST),
    "library:saved_seen": (also(NOTHING, pk=1), ONLY_POST),
    "library:saved_rename": (also(NOTHING, pk=1), ONLY_POST),
    "library:saved_delete": (also(NOTHING, pk=1), ONLY_POST),
    "library:rules": (NOTHING, SIGNED_IN),
    "library:programme": (also(NOTHING, slug="paths-elementary"), SIGNED_IN),
    "library:add": (also(NOTHING, slug="paths-elementary"), ONLY_POST),
    "library:add_disagreement": (also(NOTHING, slug="paths-elementary"), ONLY_POST),
    "library:compare": (NOTHING, SIGNED_IN),
    "library:compare_csv": (NOTHING, NOTHING_CHOSEN),
    "library:compare_docx": (NOTHING, NOTHING_CHOSEN),
    "library:where_to_look": (NOTHING, SIGNED_IN),
    "library:list": (also(NOTHING, key="nice-guidelines"), SIGNED_IN),
    "library:entry": (also(NOTHING, key="nice-guidelines", slug="ng76"), SIGNED_IN),
    "library:add_entry": (also(NOTHING, key="nice-guidelines", slug="ng76"), ONLY_POST),
    "library:examples": (NOTHING, SIGNED_IN),
    "library:example": (EXAMPLE, SIGNED_IN),
    "library:example_new": (NOTHING, TELL),
    "library:example_edit": (EXAMPLE, TOLD),
    "library:example_remove": (EXAMPLE, TOLD),
    "library:add_example": (EXAMPLE, ONLY_POST),
    "library:studies": (NOTHING, SIGNED_IN),
    "library:study": (STUDY, SIGNED_IN),
    "library:study_new": (NOTHING, TELL),
    "library:study_edit": (STUDY, TOLD),
    "library:study_remove": (STUDY, ONLY_POST),
    "library:add_study": (STUDY, ONLY_POST),
    "library:registers": (NOTHING, SIGNED_IN),
    "library:recheck": (NOTHING, SIGNED_IN),
    "library:check": (NOTHING, ONLY_POST),
    "library:ask_notices": (NOTHING, ONLY_POST),
    "library:bring_in": (NOTHING, CURATE),
    "library:look": (also(NOTHING, pk=1), {**CURATE, "curator": 404, "administrator": 404}),
    "library:register": (lambda world: {"key": world.edition.register}, SIGNED_IN),
    "library:edition": (EDITION, SIGNED_IN),
    "library:edition_difference": (lambda world: {"key": world.edition.register}, SIGNED_IN),
    "library:edition_csv": (EDITION, SIGNED_IN),
    "reviews:home": (CASE, ON_CASE),
    "reviews:bring_in": (CASE, CONTRIBUTE),
    "reviews:columns": (also(CASE, pk=1), NO_SEARCH_WAITS),
    "reviews:drop_search": (also(CASE, pk=1), ONLY_POST),
    "reviews:living": (CASE, ON_CASE),
    "reviews:add_living": (CASE, CONTRIBUTE),
    "reviews:living_csv": (CASE, ON_CASE),
    "reviews:change_living": (also(CASE, number=1), CONTRIBUTE),
    "reviews:run_living": (also(CASE, number=1), ONLY_POST),
    "reviews:turn_living": (also(CASE, number=1, to="pause"), ONLY_POST),
    "reviews:next": (CASE, ANY),
    "reviews:next_full_text": (CASE, ANY),
    "reviews:protocol": (CASE, ON_CASE),
    "reviews:write_protocol": (CASE, CONTRIBUTE),
    "reviews:differ": (CASE, ON_CASE),
    "reviews:settle": (RECORD, ONLY_POST),
    "reviews:studies": (CASE, ON_CASE),
    "reviews:make_studies": (CASE, ONLY_POST),
    "reviews:extracted_csv": (CASE, ON_CASE),
    "reviews:extracted_json": (CASE, ON_CASE),
    "reviews:plan": (CASE, ON_CASE),
    "reviews:write_plan": (CASE, CONTRIBUTE),
    "reviews:plan_outcome": (CASE, CONTRIBUTE),
    "reviews:plan_outcome_change": (also(CASE, key="behaviour"), CONTRIBUTE),
    "reviews:plan_instrument": (CASE, CONTRIBUTE),
    "reviews:plan_instrument_change": (also(CASE, key="ecbi"), CONTRIBUTE),
    "reviews:study": (REVIEWED, ON_CASE),
    "reviews:join_study": (REVIEWED, ONLY_POST),
    "reviews:take_apart": (REVIEWED, ONLY_POST),
    "reviews:study_arms": (REVIEWED, CONTRIBUTE),
    "reviews:answer": (also(REVIEWED, section=1), CONTRIBUTE),
    "reviews:find_numbers": (REVIEWED, ONLY_POST),
    "reviews:text_numbers": (REVIEWED, ON_CASE),
    "reviews:reconcile": (REVIEWED, ON_CASE),
    "reviews:paste": (REVIEWED, CONTRIBUTE),
    "reviews:new_result": (REVIEWED, CONTRIBUTE),
    "reviews:result": (also(REVIEWED, result=1), ON_CASE),
    "reviews:keep_in_spite": (also(REVIEWED, result=1), ONLY_POST),
    "reviews:withdraw": (also(REVIEWED, result=1), ONLY_POST),
    "reviews:stopping": (CASE, ON_CASE),
    "reviews:account": (CASE, ON_CASE),
    "reviews:flow_file": (also(CASE, ending="docx"), ON_CASE),
    "reviews:ask_again": (CASE, ONLY_POST),
    "reviews:folder": (CASE, ON_CASE),
    "reviews:log_csv": (CASE, ON_CASE),
    "reviews:rankings_csv": (CASE, ON_CASE),
    "reviews:searches_csv": (CASE, ON_CASE),
    "reviews:outcomes": (CASE, ON_CASE),
    "reviews:findings_file": (also(CASE, ending="docx"), ON_CASE),
    "reviews:across_csv": (also(CASE, name="directions"), NOTHING_CHOSEN),
    "reviews:outcome": (PUT_TOGETHER, ON_CASE),
    "reviews:outcome_csv": (also(PUT_TOGETHER, name="forest"), ON_CASE),
    "reviews:outcome_svg": (also(PUT_TOGETHER, name="forest"), ON_CASE),
    "reviews:outcome_file": (also(PUT_TOGETHER, ending="zip"), ON_CASE),
    "reviews:network": (PUT_TOGETHER, ON_CASE),
    "reviews:network_file": (also(PUT_TOGETHER, ending="zip"), ON_CASE),
    "reviews:network_chart": (also(PUT_TOGETHER, name="drawing", ending="svg"), ON_CASE),
    "reviews:match_arms": (PUT_TOGETHER, CONTRIBUTE),
    "reviews:settle_network": (PUT_TOGETHER, CONTRIBUTE),
    "reviews:add_network": (PUT_TOGETHER, ONLY_POST),
    "reviews:settle_outcome": (PUT_TOGETHER, CONTRIBUTE),
    "reviews:judge_certainty": (PUT_TOGETHER, CONTRIBUTE),
    "reviews:add_outcome": (PUT_TOGETHER, ONLY_POST),
    "reviews:narrative": (PUT_TOGETHER, ON_CASE),
    "reviews:narrative_file": (also(PUT_TOGETHER, ending="docx"), ON_CASE),
    "reviews:narrative_csv": (also(PUT_TOGETHER, name="harvest"), ON_CASE),
    "reviews:settle_narrative": (PUT_TOGETHER, CONTRIBUTE),
    "reviews:write_report": (PUT_TOGETHER, CONTRIBUTE),
    "reviews:judge_narrative": (PUT_TOGETHER, CONTRIBUTE),
    "reviews:describe_direction": (also(PUT_TOGETHER, number=1), ANY),
    "reviews:add_narrative": (PUT_TOGETHER, ONLY_POST),
    "reviews:alike": (CASE, ON_CASE),
    "reviews:describe_area": (CASE, CONTRIBUTE),
    "reviews:alike_csv": (CASE, NOTHING_CHOSEN),
    "reviews:alike_chart_csv": (PUT_TOGETHER, NOTHING_CHOSEN),
    "reviews:judge_likeness": (also(CASE, number=1), ANY),
    "reviews:add_alike": (CASE, ONLY_POST),
    "reviews:duplicates": (CASE, ON_CASE),
    "reviews:next_pair": (CASE, ANY),
    "reviews:look_again": (CASE, ONLY_POST),
    "reviews:duplicate_pair": (PAIR, ON_CASE),
    "reviews:duplicate_group": (RECORD, ON_CASE),
    "reviews:take_out_of_group": (RECORD, ONLY_POST),
    "reviews:take_group_apart": (RECORD, ONLY_POST),
    "reviews:compare": (RECORD, ANY),
    "reviews:duplicates_csv": (CASE, ON_CASE),
    "reviews:rulings_csv": (CASE, ON_CASE),
    "reviews:appraisals": (CASE, ON_CASE),
    "reviews:appraisals_csv": (also(CASE, instrument="rob-2"), NOTHING_CHOSEN),
    "reviews:appraisal": (APPRAISAL, ON_CASE),
    "reviews:appraise": (also(APPRAISAL, domain="missing"), CONTRIBUTE),
    "reviews:judge_appraisal": (APPRAISAL, ONLY_POST),
    "reviews:settle_appraisal": (APPRAISAL, ONLY_POST),
    "reviews:begin_check": (CASE, ONLY_POST),
    "reviews:decide_to_stop": (CASE, ONLY_POST),
    "reviews:remark": (RECORD, ONLY_POST),
    "reviews:full_text": (RECORD, ONLY_POST),
    "reviews:record_full_text": (KEPT_RECORD, ON_CASE),
    "reviews:earlier": (CASE, CONTRIBUTE),
    "reviews:use_earlier": (CASE, ONLY_POST),
    "reviews:withdraw_earlier": (also(CASE, pk=1), ONLY_POST),
    "reviews:attach_text": (KEPT_RECORD, ONLY_POST),
    "reviews:texts": (CASE, CONTRIBUTE),
    "reviews:place_texts": (CASE, ONLY_POST),
    "reviews:text_file": (also(CASE, pk=1), NOT_THERE),
    "reviews:remove_text": (also(CASE, pk=1), ONLY_POST),
    "reviews:add_screening": (CASE, ONLY_POST),
    "reviews:left_out": (CASE, ON_CASE),
    "reviews:left_out_csv": (CASE, ON_CASE),
    "reviews:kept_ris": (CASE, ON_CASE),
    "reviews:records": (CASE, ON_CASE),
    "reviews:record": (RECORD, ON_CASE),
    "reviews:add_record": (RECORD, ONLY_POST),
    "needs:home": (NOTHING, SIGNED_IN),
    "needs:columns": (
        also(NOTHING, pk=1),
        NOTHING_WAITS,
    ),
    "needs:pack": (AREA, SIGNED_IN),
    "needs:people": (AREA, SIGNED_IN),
    "needs:add_people": (AREA, ONLY_POST),
    "needs:add_parts": (INDICATOR, ONLY_POST),
    "needs:layout": (NOTHING, CURATE),
    "needs:profile_csv": (also(AREA, chart="rug"), SIGNED_IN),
    "needs:import": (NOTHING, CURATE),
    "needs:ask": (NOTHING, CURATE),
    "needs:area": (AREA, SIGNED_IN),
    "needs:neighbours": (AREA, CURATE),
    "needs:indicator": (INDICATOR, SIGNED_IN),
    "needs:add": (INDICATOR, ONLY_POST),
    "needs:chart_csv": (also(INDICATOR, chart="over-time"), SIGNED_IN),
    "options:compare": (CASE, ON_CASE),
    "options:add": (CASE, CONTRIBUTE),
    "options:years": (CASE, CONTRIBUTE),
    "options:assumptions": (CASE, ON_CASE),
    "options:run": (CASE, ONLY_POST),
    "options:spreadsheet": (CASE, ON_CASE),
    "options:option": (OPTION, ON_CASE),
    "options:change": (OPTION, CONTRIBUTE),
    "options:costs": (OPTION, CONTRIBUTE),
    "options:staff": (OPTION, CONTRIBUTE),
    "options:remove": (OPTION, CONTRIBUTE),
    "options:run_one": (OPTION, ONLY_POST),
    "papers:paper": (CASE, ON_CASE),
    "papers:start": (CASE, ONLY_POST),
    "papers:export": (also(CASE, ending="docx"), ONLY_POST),
    "delivery:delivery": (CASE, ON_CASE),
    "delivery:provider": (CASE, CONTRIBUTE),
    "delivery:add_measure": (CASE, CONTRIBUTE),
    "delivery:remove_measure": (measured, ONLY_POST),
    "delivery:record_reading": (partial(measured, kind="baseline"), CONTRIBUTE),
    "outcomes:outcomes": (CASE, ON_CASE),
    "outcomes:verdict": (CASE, LEAD),
    "outcomes:add_comparison": (lambda world: {"slug": world.slug, "measure": world.measure.key}, ONLY_POST),
}

# --- The check ------------------------------------------------------------------------------------------


def every_name(resolver: URLResolver | None = None, space: str = "") -> set[str]:
    found = set()
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            found.add(f"{space}{entry.name}")
        else:
            found |= every_name(entry, f"{entry.namespace}:" if entry.namespace else space)
    return found


def test_every_address_has_a_row() -> None:
    assert every_name() == set(ADDRESSES)


@pytest.fixture
def world(settings) -> tuple[World, dict[str, Client]]:
    settings.DEMO = True
    load_demo()
    case = Case.objects.get(title=story.TITLE)
    line = next(line for line in queries.lines_of(case) if line.drift)
    admin = User.objects.get(email="tom@northmoor.example")
    elsewhere = add_organisation(by=admin, name="Elsewhere", kind="council")

    def person(key: str, role: str) -> User:
        return add_person(
            by=admin,
            email=f"{key}@elsewhere.example",
            name=key,
            password="somebody-from-elsewhere",
            organisation=elsewhere,
            role=role,
        )

    accounts = {
        "outsider": person("outsider", "member"),
        "curator": person("curator", "champion"),
        "administrator": admin,
        **{
            who: User.objects.get(email=f"{key}@northmoor.example")
            for who, key in (
                ("parent", "leah"),
                ("viewer", "sam"),
                ("approver", "helen"),
                ("contributor", "ruth"),
                ("lead", "priya"),
            )
        },
    }
    _extract(case, accounts["contributor"])
    reviews.keep_living(
        by=accounts["contributor"], case=case, source="openalex", query="parenting groups", every=3
    )
    clients = {"nobody": Client()}
    for who, account in accounts.items():
        clients[who] = Client()
        clients[who].force_login(account, backend="wherewithal_web.people.sign_in.Backend")
    filled = World(
        case=case,
        decision=case.decisions.get(),
        sentence=line.sentence,
        change=line.drift[0].change.key,
        record=Record.objects.filter(file__case=case).first(),
        kept_record=Record.objects.filter(file__case=case, standings__outcome="include").first(),
        appraisal=reviews.begin_appraisal(
            by=accounts["lead"],
            study=case.studies.get(number=1),
            instrument_key="rob-2",
        ),
        option=Option.objects.filter(case=case).first(),
        measure=OutcomeMeasure.objects.get(case=case),
        edition=StoredEdition.objects.filter(register="foundations-guidebook").get(),
        example=library.add_example(by=accounts["contributor"], title="Groups", place="Here", done="Met."),
        study=library.add_study(by=accounts["contributor"], work=Work(title="A trial", year=2024)).study,
        person=person("somebody", "member"),
    )
    return filled, clients


def _extract(case: Case, by: User) -> None:
    """Studies of what was kept, with two arms and a result of each: two, so that they can be put together.

    The arms have three names, so that they make a network.
    """
    outcome, instrument = Outcome("behaviour", "Behaviour problems"), Instrument("ecbi", "behaviour", "ECBI")
    reviews.write_plan(by=by, case=case, plan=Plan(outcomes=(outcome,), instruments=(instrument,)))
    numbers = {"n1": 60, "m1": 118, "sd1": 30, "n2": 60, "m2": 130, "sd2": 30}
    for study in reviews.make_studies(by=by, case=case):
        ours = "Home visits" if study.number % 2 else "Groups"
        arms = [(None, ours, "programme", 60), (None, "Waiting list", "comparison", 60)]
        reviews.write_arms(by=by, study=study, arms=arms)
        read = reviews.add_comparison(by=by, study=study, instrument="ecbi", arm1=1, arm2=2)
        reviews.give_result(by=by, comparison=read, given=Given("means", numbers), place=Place("5"))
    named = review_queries.network_of(case, by, "behaviour").names
    nodes = {(study, arm.number): arm.name for each in named for study, _name, arm in each.arms}
    reviews.match_arms(by=by, case=case, outcome="behaviour", nodes=nodes)
    settled = review_queries.network_of(case, by, "behaviour").settings
    # No comparison is repeated, so nothing shows how much studies differ.
    reviews.settle_network(by=by, case=case, outcome="behaviour", settings=replace(settled, method="EE"))


def test_every_address_as_everybody(world: tuple[World, dict[str, Client]]) -> None:
    filled, clients = world
    wrong = []
    for name, (fill, rule) in ADDRESSES.items():
        if rule is ANY:
            continue
        address = reverse(name, kwargs=fill(filled))
        for who, expected in rule.items():
            response = clients[who].get(address)
            if response.status_code != expected:
                wrong.append(f"{name} as {who}: {response.status_code}, expected {expected}")
            if expected == 404 and filled.case.title in response.text:
                wrong.append(f"{name} as {who}: names the case")
    assert not wrong, "\n".join(wrong)


def test_nothing_is_changed_by_those_who_may_not(world: tuple[World, dict[str, Client]]) -> None:
    """What answers POST only: refused to those who see the case and may not change it, absent for the rest."""
    filled, clients = world
    wrong = []
    for name, (fill, rule) in ADDRESSES.items():
        if rule is not ONLY_POST:
            continue
        address = reverse(name, kwargs=fill(filled))
        of_the_case = "slug" in fill(filled) and not name.startswith("library:")
        for who in ("nobody", "outsider", "viewer"):
            status = clients[who].post(address, {"case": filled.slug}).status_code
            allowed = {
                "nobody": {302},
                "outsider": {404} if of_the_case else {403, 404, 422},
                "viewer": {200} if name == "papers:export" else {403, 404, 422},
            }
            if status not in allowed[who]:
                wrong.append(f"POST {name} as {who}: {status}, expected one of {allowed[who]}")
    assert not wrong, "\n".join(wrong)
