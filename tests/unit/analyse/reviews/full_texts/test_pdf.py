from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from tests.unit.analyse.reviews.full_texts.made_pdf import assembled, bomb, made_pdf
from wherewithal.analyse.reviews.full_texts import examine, read_words
from wherewithal.errors import BadInput


@pytest.fixture
def kept(tmp_path: Path):
    def at(content: bytes) -> Path:
        path = tmp_path / "text.pdf"
        path.write_bytes(content)
        return path

    return at


CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"


def locked(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made_pdf(["Secret"]))))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_pdf_says_its_pages_title_and_first_words(kept) -> None:
    found = examine(
        kept(made_pdf(["One trial\nof a group", "Methods", "Results"], title="A trial")), name="a.pdf"
    )
    assert (found.pages, found.title) == (3, "A trial")
    assert "One trial" in found.first
    assert "Results" not in found.first


def test_words_come_page_by_page(kept) -> None:
    read = read_words(kept(made_pdf(["First page", "Second page"], compress=True)))
    assert [text.strip() for text in read.pages] == ["First page", "Second page"]
    assert read.any
    assert not read.missing


def test_a_word_cut_by_the_end_of_a_line_is_joined(kept) -> None:
    assert "intervention" in read_words(kept(made_pdf(["an inter-\nvention"]))).pages[0]


def test_a_picture_of_a_page_has_no_words(kept) -> None:
    assert not read_words(kept(made_pdf([""]))).any


def test_more_pages_than_are_read_are_counted(kept) -> None:
    read = read_words(kept(made_pdf(["a", "b", "c", "d"])), most=3)
    assert len(read.pages) == 3
    assert read.missing == "1 of 4 pages were not read: it is longer than is read."


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "an empty file"),
        (b"<!DOCTYPE html><html><body>Sign in to read</body></html>", "a web page"),
        (b"\xef\xbb\xbf\n<html>", "a web page"),
        (b"PK\x03\x04 and more", "a Word file, spreadsheet or zip archive"),
        (b"Dear colleague", "a file of another kind"),
        (made_pdf(["A page"])[:-200], "breaks off before its end"),
        (b"%PDF-1.7\nnothing at all\n%%EOF", "is damaged"),
        (assembled([CATALOGUE, b"<< /Type /Pages /Kids [] /Count 0 >>", b"<< >>"]), "without a page"),
        (locked("open sesame"), "locked with a password"),
    ],
    ids=["empty", "html", "html-bom", "docx", "text", "broken-off", "damaged", "no-pages", "locked"],
)  # fmt: skip
def test_what_is_no_readable_pdf_is_refused_with_what_it_is(kept, content: bytes, words: str) -> None:
    with pytest.raises(BadInput) as refused:
        examine(kept(content), name="paper.pdf")
    assert words in refused.value.message
    assert refused.value.message.startswith("paper.pdf was not taken")
    assert refused.value.problems[0].do


def test_one_that_only_forbids_printing_is_read(kept) -> None:
    assert examine(kept(locked("")), name="a.pdf").pages == 1


def test_too_large_is_refused_before_it_is_read(kept) -> None:
    path = kept(b"%PDF-1.4\n")
    with path.open("r+b") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(BadInput, match="200 MB"):
        examine(path, name="huge.pdf")


def test_a_bomb_costs_the_time_it_is_given_and_no_more(kept) -> None:
    path = kept(bomb(megabytes=60))
    assert path.stat().st_size < 200_000
    with pytest.raises(BadInput, match="within reason"):
        examine(path, name="bomb.pdf", seconds=0.01)
    read = read_words(path, seconds=2)
    assert not read.any
    assert not read.pages or read.pages == ("",)


def test_a_page_tree_that_bites_its_tail_ends(kept) -> None:
    loop = assembled([CATALOGUE, b"<< /Type /Pages /Kids [2 0 R] /Count 5 >>", b"<< >>"])
    with contextlib.suppress(BadInput):
        assert examine(kept(loop), name="loop.pdf", seconds=10).pages >= 0
