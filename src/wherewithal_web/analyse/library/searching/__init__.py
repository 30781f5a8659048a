"""One search over everything the library holds, a file each idea.

``upkeep``        the numbered entries in the database, which are the truth
``rows``          what is searched of programmes, lists, studies and practice examples
``refresh``       what actions call when they changed something
``release``       which release made the entries
``renewal``       every entry made anew, after a release that searches other things
``machine_copy``  the index on this machine, caught up from the entries before a search
``asked``         what a person asked for, as it stands in an address
``found``         a search run: a page of results in the order asked for
``filters``       the filters beside it, each value with what it would find
``wider``         what does exist, where a search found nothing
``beside``        programmes to put beside others
``cards``         what a page shows of each result
``saved``         searches that a person keeps, and what is new in them
"""

from wherewithal_web.analyse.library.searching.refresh import refresh_search

__all__ = ["refresh_search"]
