"""Pairs of forms compared field by field: for each field and pair, which outcome of the table of weights."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cpdist

from wherewithal.analyse.reviews.records.deduplication.candidates import Pairs
from wherewithal.analyse.reviews.records.deduplication.columns import Columns
from wherewithal.analyse.reviews.records.deduplication.comparable import Form
from wherewithal.analyse.reviews.records.deduplication.places import journals_agree
from wherewithal.analyse.reviews.records.deduplication.title_comparison import compared
from wherewithal.analyse.reviews.records.deduplication.weights import Field, weights

Outcomes = Mapping[str, NDArray[np.int8]]
"""For each field of the table an outcome a pair."""


def compare(columns: Columns, pairs: Pairs) -> Outcomes:
    """The outcome of every field of the table for every pair."""
    one, other = pairs[:, 0], pairs[:, 1]
    return {
        "title": _titles(columns, one, other),
        "numbers": _numbers(columns, one, other),
        "authors": _authors(columns, one, other),
        "year": _years(columns, one, other),
        "journal": _journals(columns, one, other),
        **_places(columns, one, other),
        "doi": _dois(columns, one, other),
        "pmid": _plain("pmid", columns.pmid, one, other),
        "abstract": _abstracts(columns, one, other),
    }


Places = NDArray[np.int64]


def _field(name: str) -> Field:
    return weights().fields[name]


def _plain(name: str, codes: NDArray[np.int64], one: Places, other: Places) -> NDArray[np.int8]:
    field = _field(name)
    left, right = codes[one], codes[other]
    found = np.where(left == right, field.number("same"), field.number("different"))
    return np.where((left > 0) & (right > 0), found, 0).astype(np.int8)


def possible(columns: Columns, pairs: Pairs) -> Pairs:
    """The pairs that can reach the weight from which a person is asked, told from what is quick to compare.

    Each step adds what it knows and takes the rest for the best that could be.
    """
    fields = weights().fields

    def best(name: str, *outcomes: str) -> float:
        bits = fields[name].bits
        return float(
            max(bits[fields[name].number(outcome)] for outcome in outcomes) if outcomes else bits.max()
        )

    one, other = pairs[:, 0], pairs[:, 1]
    most = np.full(len(pairs), best("title") + best("authors") + best("journal"))
    most += fields["year"].bits[_years(columns, one, other)]
    for name, codes in (("volume", columns.volume), ("issue", columns.issue), ("pmid", columns.pmid)):
        most += fields[name].bits[_plain(name, codes, one, other)]
    most += np.maximum(fields["doi"].bits[_plain("doi", columns.doi, one, other)], best("doi", "elsewhere"))
    same_page = columns.first_page[one] == columns.first_page[other]
    most += np.where(
        (columns.first_page[one] > 0) & (columns.first_page[other] > 0),
        np.where(same_page, best("pages"), best("pages", "same_first")),
        0,
    )
    # Volume, issue and pages may have moved on by a column: then they agree where they seem to differ.
    moved = (columns.volume[one] == 0) != (columns.volume[other] == 0)
    most += np.where(moved, best("volume") + best("issue") + 7, 0)
    most += np.where(columns.has_abstract[one] & columns.has_abstract[other], best("abstract"), 0)

    kept = np.flatnonzero(most >= weights().ask)
    one, other, most = one[kept], other[kept], most[kept]
    left, right = [columns.closed[place] for place in one], [columns.closed[place] for place in other]
    ratios = _ratios(left, right, fuzz.ratio)
    inside = np.array([_inside(first, second) for first, second in zip(left, right, strict=True)], dtype=bool)
    title = np.select(
        [columns.title[one] == columns.title[other], ratios >= 80,
         columns.has_forms[one] | columns.has_forms[other], inside | (ratios >= 60)],
        [best("title"), best("title", "near_long"), best("title", "form"), best("title", "contained")],
        best("title", "different"),
    )  # fmt: skip
    most += np.where((columns.title[one] > 0) & (columns.title[other] > 0), title, 0) - best("title")

    kept = kept[most >= weights().ask]
    most = most[most >= weights().ask]
    authors = fields["authors"].bits[_authors(columns, pairs[kept, 0], pairs[kept, 1])]
    return pairs[kept[most + authors - best("authors") >= weights().ask]]


def _inside(one: str, other: str) -> bool:
    """Whether one title, without its spaces, begins or ends with the other."""
    short, long = (one, other) if len(one) < len(other) else (other, one)
    return long.startswith(short) or long.endswith(short)


def _titles(columns: Columns, one: Places, other: Places) -> NDArray[np.int8]:
    number = _field("title").number
    left, right = columns.title[one], columns.title[other]
    length = np.minimum(columns.length[one], columns.length[other])
    generic = columns.generic[one] & columns.generic[other]
    same = np.select(
        [generic, length >= 6, length >= 3],
        [number("same_generic"), number("same_long"), number("same_medium")],
        number("same_short"),
    )
    found = np.where(left == right, same, number("different"))
    found = np.where((left > 0) & (right > 0), found, 0).astype(np.int8)
    unlike = np.flatnonzero((left != right) & (left > 0) & (right > 0))
    closed, forms = columns.closed, columns.forms
    ratios = _ratios(
        [closed[place] for place in one[unlike]], [closed[place] for place in other[unlike]], fuzz.ratio
    )
    for place, ratio in zip(unlike.tolist(), (ratios / 100).tolist(), strict=True):
        first, second = int(one[place]), int(other[place])
        said = compared(forms[first].title, forms[second].title, ratio)
        if said == "near":
            said = "near_long" if length[place] >= 5 else "near_short"
            if generic[place]:
                said = "same_generic"
        elif (forms[first].other_titles or forms[second].other_titles) and _one_form_agrees(
            forms[first], forms[second]
        ):
            said = "form"
        elif generic[place] or (columns.generic[first] != columns.generic[second] and said == "contained"):
            said = "reworded"
        found[place] = number(said)
    return found


def _one_form_agrees(one: Form, other: Form) -> bool:
    return any(
        fuzz.ratio(left, right) > 90
        for left in (one.title, *one.other_titles)
        for right in (other.title, *other.other_titles)
    )


def _numbers(columns: Columns, one: Places, other: Places) -> NDArray[np.int8]:
    number = _field("numbers").number
    left, right = columns.number_code[one], columns.number_code[other]
    found = np.full(len(one), number("same"), dtype=np.int8)
    for place in np.flatnonzero(
        (left != right) & (columns.title[one] > 0) & (columns.title[other] > 0)
    ).tolist():
        first, second = set(columns.numbers[one[place]]), set(columns.numbers[other[place]])
        found[place] = number("different" if first - second and second - first else "more")
    return found


def _authors(columns: Columns, one: Places, other: Places) -> NDArray[np.int8]:
    number = _field("authors").number
    outcomes = {
        name: number(name)
        for name in ("same_many", "same_few", "most", "first", "some", "different", "same_team")
    }
    found = np.zeros(len(one), dtype=np.int8)
    people, forms = columns.people, columns.forms
    for place, (first, second) in enumerate(zip(one.tolist(), other.tolist(), strict=True)):
        left, right = people[first], people[second]
        if left and right:
            found[place] = outcomes[_people_compared(left, right, forms[first], forms[second])]
    return found


def _people_compared(left: frozenset[str], right: frozenset[str], one: Form, other: Form) -> str:
    shared = len(left & right)
    fewest = min(len(left), len(right))
    if shared >= 0.8 * fewest:
        if shared >= 3:
            return "same_team" if _one_team(one.authors, other.authors) else "same_many"
        return "same_few" if max(len(one.authors), len(other.authors)) <= 3 or shared > 1 else "first"
    if fewest <= 40:
        # Misspelt or damaged names: "mulazimo lu" and "mulazimoglu".
        rest = right - left
        shared += sum(
            1
            for name in left - right
            if any(name[0] == each[0] and JaroWinkler.similarity(name, each) > 0.88 for each in rest)
        )
    if shared >= 0.75 * fewest:
        return "same_many" if shared >= 3 else "same_few"
    if shared >= 0.5 * fewest:
        return "most"
    # Given names taken for family names in one of the two: "Wang, Xiaoguang" and "Xiaoguang, Wang".
    turned = max(len(left.intersection(other.given_names)), len(right.intersection(one.given_names)))
    if turned + shared >= max(2, 0.8 * fewest):
        return "most"
    first, second = one.authors[0], other.authors[0]
    if set(first.split()) & set(second.split()) or JaroWinkler.similarity(first, second) > 0.9:
        return "first"
    # Names in two scripts cannot be compared.
    return "some" if shared or first.isascii() != second.isascii() else "different"


def _one_team(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one list of authors begins with the other, of five names or more: some exports stop after a few."""
    length = min(len(one), len(other))
    return length >= 5 and one[:length] == other[:length]


