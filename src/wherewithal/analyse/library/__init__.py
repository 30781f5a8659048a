"""The evidence library: what registers say about programmes, read honestly.

    from wherewithal.analyse.library import registers, read_edition, read_programme

``register``      bodies that rate programmes: their scales, and what each value means, as data files
``rating``        one row of a register: facts with a link
``entry``         one row of a list of guidance, toolkits or practice examples
``edition``       a dated copy of a register; ``edition_file`` reads and writes it, row by row
``gathered``      files that hold facts from many registers, read as a part of each
``difference``    what changed from one edition to the next, and what stands today
``starter``       the editions that come with the product
``programme``     which rows of different registers are about the same programme, and why
``rules``         the printed rules behind the bands
``reading``       one programme: band, rule that fired, five facts, cautions, disagreement
``finding``       that reading as a finding on the thread; so do ``disagreement_finding``, ``entry_finding``,
                  ``study_finding`` and ``example``
``facets``        filters: what each thing is about, for whom, where and by whom, by printed word lists
``comparison``    two to five programmes side by side, every cell with its register; never ranked
``recheck``       what to look at again, and in which order
"""

from wherewithal.analyse.library.comparison import Comparison, compare, comparison_csv
from wherewithal.analyse.library.difference import (
    Difference,
    Standing,
    as_it_stands,
    compare_editions,
    standing,
)
from wherewithal.analyse.library.disagreement_finding import (
    disagreement_finding,
    disagreement_subject,
    settled_finding,
)
from wherewithal.analyse.library.edition import Edition, Row
from wherewithal.analyse.library.edition_file import columns_of, read_edition, write_edition
from wherewithal.analyse.library.entry import Entry
from wherewithal.analyse.library.entry_finding import entry_finding, entry_subject
from wherewithal.analyse.library.example import Example, example_finding, example_subject
from wherewithal.analyse.library.finding import reading_finding, subject_of
from wherewithal.analyse.library.gathered import read_gathered
from wherewithal.analyse.library.programme import Catalogue, Match, Programme, catalogue
from wherewithal.analyse.library.rating import Rating
from wherewithal.analyse.library.reading import ProgrammeReading, read_programme
from wherewithal.analyse.library.register import Register, register, registers
from wherewithal.analyse.library.rules import RULES, RULES_VERSION, Band
from wherewithal.analyse.library.starter import starter_editions
from wherewithal.analyse.library.study_finding import study_finding, study_subject

__all__ = [
    "RULES",
    "RULES_VERSION",
    "Band",
    "Catalogue",
    "Comparison",
    "Difference",
    "Edition",
    "Entry",
    "Example",
    "Match",
    "Programme",
    "ProgrammeReading",
    "Rating",
    "Register",
    "Row",
    "Standing",
    "as_it_stands",
    "catalogue",
    "columns_of",
    "compare",
    "compare_editions",
    "comparison_csv",
    "disagreement_finding",
    "disagreement_subject",
    "entry_finding",
    "entry_subject",
    "example_finding",
    "example_subject",
    "read_edition",
    "read_gathered",
    "read_programme",
    "reading_finding",
    "register",
    "registers",
    "settled_finding",
    "standing",
    "starter_editions",
    "study_finding",
    "study_subject",
    "subject_of",
    "write_edition",
]
