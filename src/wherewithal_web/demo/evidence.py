"""What the demo case rests on: registers, made-up local figures, a search of studies, and what people said."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.resources import files

from wherewithal.sources.files import TextFile, read_text
from wherewithal.sources.fingertips import export_of
from wherewithal_web.analyse.library import actions as library
from wherewithal_web.analyse.needs import actions as needs
from wherewithal_web.cases import actions
from wherewithal_web.cases.models import Case, StoredFinding
from wherewithal_web.clock import today
from wherewithal_web.demo import story
from wherewithal_web.people.models import User

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
    found |= _figures(case, people)
    found |= _people_said(case, people)
    return found


def demo_file(*parts: str) -> TextFile:
    """A file that ships with the demo."""
    return read_text(files("wherewithal_web.demo").joinpath(*parts).read_bytes(), name=parts[-1])


def _figures(case: Case, people: dict[str, User]) -> dict[str, StoredFinding]:
    champion, analyst = people["tom"], people["ruth"]
    needs.import_file(by=champion, export=export_of(demo_file("figures", "northmoor.csv")), made_up=True)
    needs.set_neighbours(
        by=champion,
        area_code=story.AREA_CODE,
        neighbours=[f"X0600{number:04d}" for number in range(2, 12)],
        source="made up with the figures",
    )

    def add(indicator: str) -> StoredFinding:
        return needs.add_indicator_to_case(
            by=analyst, case=case, area_code=story.AREA_CODE, indicator_id=indicator
        )

    return {"behaviour": add(BEHAVIOUR), "re-referrals": add(REREFERRALS)}


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
