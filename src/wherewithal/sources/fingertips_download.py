"""Fingertips asked: its types of area and profiles, and its figures as the export that a person downloads.

The addresses are those of its own code (ukhsa-collaboration/fingertips-open, MIT) and of ropensci/fingertipsR. Types of
area change with every change of boundaries and their numbers mean nothing, so what a person calls a type ("counties and
unitary authorities") is looked up among those that the service has figures for, and the newest of that name is taken.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from wherewithal.errors import NothingThere
from wherewithal.sources.answers import Answer
from wherewithal.sources.catalogue import FINGERTIPS
from wherewithal.sources.client import Client
from wherewithal.sources.content import Unreadable, json_in, refuse_empty, refuse_web_page
from wherewithal.sources.files import read_text
from wherewithal.sources.fingertips import Export, export_of

SERVICE = FINGERTIPS
ENGLAND = "england"
LARGEST = 200 * 1024 * 1024
"""Bytes of one export: a whole profile is many indicators in one file."""

_SAME = (
    (r"&", " and "),
    (r"\buas?\b|\bunitary authority\b", "unitary authorities"),
    (r"\bcounty\b", "counties"),
    (r"\bdistrict\b", "districts"),
    (r"\bupper tier (local )?authorit(y|ies)\b|\butlas?\b", "counties and unitary authorities"),
    (r"\blower tier (local )?authorit(y|ies)\b|\bltlas?\b", "districts and unitary authorities"),
)
_DATED = re.compile(r"\(.*?\)")


@dataclass(frozen=True)
class AreaType:
    """One type of area as the service numbers it now, with the types that it can be held against."""

    number: int
    name: str
    parents: tuple[tuple[int, str], ...]

    @property
    def england(self) -> int | None:
        """The number of England among its parents."""
        return next((number for number, name in self.parents if name.strip().lower() == ENGLAND), None)


@dataclass(frozen=True)
class Profile:
    """One profile: a set of indicators under one name."""

    number: int
    name: str
    key: str


def area_types(client: Client, profile: int | None = None) -> list[AreaType]:
    """Every type of area that the service, or one profile of it, has, with what each lies in. Raises SourceFailed."""
    only = [] if profile is None else [("profile_id", str(profile))]
    found, _ = client.get(SERVICE, "/area_types/parent_area_types", only, read=_objects)
    return [
        AreaType(
            int(each["Id"]),
            str(each.get("Name") or each.get("Short") or each["Id"]),
            tuple((int(one["Id"]), str(one.get("Name", ""))) for one in each.get("ParentAreaTypes") or ()),
        )
        for each in found
    ]


def types_with(indicator: int, client: Client) -> set[int]:
    """The types of area for which the service has figures of an indicator. Raises SourceFailed."""
    found, _ = client.get(SERVICE, "/available_data", [("indicator_id", str(indicator))], read=_objects)
    return {
        int(each["AreaTypeId"])
        for each in found
        if int(each.get("IndicatorId", indicator)) == indicator and each.get("AreaTypeId") is not None
    }


def profiles(client: Client) -> list[Profile]:
    """Every profile. Raises SourceFailed."""
    found, _ = client.get(SERVICE, "/profiles", read=_objects)
    return [Profile(int(each["Id"]), str(each.get("Name", "")), str(each.get("Key", ""))) for each in found]


def area_type_called(
    wanted: str, types: Sequence[AreaType], having: Collection[int] | None = None
) -> AreaType:
    """The type of area that somebody means by a name or a number; the newest where several bear the name.

    ``having`` are the types that there are figures for. Raises NothingThere naming those that can be asked for.
    """
    possible = [each for each in types if having is None or each.number in having]
    if wanted.strip().isdigit():
        named = [each for each in possible if each.number == int(wanted)]
    else:
        same = [each for each in possible if _plain(each.name) == _plain(wanted)]
        words = set(_plain(wanted).split())
        named = same or [each for each in possible if words and words <= set(_plain(each.name).split())]
    if not named:
        there_but = "" if having is None else " that it has these figures for"
        raise NothingThere(
            f"Fingertips has no type of area called '{wanted}'{there_but}.",
            [each.name for each in possible],
        )
    return max(named, key=lambda each: (*_since(each.name), each.number))


def profile_called(wanted: str, every: Sequence[Profile]) -> Profile:
    """The profile of that name, key or number. Raises NothingThere naming the nearest."""
    plain = wanted.strip().lower()
    for each in every:
        if plain in (each.name.lower(), each.key.lower(), str(each.number)):
            return each
    words = plain.split()
    near = [each for each in every if words and all(word in each.name.lower() for word in words)]
    if len(near) == 1:
        return near[0]
    raise NothingThere(
        f"Fingertips has {'several profiles' if near else 'no profile'} called '{wanted}'.",
        [each.name for each in (near or every)][:20],
    )


def _plain(name: str) -> str:
    """A name of a type without its dates, in one way of writing."""
    plain = _DATED.sub(" ", name.lower())
    for pattern, same in _SAME:
        plain = re.sub(pattern, same, plain)
    return " ".join(re.sub(r"[^a-z ]", " ", plain).split())


def _since(name: str) -> tuple[int, int]:
    """How new a type is by the dates in its name: one that goes on before one that ended, then the later year."""
    dated = " ".join(_DATED.findall(name)).lower()
    years = [int(year) for year in re.findall(r"\b(20\d\d)\b", dated)]
    years += [2000 + int(year) for year in re.findall(r"\b\d{1,2}/(\d\d)\b", dated)]
    ended = bool(re.search(r"\b(pre|until|to|before)\b", dated)) or len(years) > 1
    return (0 if ended else 1, max(years, default=0))


def download(
    indicator: int, area_type: int, *, client: Client, parent_area_type: int | None = None
) -> tuple[bytes, Export]:
    """The export of one indicator for one type of area, as it came and as it is read. Area types change with
    boundaries, so neither has a usual value; England's own number is asked of the service where no parent is named.
    Raises SourceFailed, NothingThere for a type that the service does not have, and BadInput as ``read_export`` does.
    """
    parent = parent_area_type
    if parent is None:
        parent = england_of(area_type_called(str(area_type), area_types(client)))
    data, _ = exported("indicator", indicator, area_type, parent, client=client)
    return data, export_of(read_text(data, name=f"fingertips-{indicator}-{area_type}.csv"))


def england_of(kind: AreaType) -> int:
    """The number of England as a parent of a type. Raises NothingThere where it has no such parent."""
    if kind.england is None:
        raise NothingThere(
            f"Fingertips does not hold {kind.name} against England.", [name for _, name in kind.parents]
        )
    return kind.england


def exported(what: str, number: int, area_type: int, parent: int, *, client: Client) -> tuple[bytes, Answer]:
    """The export of an "indicator" or a "profile" as it came, with its address. Raises SourceFailed."""
    named = "indicator_ids" if what == "indicator" else "profile_id"
    return client.get(
        SERVICE,
        f"/all_data/csv/by_{what}_id",
        [
            (named, str(number)),
            ("child_area_type_id", str(area_type)),
            ("parent_area_type_id", str(parent)),
            ("include_sortable_time_periods", "yes"),
        ],
        read=_csv_in,
        accept="text/csv",
        largest=LARGEST,
    )


def _csv_in(body: bytes) -> bytes:
    refuse_empty(body)
    refuse_web_page(body)
    if not body.lstrip(b"\xef\xbb\xbf").startswith(b"Indicator ID"):
        raise Unreadable("other form", "a file that does not begin with 'Indicator ID'")
    return body


def _objects(body: bytes) -> list[dict[str, Any]]:
    """A list of objects, each with a number."""
    found = json_in(body)
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise Unreadable("other form", "JSON that is no list")
    for each in found:
        _number_in(each)
    return found


def _number_in(each: dict[str, Any]) -> None:
    if not any(str(each.get(key, "")).isdigit() for key in ("Id", "AreaTypeId")):
        raise Unreadable("other form", "a list of other things than were asked for")
