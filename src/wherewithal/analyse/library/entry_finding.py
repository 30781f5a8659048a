"""An entry of a list as a finding on the thread: a guide, a recommendation, a place to look, a practice example."""

from __future__ import annotations

from datetime import date

from wherewithal.analyse.library.ages import ages_in_words
from wherewithal.analyse.library.dates import FactDate, whole_years, years_on
from wherewithal.analyse.library.difference import Standing
from wherewithal.analyse.library.entry import Entry
from wherewithal.analyse.library.papers import paper_sources
from wherewithal.analyse.library.reading import years_in_words
from wherewithal.analyse.library.register import Register
from wherewithal.plain_english import listed
from wherewithal.thread import Finding, Input, Lane, Method, Source

METHOD = Method("library entry", "1")

_ADVICE = ("recommendation", "key principle")
_IN_FORCE = ("", "published", "current")


def entry_subject(register: str, slug: str) -> str:
    """The subject under which what an entry says follows one another on the thread. ``register`` is its key."""
    return f"library:entry:{register}:{slug}"


def entry_finding(register: Register, standing: Standing[Entry], *, today: date) -> Finding:
    """What an entry of the list ``register`` says today.

    Guidance and places to look are research; a practice example is the judgement of those who tell it. Where the
    list's licence lets us keep no words (NICE), it holds the reference, title, dates and link, and nothing else.
    """
    row = standing.row
    told, guidance = register.kind == "practice examples", register.kind == "guidance"
    papers = paper_sources((row.name, address) for address in (row.link, row.also_see))
    return Finding(
        lane=Lane.JUDGEMENT if told else Lane.RESEARCH,
        subject=entry_subject(register.key, row.slug),
        title=f"{row.title} ({row.reference})" if row.reference and guidance else row.title,
        statement=_statement(register, row),
        method=METHOD,
        inputs=(Input(f"{register.name}: {row.name}", standing.fingerprint),),
        sources=(
            Source(
                key=f"register:{register.key}",
                title=f"{register.name}: {row.name}",
                url=row.link,
                edition="; ".join(filter(None, (_dates(row), standing.edition.when))),
                licence=_known(row.licence) or register.licence,
            ),
            *papers,
        ),
        found_on=today,
        judged_by=(f"those who did it, in {row.place}" if row.place else "those who did it") if told else "",
        look_again=look_again(row.reviewed, register.review_interval_years, today),
        facts=_facts(register, standing),
        cautions=tuple(_cautions(register, standing, today)),
        link=f"/library/lists/{register.key}/{row.slug}/",
    )


def look_again(reviewed: FactDate | None, interval_years: int, today: date) -> date:
    """When what was reviewed then is due again, within three years; in one year where it is overdue or undated."""
    due = years_on(reviewed.latest, interval_years) if reviewed else today
    return min(due if due > today else years_on(today, 1), years_on(today, 3))


def _statement(register: Register, row: Entry) -> str:
    if register.facts_only:
        return " ".join([_lead(register, row), *_dated(row), "What it says is at its link."])
    parts = [_lead(register, row)]
    if row.says:
        parts.append(as_sentence(row.says))
    if row.strength:
        parts.append(f"Strength, in its own words: {row.strength}.")
    if row.programme_names:
        parts.append(f"Programmes named: {listed(row.programme_names)}.")
    if row.ages:
        parts.append(f"Ages: {ages_in_words(row.ages)}.")
    if register.kind == "practice examples":
        parts.append(
            f"What came of it: {as_sentence(row.happened)}"
            if row.happened
            else "What came of it is not told."
        )
    elif register.kind == "toolkits" and _known(row.access):
        parts.append(f"How to get in: {as_sentence(row.access)}")
    return " ".join([*parts, *_dated(row)])


def _lead(register: Register, row: Entry) -> str:
    """Who says it and what it is, in a sentence."""
    if row.type == "recommendation":
        return f"{_guide(register, row)} recommends: {as_sentence(row.title)}"
    if row.type == "key principle":
        return f"{_guide(register, row)} gives a key principle: {as_sentence(row.title)}"
    if register.kind == "guidance":
        reference = f" {row.reference}" if row.reference else ""
        return f"{register.name}, {row.type}{reference}: {as_sentence(row.title)}"
    if register.kind == "practice examples":
        return f"{row.place}: {as_sentence(row.title)}" if row.place else as_sentence(row.title)
    return f"{row.title} ({row.type})."


def _guide(register: Register, row: Entry) -> str:
    return f"{register.name}, in the guide “{row.part_of}”," if row.part_of else register.name


def _dates(row: Entry) -> str:
    said = [
        f"{word} {FactDate.parse(when).words}"
        for word, when in (("published", row.published), ("updated", row.updated))
        if when
    ]
    return "; ".join(said)


def _dated(row: Entry) -> list[str]:
    dates = _dates(row)
    return [f"{dates[:1].upper()}{dates[1:]}."] if dates else []


def _facts(register: Register, standing: Standing[Entry]) -> dict[str, str]:
    """What a newer finding is compared with. A list of which no words may be kept gives none."""
    row = standing.row
    words = {
        "Guide": row.part_of,
        "Says": row.says,
        "Strength": row.strength,
        "Programmes named": listed(row.programme_names),
        "Ages": row.ages,
        "What came of it": row.happened,
    }
    always = {
        "Reference": row.reference if register.kind == "guidance" else "",
        "Status": row.status,
        "Published": FactDate.parse(row.published).words if row.published else "",
        "Updated": FactDate.parse(row.updated).words if row.updated else "",
        "In the list": "no longer" if standing.withdrawn_in else "yes",
    }
    facts = always if register.facts_only else words | always
    return {name: text for name, text in facts.items() if text}


def _cautions(register: Register, standing: Standing[Entry], today: date) -> list[str]:
    row = standing.row
    found = []
    if standing.withdrawn_in:
        found.append("Our newest copy of the list no longer has it. That alone does not say why.")
    if row.status.casefold() not in _IN_FORCE:
        found.append(f"Its status: {as_sentence(row.status)}")
    if register.kind == "practice examples":
        found.append("An account by those who did it, not an evaluation.")
    if row.type in _ADVICE:
        found.append("It is about an approach: a programme of that kind still needs evidence of its own.")
        said = "how strong" in row.caveat.casefold() or "strength" in row.caveat.casefold()
        if not (row.strength or register.facts_only or said):
            found.append("Our copy does not show how strong the evidence behind it is.")
    if register.kind != "toolkits":
        found.extend(_age(register, row, today))
    if row.caveat:
        found.append(as_sentence(row.caveat))
    return found


def _age(register: Register, row: Entry, today: date) -> list[str]:
    if row.reviewed is None:
        return ["Our copy does not show its date."]
    years = whole_years(row.reviewed.latest, today)
    if years < register.review_interval_years:
        return []
    done = "last updated" if row.updated else "published"
    return [f"It was {done} {years_in_words(years)} ago ({row.reviewed.words})."]


def _known(text: str) -> str:
    """The text, but for a note that nobody found it."""
    return "" if text.casefold() == "not found" else text


def as_sentence(text: str) -> str:
    """The text with a full stop, where it does not end a sentence yet."""
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."
