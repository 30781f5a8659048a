"""Every page of the demo: accessible, readable at 320 pixels, quiet in the console, and there without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import assert_accessible, assert_no_sideways_scroll, follow, picture
from tests.browser.workbench import Workbench

CASE = "/cases/parenting-support-for-families-of-children-aged-3-to-8"

NETWORK = "/cases/ways-of-helping-people-to-stop-smoking"

REAL = "/cases/teachers-expectations-and-pupils-progress"

PAGES = {
    "home": "/",
    "start": "/cases/new/",
    "case": f"{CASE}/",
    "stage-analyse": f"{CASE}/analyse/",
    "stage-plan": f"{CASE}/plan/",
    "stage-do": f"{CASE}/do/",
    "stage-review": f"{CASE}/review/",
    "sentence": f"{CASE}/sentences/new/",
    "judgement": f"{CASE}/judgement/",
    "voice": f"{CASE}/voice/",
    "change-case": f"{CASE}/change/",
    "share": f"{CASE}/share/",
    "history": f"{CASE}/history/",
    "handover": f"{CASE}/handover/",
    "propose": f"{CASE}/decisions/new/",
    "library": "/library/",
    "library-search": "/library/?q=parenting",
    "library-filters": "/library/?q=behaviour&band=good&kind=programme&p=triple-p-online&p=paths-elementary",
    "library-respelt": "/library/?q=anxeity&sort=newest",
    "library-like": "/library/?like=programme:incredible-years-preschool",
    "library-for-a-case": "/library/?q=parenting&case=parenting-support-for-families-of-children-aged-3-to-8",
    "library-saved": "/library/saved/",
    "library-nothing-found": "/library/?q=zzzz",
    "rules": "/library/rules/",
    "programme": "/library/programmes/paths-elementary/",
    "programme-for-a-case": "/library/programmes/good-behaviour-game/?case="
    "parenting-support-for-families-of-children-aged-3-to-8",
    "where-to-look": "/library/where-to-look/",
    "guides": "/library/lists/practice-guides/",
    "guidelines": "/library/lists/nice-guidelines/",
    "guide": "/library/lists/practice-guides/kinship-care/",
    "guideline": "/library/lists/nice-guidelines/ng76/",
    "examples": "/library/examples/",
    "example-new": "/library/examples/new/",
    "studies": "/library/studies/",
    "study-new": "/library/studies/new/",
    "study-by-file": "/library/studies/new/?by=file",
    "study-by-hand": "/library/studies/new/?by=hand",
    "compare-none": "/library/compare/",
    "compare-one": "/library/compare/?p=paths-elementary",
    "compare-two": "/library/compare/?p=paths-elementary&p=good-behaviour-game",
    "compare-five": "/library/compare/?p=paths-elementary&p=good-behaviour-game&p=incredible-years-preschool"
    "&p=family-nurse-partnership&p=multisystemic-therapy",
    "registers": "/library/registers/",
    "register": "/library/registers/foundations-guidebook/",
    "edition": "/library/registers/eef-toolkit/2026-04-02/",
    "list-register": "/library/registers/nice-guidelines/",
    "list-edition": "/library/registers/nice-guidelines/2026-04-30/",
    "edition-difference": "/library/registers/eef-toolkit/difference/",
    "recheck": "/library/recheck/",
    "reviews": f"{CASE}/reviews/",
    "reviews-bring-in": f"{CASE}/reviews/bring-in/",
    "reviews-living": f"{CASE}/reviews/living/",
    "reviews-living-add": f"{CASE}/reviews/living/add/",
    "reviews-records": f"{CASE}/reviews/records/",
    "reviews-left-out": f"{CASE}/reviews/left-out/",
    "reviews-protocol": f"{CASE}/reviews/protocol/",
    "reviews-write-protocol": f"{CASE}/reviews/protocol/write/",
    "reviews-differ": f"{CASE}/reviews/differ/",
    "reviews-appraisals": f"{CASE}/reviews/appraisals/",
    "reviews-stopping": f"{CASE}/reviews/stopping/",
    "reviews-earlier": f"{CASE}/reviews/earlier/",
    "reviews-texts": f"{CASE}/reviews/texts/",
    "reviews-account": f"{CASE}/reviews/account/",
    "reviews-duplicates": f"{CASE}/reviews/duplicates/",
    "reviews-doubtful": f"{CASE}/reviews/duplicates/?show=doubtful",
    "extraction": f"{REAL}/reviews/studies/",
    "extraction-plan": f"{REAL}/reviews/studies/plan/",
    "extraction-form": f"{REAL}/reviews/studies/plan/form/",
    "extraction-outcome": f"{REAL}/reviews/studies/plan/outcomes/new/",
    "extraction-measure": f"{REAL}/reviews/studies/plan/measures/iq/",
    "extraction-study": f"{REAL}/reviews/studies/8/",
    "extraction-arms": f"{REAL}/reviews/studies/8/arms/",
    "extraction-answer": f"{REAL}/reviews/studies/8/form/1/",
    "extraction-new": f"{REAL}/reviews/studies/8/results/new/",
    "extraction-result": f"{REAL}/reviews/studies/8/results/1/",
    "extraction-numbers": f"{REAL}/reviews/studies/8/results/1/?form=difference",
    "extraction-paste": f"{REAL}/reviews/studies/8/paste/",
    "extraction-reconcile": f"{REAL}/reviews/studies/8/reconcile/",
    "extraction-none": f"{CASE}/reviews/studies/",
    "real-case": f"{REAL}/",
    "real-reviews": f"{REAL}/reviews/",
    "real-records": f"{REAL}/reviews/records/",
    "real-duplicates": f"{REAL}/reviews/duplicates/",
    "real-pair": f"{REAL}/reviews/duplicates/next/",
    "real-earlier": f"{REAL}/reviews/earlier/",
    "real-texts": f"{REAL}/reviews/texts/",
    "real-stopping": f"{REAL}/reviews/stopping/",
    "real-account": f"{REAL}/reviews/account/",
    "reviews-outcomes-none": f"{CASE}/reviews/outcomes/",
    "reviews-outcomes": f"{REAL}/reviews/outcomes/",
    "reviews-outcome": f"{REAL}/reviews/outcomes/iq/",
    "reviews-outcome-settings": f"{REAL}/reviews/outcomes/iq/settle/",
    "reviews-certainty": f"{REAL}/reviews/outcomes/iq/certainty/",
    "words": f"{REAL}/reviews/outcomes/iq/words/",
    "words-settings": f"{REAL}/reviews/outcomes/iq/words/settle/",
    "words-report": f"{REAL}/reviews/outcomes/iq/words/report/",
    "words-certainty": f"{REAL}/reviews/outcomes/iq/words/certainty/",
    "alike": f"{REAL}/reviews/alike/",
    "alike-area": f"{REAL}/reviews/alike/area/",
    "alike-study": f"{REAL}/reviews/alike/8/",
    "alike-none": f"{CASE}/reviews/alike/",
    "alike-area-first": f"{CASE}/reviews/alike/area/",
    "reviews-network": f"{NETWORK}/reviews/outcomes/stopping/network/",
    "reviews-network-arms": f"{NETWORK}/reviews/outcomes/stopping/network/arms/",
    "reviews-network-settings": f"{NETWORK}/reviews/outcomes/stopping/network/settle/",
    "reviews-network-none": f"{REAL}/reviews/outcomes/iq/network/",
    "reviews-network-case": f"{NETWORK}/",
    "real-appraisals": f"{REAL}/reviews/appraisals/",
    "appraisal-settled": f"{REAL}/reviews/appraisals/8/1/",
    "appraisal-alike": f"{REAL}/reviews/appraisals/10/1/",
    "appraisal-waiting": f"{REAL}/reviews/appraisals/15/1/",
    "appraisal-questions": f"{REAL}/reviews/appraisals/8/1/questions/measurement/",
    "real-paper": f"{REAL}/paper/",
    "area": "/area/",
    "area-northmoor": "/area/X06000001/",
    "area-worse-and-worsening": "/area/X06000001/?show=red",
    "indicator": "/area/X06000001/990001/",
    "area-people": "/area/X06000001/people/?indicator=990002",
    "area-people-counted": "/area/X06000001/people/?people=children+aged+3+and+4&number=5200&number_low=&number_high="
    "&number_source=the+register&need_name=with+behaviour+difficulties&need_value=5&need_low=4&need_high=6.5"
    "&need_source=a+survey&fit_value=&fit_low=&fit_high=&reach_value=30&reach_low=20&reach_high=45"
    "&complete_value=73&complete_low=&complete_high=&family=",
    "indicator-divided": "/area/X06000001/990002/",
    "options": f"{CASE}/options/",
    "options-assumptions": f"{CASE}/options/assumptions/",
    "options-years": f"{CASE}/options/years/",
    "options-new": f"{CASE}/options/new/",
    "option": f"{CASE}/options/parent-led-groups-epec/",
    "option-costs": f"{CASE}/options/parent-led-groups-epec/costs/",
    "option-staff": f"{CASE}/options/parent-led-groups-epec/staff/",
    "paper": f"{CASE}/paper/",
    "delivery": f"{CASE}/delivery/",
    "delivery-provider": f"{CASE}/delivery/provider/",
    "delivery-measure": f"{CASE}/delivery/measures/new/",
    "outcomes": f"{CASE}/outcomes/",
    "verdict": f"{CASE}/outcomes/verdict/",
    "people": "/people/",
    "accessibility": "/accessibility/",
}
CHAMPIONS_PAGES = {
    "registers-bring-in": "/library/registers/bring-in/",
    "recheck-champion": "/library/recheck/",
    "area-import": "/area/import/",
    "area-ask": "/area/ask/",
    "area-layout": "/area/layout/",
    "area-neighbours": "/area/X06000001/neighbours/",
    "source-changed": "/sources/changed/",
    "add-person": "/people/new/",
    "add-organisation": "/people/organisations/new/",
}


@pytest.fixture(params=[1280, 320], ids=["wide", "narrow"])
def width(request: pytest.FixtureRequest) -> int:
    return request.param


@pytest.fixture
def signed_in(new_page: Callable[..., Page], workbench: Workbench, width: int) -> Page:
    return workbench.sign_in(new_page(width=width))


def check(page: Page, name: str, width: int) -> None:
    expect(page.locator("h1")).to_have_count(1)
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    picture(page, f"{name}-{width}")


def test_every_page(signed_in: Page, workbench: Workbench, width: int) -> None:
    walk(signed_in, workbench, PAGES, width)


def test_every_page_of_the_champion(new_page: Callable[..., Page], workbench: Workbench, width: int) -> None:
    page = workbench.sign_in(new_page(width=width), "tom@northmoor.example")
    walk(page, workbench, CHAMPIONS_PAGES, width)


def walk(page: Page, workbench: Workbench, pages: dict[str, str], width: int) -> None:
    for name, path in pages.items():
        response = page.goto(workbench.address + path)
        assert response is not None
        assert response.status == 200, path
        check(page, name, width)


def test_signing_in(new_page: Callable[..., Page], workbench: Workbench, width: int) -> None:
    page = new_page(width=width)
    page.goto(f"{workbench.address}/")
    check(page, "sign-in", width)
    page.get_by_label("Email").fill("priya@northmoor.example")
    page.get_by_label("Password", exact=True).fill("not-the-password")
    follow(page.get_by_label("Password", exact=True), "Enter")
    page.get_by_role("heading", name="There is a problem").wait_for()
    check(page, "sign-in-error", width)


def test_the_decision_with_its_drift(signed_in: Page, workbench: Workbench, width: int) -> None:
    signed_in.goto(f"{workbench.address}{CASE}/")
    follow(signed_in.get_by_role("link", name="What it was decided on, and what has changed since"))
    expect(signed_in.get_by_role("heading", name="What it was decided on has changed since")).to_be_visible()
    check(signed_in, "decision", width)


def test_an_indicator(signed_in: Page, workbench: Workbench, width: int) -> None:
    signed_in.goto(f"{workbench.address}{CASE}/")
    follow(signed_in.get_by_role("link", name="Re-referrals to children's social care").first)
    assert signed_in.locator("figure svg:visible").count() >= 1
    check(signed_in, "indicator", width)


def test_what_changed_under_a_sentence(signed_in: Page, workbench: Workbench, width: int) -> None:
    signed_in.goto(f"{workbench.address}{CASE}/")
    follow(signed_in.get_by_role("link", name="Keep the sentence or say it anew").first)
    check(signed_in, "changes", width)


GATHERED = (
    "programme,registry,evidence_rating,cost_rating,age_range,targeting,outcome_domains,delivery,rating_date,uk,"
    "source_url,note\n"
    "Incredible Years Preschool (Basic),EIF/Foundations Guidebook,{rating},,,,,,2026-05,,https://register.example/iy,\n"
    "A made-up programme,Blueprints,promising,,,,,,,,https://register.example/made-up,\n"
)


@pytest.mark.parametrize(("name", "rating"), [("look", "3"), ("problems", "superb")])
def test_what_a_file_would_change(
    new_page: Callable[..., Page], workbench: Workbench, width: int, name: str, rating: str
) -> None:
    """Looked at and left: nothing of the demo is changed."""
    page = workbench.sign_in(new_page(width=width), "tom@northmoor.example")
    page.goto(f"{workbench.address}/library/registers/bring-in/")
    page.get_by_label("Which register is it a copy of?").select_option("*")
    page.get_by_label("The file").set_input_files(
        {"name": "gathered.csv", "mimeType": "text/csv", "buffer": GATHERED.format(rating=rating).encode()}
    )
    page.get_by_label("No, only some of its rows").check()
    follow(page.get_by_role("button", name="Show what it would change"))
    if name == "problems":
        page.get_by_role("heading", name="1 problem in the file").wait_for()
        check(page, "bring-in-problems", width)
        return
    page.get_by_role("heading", name="What this file would change").wait_for()
    expect(page.get_by_text("Our reading: was")).to_be_visible()
    check(page, "look", width)
    follow(page.get_by_role("button", name="Leave it").first)
    page.get_by_text("The file was left. Nothing was changed.").wait_for()


OWN_TABLE = (
    b'Paper,Writers,When,Where it was done\nSleep in schools,"Made, A",2001,Leeds\n'
    b'Food at home and what parents think of it,"Made, B",2002,Hull\n'
)


def test_which_column_is_which(signed_in: Page, workbench: Workbench, console, width: int) -> None:
    """Asked and left: nothing of the demo is changed."""
    signed_in.goto(f"{workbench.address}{CASE}/reviews/bring-in/")
    signed_in.get_by_label("The file").set_input_files(
        {"name": "own.csv", "mimeType": "text/csv", "buffer": OWN_TABLE}
    )
    follow(signed_in.get_by_role("button", name="Bring it in"))
    signed_in.get_by_role("heading", name="Which column is which?").wait_for()
    check(signed_in, "reviews-columns", width)
    signed_in.get_by_label("Title (needed)").select_option("No column")
    console.expect("400 ")
    follow(signed_in.get_by_role("button", name="Bring it in"), "Enter")
    signed_in.get_by_role("alert").get_by_role("link", name="Say which column holds the titles.").click()
    expect(signed_in.get_by_label("Title (needed)")).to_be_focused()
    check(signed_in, "reviews-columns-error", width)
    follow(signed_in.get_by_role("button", name="Take the file away again"))
    signed_in.get_by_text("own.csv was taken away. Nothing of it was brought in.").wait_for()


def test_a_form_sent_empty(signed_in: Page, workbench: Workbench, width: int) -> None:
    signed_in.goto(f"{workbench.address}{CASE}/sentences/new/")
    follow(signed_in.get_by_role("button", name="Save the sentence"))
    summary = signed_in.get_by_role("alert")
    summary.get_by_role("link", name="Write the sentence.").click()
    expect(signed_in.get_by_label("The sentence")).to_be_focused()
    check(signed_in, "sentence-error", width)


def test_a_page_that_is_not_there(signed_in: Page, workbench: Workbench, console, width: int) -> None:
    console.expect("404 ")
    signed_in.goto(f"{workbench.address}/cases/there-is-no-such-case/")
    check(signed_in, "not-found", width)