def _years(columns: Columns, one: Places, other: Places) -> NDArray[np.int8]:
    number = _field("year").number
    left, right = columns.year[one], columns.year[other]
    apart = np.abs(left - right)
    found = np.select(
        [apart == 0, apart == 1, apart == 2],
        [number("same"), number("one"), number("two")],
        number("different"),
    )
    return np.where((left > 0) & (right > 0), found, 0).astype(np.int8)


def _journals(columns: Columns, one: Places, other: Places) -> NDArray[np.int8]:
    field = _field("journal")
    outcomes = (field.number("different"), field.number("perhaps"), field.number("same"))
    left, right = columns.journal[one], columns.journal[other]
    found = np.where((left == right) & (left > 0), outcomes[2], 0).astype(np.int8)
    forms = columns.forms
    for place in np.flatnonzero((left != right) & (left > 0) & (right > 0)).tolist():
        names = sorted((forms[one[place]].journal, forms[other[place]].journal))
        found[place] = outcomes[journals_agree(names[0], names[1])]
    return found


def _places(columns: Columns, one: Places, other: Places) -> dict[str, NDArray[np.int8]]:
    """Volume, issue and pages. Some exports move them on by one column where the volume is missing: the issue
    then holds the volume and the page the issue.
    """
    found = {
        "volume": _plain("volume", columns.volume, one, other),
        "issue": _plain("issue", columns.issue, one, other),
        "pages": _pages(columns, one, other),
    }
    for moved, right in ((one, other), (other, one)):
        suspects = np.flatnonzero(
            (columns.volume[moved] == 0)
            & (columns.issue[moved] > 0)
            & (columns.first_page[moved] > 0)
            & (columns.volume[right] > 0)
        )
        for place in suspects.tolist():
            said, meant = columns.forms[moved[place]], columns.forms[right[place]]
            if (said.issue, said.first_page) == (meant.volume, meant.issue):
                found["volume"][place] = _field("volume").number("same")
                found["issue"][place] = _field("issue").number("same")
                found["pages"][place] = 0
    return found


