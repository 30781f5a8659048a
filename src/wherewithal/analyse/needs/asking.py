"""Services asked for figures: what is wanted of which, and the answer read into the shape that a file is read into.

    question = Question("fingertips", "90284", area_type="counties and unitary authorities")
    with Client() as client:
        for arrival in answers(question, client=client):
            arrival.address, arrival.frame

A question is plain values, so that it can wait for a worker. What cannot be reached is said with the way by hand, which
gives the same figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from wherewithal.analyse.needs.arrival import Arrival, Given, explore_education_arrival, read_all
from wherewithal.analyse.needs.dfe import Children
from wherewithal.errors import BadInput, NothingThere, Problem
from wherewithal.plain_english import listed, long_date
from wherewithal.sources import explore_education_query, fingertips_download, nomis_query
from wherewithal.sources.catalogue import EXPLORE_EDUCATION, FINGERTIPS, NOMIS
from wherewithal.sources.client import Client
from wherewithal.sources.service import Service

UPPER_TIER = "counties and unitary authorities"
"""What councils with children's services are called among Fingertips' types of area, whatever its number of today."""

MOST_INDICATORS = 20
"""So many indicators at most are asked for in one question: the service is asked for each by itself."""

ASKED: Mapping[str, Service] = {service.key: service for service in (FINGERTIPS, EXPLORE_EDUCATION, NOMIS)}
"""The services that figures can be asked of, by key."""

BY_HAND: Mapping[str, str] = {
    FINGERTIPS.key: "On another computer open fingertips.phe.org.uk, choose the indicator and your type of area, then "
    "‘Download’ and ‘CSV file’ with all periods and England; bring the file in here.",
    EXPLORE_EDUCATION.key: "On another computer open explore-education-statistics.service.gov.uk, find the data set in "
    "the data catalogue, choose ‘Download data set (ZIP)’, and bring in the CSV file that is in it.",
    NOMIS.key: "On another computer open nomisweb.co.uk, choose the data set, areas and dates, download it as a data "
    "file (CSV) with names and codes, and bring the file in here.",
}
"""How a person gets the same figures without this machine reaching the service."""

Progress = Callable[[int, int | None, str], None]
"""Called with how much was fetched, of how much where that is known, and what is being done."""


@dataclass(frozen=True)
class Question:
    """What is wanted of a service.

    ``wanted`` names it in the service's own way: for Fingertips numbers of indicators or the name of a profile, for
    Explore Education Statistics a data set, for Nomis the address of a query. ``area_type`` is Fingertips' alone;
    ``indicators``, ``since`` and ``until`` are for data sets.
    """

    service: str
    wanted: str
    area_type: str = ""
    indicators: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Question:
        known = {each.name for each in fields(cls)}
        given = {key: value for key, value in kept.items() if key in known}
        return cls(**{**given, "indicators": tuple(given.get("indicators") or ())})

    @property
    def source(self) -> Service:
        """The service asked. Raises NothingThere for one that gives no figures."""
        if self.service not in ASKED:
            raise NothingThere(f"Figures cannot be asked of '{self.service}'.", list(ASKED))
        return ASKED[self.service]

    @property
    def words(self) -> str:
        """What was asked, for a list of what was asked."""
        said = [f"{self.source.name}: {self.wanted}"]
        if self.area_type:
            said.append(f"for {self.area_type}")
        if self.indicators:
            said.append(f"only {listed(self.indicators, 'and')}")
        if self.since or self.until:
            said.append(f"{self.since or 'the first year'} to {self.until or 'the last'}")
        return ", ".join(said)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The indicators named by number; none where a profile is named."""
        parts = [part for part in re.split(r"[\s,;]+", self.wanted.strip()) if part]
        return tuple(int(part) for part in dict.fromkeys(parts)) if all(p.isdigit() for p in parts) else ()


