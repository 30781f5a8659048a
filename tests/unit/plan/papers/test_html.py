"""A paper as a web page: well formed, accessible by structure, safe whatever people write."""

import re
from html.parser import HTMLParser

from tests.unit.plan.papers.cases import CLAIMS, FINDINGS, finding, paper
from wherewithal.plan.papers import fragment, to_html
from wherewithal.thread import Claim, Lane, Source

VOID = {"meta", "br", "hr", "img", "input", "link"}


class Outline(HTMLParser):
    """Checks nesting and collects what a screen reader would use."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag == "a":
            self.links.append(attributes["href"])
        for key in ("aria-labelledby",):
            if key in attributes:
                self.links.append("#" + attributes[key])

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def outline(html):
    reader = Outline()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


def test_headings_step_down_by_one_ids_are_unique_and_every_inner_link_arrives():
    seen = outline(to_html(paper()))
    assert seen.headings[0] == 1
    assert seen.headings.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in zip(seen.headings, seen.headings[1:], strict=False))
    assert len(seen.ids) == len(set(seen.ids))
    assert {link[1:] for link in seen.links if link.startswith("#")} <= set(seen.ids)


def test_the_file_says_its_language_its_title_and_that_figures_are_made_up_and_fetches_nothing():
    html = to_html(paper())
    assert '<html lang="en-GB">' in html
    assert "<title>Business case: Parenting support for families of children aged 3 to 8</title>" in html
    assert "made up" in html.split("<main>")[0]
    assert not re.search(r"<(script|link|img|iframe)\b|@import|url\(", html)


def test_each_sentence_shows_its_lane_in_words_and_what_changed():
    html = fragment(paper())
    assert "[1 local data]</a>" in html
    assert "[nothing yet behind this]" in html
    assert "[judgement: the Family Hubs manager]" in html
    assert "Changed 20 November 2026: Foundations Guidebook: was 3+, now mixed." in html
    assert "Nothing written yet. What is measured" in html
    assert '<strong class="paper-band">Mixed</strong>' in html
    assert "26.4% (95% interval 25.1 to 27.8)" in html


def test_what_people_write_is_never_markup_and_an_address_that_is_no_address_is_no_link():
    bad = finding(
        Lane.RESEARCH,
        "s",
        "<script>alert(1)</script>",
        'A "quoted" statement\x00 & more',
        sources=(Source("k", "Sly", "javascript:alert(1)"), Source("l", "Odd", 'https://e.org/"><b>')),
    )
    html = to_html(
        paper(
            title="<b>Bold</b>",
            claims=(*CLAIMS, Claim("x", "<img src=x onerror=y>\x0b", "review", (bad.fingerprint,))),
            findings={**FINDINGS, bad.fingerprint: bad},
        )
    )
    outline(html)
    assert "<script" not in html
    assert "<img" not in html
    assert "javascript:" not in html
    assert "\x00" not in html
    assert "\x0b" not in html
    assert "&lt;b&gt;Bold" in html


def test_the_same_paper_is_the_same_bytes():
    assert to_html(paper()) == to_html(paper())


def test_an_empty_paper_is_still_a_page():
    html = to_html(paper(claims=(), tables=(), drift=(), in_place=()))
    outline(html)
    assert "No sentence cites a source yet." in html
