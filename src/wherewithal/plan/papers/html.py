"""A paper as a web page: a fragment of plain semantic HTML, and a file of its own that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape as _escape
from importlib import resources

from wherewithal.plain_english import long_date
from wherewithal.plan.papers import words
from wherewithal.plan.papers.model import Note, Paper, Section, Sentence, Table
from wherewithal.thread import Lane, Support

_SHAPES = {
    Lane.RESEARCH: ("R", '<circle cx="12" cy="12" r="10.5"/>'),
    Lane.LOCAL_DATA: ("L", '<rect x="1.5" y="1.5" width="21" height="21" rx="2"/>'),
    Lane.VOICE: ("V", '<path d="M12 1.5A10.5 10.5 0 1 1 12 22.5H1.5V12A10.5 10.5 0 0 1 12 1.5Z"/>'),
    Lane.JUDGEMENT: ("J", '<path d="M12 .8 23.2 12 12 23.2.8 12Z"/>'),
    Lane.MONEY: ("£", '<rect x="1.5" y="1.5" width="21" height="21" rx="7"/>'),
    None: ("?", '<rect x="1.5" y="1.5" width="21" height="21" stroke-dasharray="3 2.5"/>'),
}


def document(paper: Paper) -> str:
    """A complete HTML file: its own style, no scripts, nothing fetched. Same paper, same bytes."""
    title = _text(words.file_title(paper))
    style = (resources.files("wherewithal.plan.papers") / "paper.css").read_text(encoding="utf-8")
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="generator" content="Wherewithal">\n<title>{title}</title>\n<style>\n{style}</style>\n'
        f"</head>\n<body>\n{_notice(paper)}<main>\n{_head(paper)}{fragment(paper)}</main>\n</body>\n</html>\n"
    )


def fragment(paper: Paper) -> str:
    """The parts, what is not known, and the sources, with headings from level 2."""
    blocks = []
    for part in paper.parts:
        blocks.append(f'<section class="paper-part" aria-labelledby="{_id(part.case)}">\n')
        blocks.append(f'<h2 id="{_id(part.case)}">{_text(part.title)}</h2>\n')
        blocks.append(f'<p class="paper-asks">{_text(part.asks)}</p>\n')
        blocks.extend(_section(section) for section in part.sections)
        blocks.append("</section>\n")
    blocks.append(_unknown(paper.unknown))
    blocks.append(_sources(paper.notes))
    return "".join(blocks)


def mark(lane: Lane | None) -> str:
    """The lane's shape with its letter, to be read with the word beside it; dashed where there is nothing."""
    letter, shape = _SHAPES[lane]
    return (
        '<svg class="paper-mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">'
        f'{shape}<text x="12" y="16.2" text-anchor="middle">{letter}</text></svg>'
    )


def _text(text: str) -> str:
    return _escape(words.printable(text))


def _id(key: str) -> str:
    return _text(f"paper-{key}".replace(" ", "-"))


def _notice(paper: Paper) -> str:
    return f'<p class="paper-made-up" role="note">{_text(paper.made_up)}</p>\n' if paper.made_up else ""


def _head(paper: Paper) -> str:
    lines = [*paper.meta, ("As it stood on", long_date(paper.written_on))]
    meta = "".join(f"<div><dt>{_text(name)}</dt><dd>{_text(value)}</dd></div>\n" for name, value in lines)
    return (
        f'<header class="paper-head">\n<p class="paper-kind">{_text(paper.kind)}</p>\n'
        f"<h1>{_text(paper.title)}</h1>\n"
        f'<p class="paper-question">{_text(paper.question)}</p>\n<dl class="paper-meta">\n{meta}</dl>\n'
        f'<p class="paper-key">{_text(words.HOW_TO_READ)}</p>\n</header>\n'
    )


def _section(section: Section) -> str:
    body = "".join(_sentence(sentence) for sentence in section.sentences)
    body += "".join(_table(table) for table in section.tables)
    if section.is_empty:
        body = f'<p class="paper-empty">Nothing written yet. {_text(section.prompt)}</p>\n'
    return f'<h3 id="{_id(section.key)}">{_text(section.title)}</h3>\n{body}'


