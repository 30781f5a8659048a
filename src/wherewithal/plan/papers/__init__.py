"""Papers: the sentences of a case in the order a board reads them, each with what it rests on.

    from wherewithal.plan.papers import compose, named_template, to_docx
    paper = compose(named_template("business-case"), title=..., question=..., claims=..., findings=...)

``template``  the order of the parts, from a data file
``model``     what a paper is made of
``compose``   from claims and findings to a paper
``checks``    what a careful reader would ask; said, never enforced
``words``     how a paper says what its sentences rest on
``html``      as a web page
``docx``      as a Word file; ``word`` holds the pieces of the format that python-docx has no call for
"""

from wherewithal.plan.papers.checks import Check, checks_of
from wherewithal.plan.papers.compose import MADE_UP, compose
from wherewithal.plan.papers.docx import to_docx
from wherewithal.plan.papers.html import document as to_html
from wherewithal.plan.papers.html import fragment
from wherewithal.plan.papers.model import Change, Note, Paper, Part, Section, Sentence, Table
from wherewithal.plan.papers.template import BUSINESS_CASE, Template, named_template, read_template, templates

__all__ = [
    "BUSINESS_CASE",
    "MADE_UP",
    "Change",
    "Check",
    "Note",
    "Paper",
    "Part",
    "Section",
    "Sentence",
    "Table",
    "Template",
    "checks_of",
    "compose",
    "fragment",
    "named_template",
    "read_template",
    "templates",
    "to_docx",
    "to_html",
]
