"""Titles as they are compared: words, numbers, other forms, and what kind of thing a title announces."""

from __future__ import annotations

import re
from typing import NamedTuple

from wherewithal.analyse.reviews.records.deduplication.folding import words
from wherewithal.analyse.reviews.records.deduplication.vocabulary import words_of

COMMON = frozenset(words_of("common"))
"""Words that say nothing about which work a title belongs to."""

_GENERIC = re.compile(
    r"(?:(?:guest |from the )?editor(?:s|ial)?(?: s)?"
    r"(?: (?:comments?|notes?|notice|overview|introduction|preface|remarks?|choice|column|page|desk|foreword|board|"
    r"commentary|statement|letter|picks?|perspective|in chief))*"
    r"|(?:remarks|comments?|notes?|letter|message|words?) (?:from|by|of) (?:the )?(?:\w+ ){0,3}"
    r"(?:editors?|president|chair(?:man)?|guest editors?)(?: (?:editors? )?(?:comments?|notes?|remarks))*"
    r"|letters?(?: to the editors?)?|correspondence|comments?|commentary|reply|authors?(?: s)? (?:reply|response)"
    r"|response|in reply|discussion|invited (?:commentary|discussion)|book reviews?|reviews?|abstracts?|news"
    r"|obituary|in memoriam|introduction(?: to (?:the )?special issue)?|preface|foreword|prologue|epilogue"
    r"|conclusions?|overview|(?:executive )?summary"
    r"|(?:introduction to |call for papers )?(?:the )?special (?:issue|section)"
    r"|(?:author |subject |keyword |title )?index(?:es)?(?: to volume)?|(?:table of )?contents|title page|masthead"
    r"|(?:front|back) (?:matter|cover)|volume information|issue information|about the authors?|untitled|no title"
    r"|(?:list of )?(?:reviewers?|referees|contributors)|acknowledge?ments?|announcements?|call for papers"
    r"|(?:meeting|conference|scientific|poster|oral) "
    r"(?:abstracts?|presentations?|program(?:me)?s?|proceedings|sessions?)"
    r"|posters?|proceedings|errat(?:a|um)(?: notes?)?|corrigend(?:um|a)|corrections?|retraction(?: notice)?"
    r"|expression of concern|publishers? note|unknown|not available|n a|none|title|appendix|supplement|glossary"
    r"|references|bibliography|case reports?|research notes?|forum|viewpoint|perspectives?|journal club|in brief"
    r"|(?:in )?this issue|images? in (?:clinical )?medicine)"
)
_LONGEST_GENERIC = 80
_NOTICE = re.compile(
    r"(?P<retraction>(?:retraction|retracted|withdrawal|withdrawn|expression of concern|removal|notice of retraction|"
    r"statement of retraction)(?: (?:notice|note|to|of|for|article|paper|the)|$))"
    r"|(?P<correction>(?:author |publisher |publishers )?"
    r"(?:errat(?:um|a)|corrigend(?:um|a)|correction|addendum)\b(?! of\b))"
    r"|(?P<comment>(?:re|reply|authors? reply|responses?|authors? response|comments?|commentary|discussion|letter|"
    r"invited commentary|editorial|rejoinder|reply to the)(?: (?:to|on|re)\b|$))"
)
_NOTICE_BEHIND = re.compile(
    r"\b(?:(?P<correction>erratum|corrigendum|corrigenda|correction|errata)"
    r"|(?P<comment>(?:(?:authors?|in) (?:reply|response)|reply|rejoinder|(?:a|invited|editorial) commentary|a comment|"
    r"comment|commentary|a response|letter to the editor))"
    r"|(?P<protocol>protocol|study protocol .*|protocol (?:for|of) .*|rationale and (?:study )?design|study design))$"
)
_ANNOUNCED = re.compile(
    r"^\W*(?:(?P<retraction>retraction|withdrawal|expression of concern)"
    r"|(?P<comment>re|reply|authors?['’]?s? (?:reply|response)|response|comment(?:ary)?))\s*[:.–—]",
    re.IGNORECASE,
)
_MARKED = re.compile(r"^\W*(?:retracted(?: article)?|withdrawn)\W", re.IGNORECASE)
_NUMBER_WORDS = {
    word: str(value) for value, names in enumerate(words_of("numbers"), start=1) for word in names.split("/")
}
_ROMAN = {numeral: str(value) for value, numeral in enumerate(words_of("roman"), start=1)}
_BEFORE_A_LETTER = frozenset(words_of("before_a_letter"))
_WITHOUT_SPACES = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Thai, Lao, Japanese and Chinese."""
_DIGITS = re.compile(r"\d+")
_ORIGINAL = re.compile(r"<\s*original\s*>", re.IGNORECASE)
_BRACKETED = re.compile(r"^\W*\[([^\[\]]{12,})\][\W]*(.*)$", re.DOTALL)
_INSIDE = re.compile(r"^(.{12,}?)\s*\[([^\[\]]{12,})\]\W*$", re.DOTALL)
_SAID_BY_DATABASE = re.compile(
    r"\[\s*(?:(?:erratum|published erratum|corrected and republished|corrected|comment|retraction|republished|update|"
    r"summary|original report|expression of concern)\s[^\]]{4,}"
    r"|see comments?|comments?|corrected(?: version)?"
    r"|review|abstract|letter|editorial|multiple letters)\s*\.?\s*(?:\]|$)"
    r"|\((?:multiple letters|letter)\)(?:\s*\[\d+\])?\s*$",
    re.IGNORECASE,
)
"""Notes of PubMed and Ovid on the article itself: "[Erratum appears in …]", "[see comment]"."""
_IS_A_CORRECTION = re.compile(
    r"\(vol(?:ume)?\.? ?\w+,? (?:pg?\.?|pages?|art(?:icle)?(?: no)?) ?[\w ,.-]+\)\s*\.?\s*$"
    r"|\([^()]{3,120}\(\d{4}\)[^()]{0,40}(?:\([^()]{0,40}\)[^()]{0,20}){1,2}\)\s*\.?\s*$",
    re.IGNORECASE,
)
"""What Web of Science and Embase put behind the title of a correction: "(vol 360, pg 542, 2009)",
"(New England Journal of Medicine (2009) 360 (542-544))"."""
_IN_LANGUAGE = re.compile(
    r"[\[(](?:in )?(?:chinese|french|german|spanish|russian|japanese|italian|polish|portuguese|english|dutch|korean|"
    r"turkish|danish|czech|hungarian|swedish|norwegian|croatian|persian|hebrew)(?: translation)?[\])]",
    re.IGNORECASE,
)  # fmt: skip


class Title(NamedTuple):
    """A title as it is compared.

    ``words``: without what databases add to it about its language, its retraction or its correction. ``others``:
    the titles it holds beside its whole, a translation in brackets or the original behind "=". ``notice``: what
    it says it is beside an article ("retraction", "correction", "comment", "protocol") or nothing.
    """

    words: str
    others: tuple[str, ...]
    notice: str


def title_of(title: str) -> Title:
    if not title:
        return Title("", (), "")
    marked = title[:12].strip(' "[(').lower().startswith(("retracted", "withdrawn"))
    bracketed = "[" in title or "(" in title
    corrects = bracketed and bool(_IS_A_CORRECTION.search(title))
    bare = _bare(title) if bracketed else title
    text = words(_IN_LANGUAGE.sub(" ", bare)) if bracketed else words(bare)
    # "Retracted: X" is how databases mark the article itself; "Retraction: X" is the notice.
    notice = "correction" if corrects else "" if marked else notice_in(text)
    if not notice and not marked and (announced := _ANNOUNCED.match(bare)):
        notice = str(announced.lastgroup)
    if marked:
        text = words(_MARKED.sub("", bare))
    return Title(text, _other_forms(bare), notice)


def _bare(title: str) -> str:
    """A title without the notes that databases put behind it."""
    return _IS_A_CORRECTION.sub(" ", _SAID_BY_DATABASE.sub(" ", title))


def _other_forms(title: str) -> tuple[str, ...]:
    parts: list[str] = []
    if "<" in title and _ORIGINAL.search(title):
        parts = _ORIGINAL.split(title)
    elif " = " in title:
        parts = title.split(" = ")
    elif "[" in title:
        found = _BRACKETED.match(title) or _INSIDE.match(title)
        parts = [part for part in found.groups() if part] if found else []
    if len(parts) < 2:
        return ()
    return tuple(dict.fromkeys(form for form in map(words, parts) if len(form) >= 12))


def is_generic(text: str) -> bool:
    """Whether a title (in words) is one that every issue has: "Editorial", "Author index"."""
    if not text or len(text) > _LONGEST_GENERIC:
        return False
    return bool(_GENERIC.fullmatch(_DIGITS.sub("", text).strip()))


def notice_in(text: str) -> str:
    """What a title (in words) says it is beside an article: "retraction", "correction", "comment", "protocol"."""
    if found := _NOTICE.match(text) or _NOTICE_BEHIND.search(text):
        return str(found.lastgroup)
    return ""


def numbers_in(text: str) -> tuple[str, ...]:
    """The numbers of a title (in words), sorted: digits, words, Roman, and "part b"."""
    found: list[str] = []
    before = ""
    for word in text.split():
        if word in _NUMBER_WORDS:
            found.append(_NUMBER_WORDS[word])
        elif word in _ROMAN and (len(word) > 1 or before in _BEFORE_A_LETTER):
            found.append(_ROMAN[word])
        elif len(word) == 1 and before in _BEFORE_A_LETTER and word.isalpha():
            found.append(word)
        elif not word.isalpha():
            found.extend(digits.lstrip("0") or "0" for digits in _DIGITS.findall(word))
        before = word
    return tuple(sorted(found))


def is_number(word: str) -> bool:
    """Whether a word of a title is a number, by itself."""
    return word in _NUMBER_WORDS or word in _ROMAN or not word.isalpha()


def content_words(text: str) -> list[str]:
    """The words of a title that say what it is about."""
    return [word for word in text.split() if word not in COMMON]


def length_of(text: str) -> int:
    """How many words of a title say what it is about; of scripts without spaces, two signs count as a word."""
    count = 0
    for word in content_words(text):
        count += 1 if word.isascii() or not _WITHOUT_SPACES.search(word) else max(1, len(word) // 2)
    return count