def _sentence(sentence: Sentence) -> str:
    cites = " ".join(
        f'<a class="paper-cite" href="#{_id(f"source-{note.number}")}" '
        f'aria-label="Source {note.number}, {_text(words.LANES[note.lane].lower())}">'
        f"[{note.number} {_text(words.LANES[note.lane].lower())}]</a>"
        for note in sentence.notes
    )
    if standing := words.standing(sentence):
        cites = f'<span class="paper-cite">[{_text(standing)}]</span>'
    lanes: list[Lane | None] = list(dict.fromkeys(note.lane for note in sentence.notes))
    if not lanes:
        lanes = [Lane.JUDGEMENT if sentence.support is Support.JUDGEMENT else None]
    changes = "".join(
        f'<p class="paper-changed">{_text(line)}</p>\n' for line in words.change_words(sentence)
    )
    marks = "".join(mark(lane) for lane in lanes)
    return (
        f'<div class="paper-sentence"><span class="paper-marks">{marks}</span>\n'
        f"<p>{_text(sentence.text)} {cites}</p>\n{changes}</div>\n"
    )


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{_text(cell)}</th>' if cell else "<td></td>" for cell in table.header)
    rows = "".join(
        f'<tr><th scope="row">{_text(row[0])}</th>'
        + "".join(
            f'<td data-label="{_text(name)}">{_cell(cell)}</td>'
            for name, cell in zip(table.header[1:], row[1:], strict=True)
        )
        + "</tr>\n"
        for row in table.rows
    )
    below = "".join(f'<p class="paper-below">{_text(line)}</p>\n' for line in table.below)
    return (
        f'<table class="paper-table">\n<caption>{_text(table.title)}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{rows}</tbody>\n</table>\n{below}"
    )


def _cell(text: str) -> str:
    """The first line as it is, any further lines quieter."""
    first, *more = text.split("\n")
    return _text(first) + "".join(f'<span class="paper-quiet">{_text(line)}</span>' for line in more)


def _unknown(lines: Iterable[str]) -> str:
    items = "".join(f"<li>{_text(line)}</li>\n" for line in lines)
    body = f"<ul>\n{items}</ul>\n" if items else "<p>Nothing that this paper knows of.</p>\n"
    return (
        '<section class="paper-part" aria-labelledby="paper-unknown">\n'
        f'<h2 id="paper-unknown">What is not known</h2>\n{body}</section>\n'
    )


def _sources(notes: Iterable[Note]) -> str:
    items = "".join(_note(note) for note in notes)
    body = (
        f'<ol class="paper-sources">\n{items}</ol>\n' if items else "<p>No sentence cites a source yet.</p>\n"
    )
    return (
        '<section class="paper-part" aria-labelledby="paper-sources">\n'
        f'<h2 id="paper-sources">Sources</h2>\n{body}</section>\n'
    )


def _note(note: Note) -> str:
    finding = note.finding
    band = f' <strong class="paper-band">{_text(words.band_words(note))}</strong>' if finding.band else ""
    sources = []
    for source in finding.sources:
        title = _text(words.source_words(source))
        address = words.web_address(source)
        sources.append(
            f'<a href="{_text(address)}" rel="noopener noreferrer">{title}</a>' if address else title
        )
    details = "".join(f"<p>{_text(line)}</p>\n" for line in words.detail_words(note))
    careful = "".join(f'<p class="paper-careful">{_text(line)}</p>\n' for line in words.careful_words(note))
    return (
        f'<li id="{_id(f"source-{note.number}")}" value="{note.number}">\n'
        f'<p>{mark(note.lane)} <b class="paper-lane">{_text(words.LANES[note.lane])}.</b> '
        f"{_text(finding.title)}{band}</p>\n"
        f"{details}{careful}"
        + (f"<p>From: {'; '.join(sources)}.</p>\n" if sources else "")
        + f'<p class="paper-trail">{_text(words.trail_words(note))}</p>\n</li>\n'
    )
