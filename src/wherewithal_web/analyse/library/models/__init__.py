"""What the library stores, a file each idea."""

from wherewithal_web.analyse.library.models.checks import SourceCheck
from wherewithal_web.analyse.library.models.editions import StoredEdition, StoredRating, WaitingEdition
from wherewithal_web.analyse.library.models.listing import Programme, RegisterLine
from wherewithal_web.analyse.library.models.searching import SavedSearch, SearchClock, SearchEntry
from wherewithal_web.analyse.library.models.studies import PracticeExample, Study, StudyNotice

__all__ = [
    "PracticeExample",
    "Programme",
    "RegisterLine",
    "SavedSearch",
    "SearchClock",
    "SearchEntry",
    "SourceCheck",
    "StoredEdition",
    "StoredRating",
    "Study",
    "StudyNotice",
    "WaitingEdition",
]
