"""How a paper says what its sentences rest on: the same words in every format."""

from __future__ import annotations

import re

from wherewithal.plain_english import long_date, number
from wherewithal.plan.papers.model import Note, Paper, Sentence
from wherewithal.thread import Lane, Source, Support

LANES = {
    Lane.RESEARCH: "Research",
    Lane.LOCAL_DATA: "Local data",
    Lane.VOICE: "Families' voice",
    Lane.JUDGEMENT: "Judgement",
    Lane.MONEY: "Money",
}
NOTHING_YET = "nothing yet behind this"
HOW_TO_READ = (
    "The number after a sentence names what it rests on, listed under Sources with where to look. The word "
    "beside it says what kind of ground that is: research, local data, families' voice, judgement or money."
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def printable(text: str) -> str:
    """The text without the control characters that no document format can hold."""
    return _CONTROL.sub("", text)


def standing(sentence: Sentence) -> str:
    """What a sentence without numbered notes rests on, in words; empty where it has notes."""
    if sentence.support is Support.JUDGEMENT:
        return f"judgement: {sentence.judgement_by}"
    return NOTHING_YET if sentence.support is Support.NOTHING_YET else ""


def change_words(sentence: Sentence) -> list[str]:
    """What has changed under a sentence, each with its day."""
    return [f"Changed {long_date(change.on)}: {change.words}" for change in sentence.changes]


def band_words(note: Note) -> str:
    return f"{note.finding.band[:1].upper()}{note.finding.band[1:]}"


def figure_words(note: Note) -> str:
    """The value with its unit and range, where there is one and the statement does not give it already."""
    finding = note.finding
    if finding.value is None or finding.interval is None or finding.lane is Lane.MONEY:
        return ""
    places = 0 if finding.value == round(finding.value) else 1
    value, low, high = (
        number(each, places) for each in (finding.value, finding.interval.low, finding.interval.high)
    )
    if all(each in finding.statement for each in (value, low, high)):
        return ""
    unit = "%" if finding.unit.strip() in ("%", "per cent") else f" {finding.unit}" if finding.unit else ""
    return f"{value}{unit} ({finding.interval.kind} {low} to {high})"


def fact_words(note: Note) -> str:
    """The facts that neither the statement nor the band gives already. Money's stand in the paper's tables."""
    finding = note.finding
    if finding.lane is Lane.MONEY:
        return ""
    return "; ".join(
        f"{name}: {value}"
        for name, value in finding.facts.items()
        if value not in finding.statement and value != finding.band
    )


def detail_words(note: Note) -> list[str]:
    """What the finding says: its statement, its figure and its facts, each where there is one."""
    return [line for line in (note.finding.statement, figure_words(note), fact_words(note)) if line]


def careful_words(note: Note) -> list[str]:
    """What a careful reader should know of the finding."""
    lines = [f"Careful: {caution}" for caution in note.finding.cautions]
    return [*lines, "Made-up figures."] if note.finding.made_up else lines


def trail_words(note: Note) -> str:
    """When the finding was made, by whom, and when it should be looked at again."""
    finding = note.finding
    parts = [f"Found {long_date(finding.found_on)}"]
    if finding.judged_by:
        parts.append(f"judged by {finding.judged_by}")
    if finding.look_again:
        parts.append(f"look again on {long_date(finding.look_again)}")
    return f"{', '.join(parts)}. Method: {finding.method.name}, version {finding.method.version}."


def source_words(source: Source) -> str:
    """A source without its address: title, edition and licence."""
    return ", ".join(part for part in (source.title, source.edition, source.licence) if part)


def web_address(source: Source) -> str:
    """The address if it is one that a reader can safely follow, else nothing."""
    return source.url if source.url.startswith(("https://", "http://")) else ""


def file_title(paper: Paper) -> str:
    return f"{paper.kind}: {paper.title}"