def _pages(columns: Columns, one: Places, other: Places) -> NDArray[np.int8]:
    number = _field("pages").number
    first, second = columns.first_page[one], columns.first_page[other]
    last, final = columns.last_page[one], columns.last_page[other]
    same_last = (last == final) & (last > 0)
    equal = np.select(
        [columns.low_page[one] & ~same_last, same_last & columns.spans[one], same_last],
        [number("same_low"), number("same_span"), number("same")],
        number("same_first"),
    )
    found = np.where(first == second, equal, number("different"))
    found = np.where((first > 0) & (second > 0), found, 0).astype(np.int8)
    for place in np.flatnonzero((first != second) & (first > 0) & (second > 0)).tolist():
        said = _pages_compared(columns.forms[one[place]], columns.forms[other[place]])
        found[place] = number(said)
    return found


def _pages_compared(one: Form, other: Form) -> str:
    left, right = one.first_page, other.first_page
    left_digits, right_digits = (page.lstrip("abcdefghijklmnopqrstuvwxyz").rstrip("abcdefghijklmnopqrstuvwxyz")
                                 for page in (left, right))  # fmt: skip
    if left_digits and left_digits == right_digits and (left.isdecimal() or right.isdecimal()):
        return "same_first" if len(left_digits) > 2 else "same_low"
    if one.last_page and one.last_page == other.last_page and len(one.last_page) > 2:
        return "perhaps"
    # Pages counted within the article ("1-9"), or an article's number, beside pages of the volume.
    if "1" in (left, right) or (left.isdecimal() != right.isdecimal() and "e" in (left[0], right[0])):
        return "perhaps"
    return "different"


def _dois(columns: Columns, one: Places, other: Places) -> NDArray[np.int8]:
    number = _field("doi").number
    found = _plain("doi", columns.doi, one, other)
    elsewhere = (found == number("different")) & (columns.archived[one] != columns.archived[other])
    return np.where(elsewhere, number("elsewhere"), found).astype(np.int8)


def _abstracts(columns: Columns, one: Places, other: Places) -> NDArray[np.int8]:
    number = _field("abstract").number
    found = np.zeros(len(one), dtype=np.int8)
    both = np.flatnonzero(columns.has_abstract[one] & columns.has_abstract[other])
    left = [columns.forms[place].abstract for place in one[both].tolist()]
    right = [columns.forms[place].abstract for place in other[both].tolist()]
    cut = [min(len(first), len(second)) for first, second in zip(left, right, strict=True)]
    left = [text[:end] for text, end in zip(left, cut, strict=True)]
    right = [text[:end] for text, end in zip(right, cut, strict=True)]
    ratios = _ratios(left, right, fuzz.ratio)
    found[both] = np.select(
        [ratios >= 85, ratios >= 62], [number("same"), number("similar")], number("different")
    )
    return found


def _ratios(left: list[str], right: list[str], scorer: Callable[..., float]) -> NDArray[np.float64]:
    if not left:
        return np.empty(0)
    return np.asarray(cpdist(left, right, scorer=scorer, workers=1), dtype=np.float64)
