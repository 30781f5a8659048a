"""A practice example: who else has done this, as a person here tells it; and that account as a finding."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from wherewithal.analyse.library.dates import FactDate
from wherewithal.analyse.library.entry_finding import as_sentence, look_again
from wherewithal.analyse.library.reading import years_in_words
from wherewithal.analyse.library.register import registers
from wherewithal.plain_english import listed
from wherewithal.thread import Finding, Input, Lane, Method, Source, fingerprint_of

NOT_TOLD = "What came of it is not told."


@dataclass(frozen=True)
class Example:
    """What a place or service did. ``told_by`` is the person whose account it is, and who added it here.

    ``programmes`` are names; ``contact`` is a post or a shared address, "" where its holder has not agreed to be
    asked; ``link`` leads to the account, where it is published.
    """

    slug: str
    title: str
    place: str
    done: str
    told_by: str
    happened: str = ""
    programmes: tuple[str, ...] = ()
    topics: str = ""
    ages: str = ""
    year: int | None = None
    contact: str = ""
    link: str = ""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


METHOD = Method("practice example", "1")


def example_subject(slug: str) -> str:
    """The subject under which an account follows its earlier wordings on the thread."""
    return f"library:example:{slug}"


def example_finding(example: Example, *, today: date) -> Finding:
    """What a place did and what came of it, as a colleague tells it: in the lane of judgement, never of research.

    Whom to ask stays on the example's page and out of the finding: papers travel further than consent does.
    """
    when = f" ({example.year})" if example.year else ""
    outcome = f"What came of it: {as_sentence(example.happened)}" if example.happened else NOT_TOLD
    named = f" Programmes: {listed(example.programmes)}." if example.programmes else ""
    facts = {
        "Place": example.place,
        "Year": str(example.year or ""),
        "What was done": example.done,
        "What came of it": example.happened or "not told",
        "Programmes": listed(example.programmes),
    }
    told = {name: text for name, text in example.as_dict().items() if name not in ("slug", "contact", "link")}
    interval = registers()["practice-examples"].review_interval_years
    return Finding(
        lane=Lane.JUDGEMENT,
        subject=example_subject(example.slug),
        title=example.title,
        statement=f"{example.place}{when}: {as_sentence(example.done)}{named} {outcome}",
        method=METHOD,
        inputs=(Input(f"Practice example: {example.title}", fingerprint_of(told)),),
        sources=(
            Source(
                key=f"example:{example.slug}",
                title=f"{example.title}, told by {example.told_by}",
                url=example.link,
                edition=str(example.year or ""),
            ),
        ),
        found_on=today,
        judged_by=example.told_by,
        look_again=look_again(FactDate(example.year) if example.year else None, interval, today),
        facts={name: text for name, text in facts.items() if text},
        cautions=tuple(_cautions(example, interval, today)),
        link=f"/library/examples/{example.slug}/",
    )


def _cautions(example: Example, interval: int, today: date) -> list[str]:
    found = [
        "An account of one place, not an evaluation: it cannot show that what was done was the reason for the result."
    ]
    if not example.happened:
        found.append(NOT_TOLD)
    if example.year is None:
        found.append("When it was is not told.")
    elif (years := today.year - example.year) >= interval:
        found.append(f"It was {years_in_words(years)} ago: services change.")
    return found