def checked(question: Question) -> Question:
    """The question, where it could be asked at all. Raises BadInput and NothingThere for one that could not."""
    if question.source is NOMIS:
        nomis_query.query_of(question.wanted)
    elif question.source is EXPLORE_EDUCATION:
        explore_education_query.data_set_id(question.wanted)
    elif not question.wanted.strip() or len(question.numbers) > MOST_INDICATORS:
        raise BadInput(
            "Fingertips is asked for indicators or for a profile.",
            [
                Problem(
                    "what is wanted",
                    f"{len(question.numbers)} indicators" if question.numbers else "nothing",
                    f"1 to {MOST_INDICATORS} numbers of indicators, such as 90284, or the name of a profile",
                    "Look the numbers up on the Fingertips page of the indicator.",
                )
            ],
        )
    return question


def answers(
    question: Question,
    *,
    client: Client,
    children: Children | None = None,
    progress: Progress = lambda _done, _total, _words: None,
) -> tuple[Arrival, ...]:
    """What a service gives to a question, each file of it ready to be kept, with the address that gave it.

    ``children`` are what rates of children are divided by, as in ``read_all``. Raises SourceFailed where the service
    does not answer, NothingThere where it does not have what is asked for, naming what it has, and BadInput.
    """
    checked(question)
    if question.source is NOMIS:
        return _of_nomis(question, client, progress)
    if question.source is EXPLORE_EDUCATION:
        return _of_education(question, client, children or {}, progress)
    return _of_fingertips(question, client, progress)


def _of_fingertips(question: Question, client: Client, progress: Progress) -> tuple[Arrival, ...]:
    called = question.area_type or UPPER_TIER
    if not question.numbers:
        progress(0, None, "asking Fingertips for its profiles and types of area")
        wanted = fingertips_download.profile_called(question.wanted, fingertips_download.profiles(client))
        types = fingertips_download.area_types(client, wanted.number)
        kind = fingertips_download.area_type_called(called, types)
        progress(0, 1, f"fetching the profile {wanted.name}")
        return (_exported("profile", wanted.number, wanted.name, kind, client),)
    progress(0, None, "asking Fingertips for its types of area")
    types = fingertips_download.area_types(client)
    found = []
    for place, number in enumerate(question.numbers):
        progress(place, len(question.numbers), f"fetching indicator {number}")
        kind = fingertips_download.area_type_called(
            called, types, fingertips_download.types_with(number, client)
        )
        found.append(_exported("indicator", number, str(number), kind, client))
    return tuple(found)


def _exported(
    what: str, number: int, called: str, kind: fingertips_download.AreaType, client: Client
) -> Arrival:
    content, answer = fingertips_download.exported(
        what, number, kind.number, fingertips_download.england_of(kind), client=client
    )
    name = f"Fingertips {what} {called}, {kind.name}.csv"
    (arrival,) = read_all([Given(name, content)]).arrivals
    return replace(arrival, address=answer.address)


def _of_education(
    question: Question, client: Client, children: Children, progress: Progress
) -> tuple[Arrival, ...]:
    progress(0, None, "asking what the data set holds")
    found = explore_education_query.ask(
        question.wanted,
        client=client,
        indicators=question.indicators,
        since=question.since,
        until=question.until,
        progress=lambda done, total: progress(done, total, "fetching rows"),
    )
    arrival = explore_education_arrival(found.data_set, children, found.title)
    edition = [
        f"Version {found.version} of the data set" if found.version else "",
        f"published on {_day(found.published)}" if found.published else "",
    ]
    words = ", ".join(filter(None, edition))
    return (
        replace(
            arrival,
            name=found.title,
            address=found.address,
            said=(*([f"{words[:1].upper()}{words[1:]}."] if words else []), *arrival.said),
        ),
    )


def _day(text: str) -> str:
    """A day as people write it; as the service wrote it where it is none."""
    try:
        return long_date(date.fromisoformat(text))
    except ValueError:
        return text


def _of_nomis(question: Question, client: Client, progress: Progress) -> tuple[Arrival, ...]:
    progress(0, None, "asking Nomis")
    found = nomis_query.ask(
        nomis_query.query_of(question.wanted),
        client=client,
        progress=lambda done, total: progress(done, total, "fetching rows"),
    )
    (arrival,) = read_all([Given(f"{found.title}.csv", found.content)]).arrivals
    return (replace(arrival, address=found.address),)
