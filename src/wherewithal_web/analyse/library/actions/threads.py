"""From the library to a case's thread."""

from __future__ import annotations

from django.db import transaction

from wherewithal.analyse.library import reading_finding, registers
from wherewithal.analyse.library.disagreement_finding import disagreement_finding
from wherewithal.analyse.library.entry_finding import entry_finding
from wherewithal.errors import NothingThere
from wherewithal_web.analyse.library import queries
from wherewithal_web.analyse.library.models import PracticeExample, Study
from wherewithal_web.cases.actions import add_finding
from wherewithal_web.cases.models import Case, StoredFinding
from wherewithal_web.clock import today
from wherewithal_web.people.models import User


@transaction.atomic
def add_reading(*, by: User, case: Case, slug: str) -> StoredFinding:
    """Put what registers say about a programme today on a case's thread.

    Raises NothingThere where there is no such programme.
    """
    rows = queries.standings([slug]).get(slug)
    if not rows:
        raise NothingThere(f"There is no programme '{slug}' in the library.")
    finding = reading_finding(queries.identity_of(rows), rows, today=today())
    return add_finding(by=by, case=case, finding=finding, shared=True)


@transaction.atomic
def add_disagreement(*, by: User, case: Case, slug: str) -> StoredFinding:
    """Put that registers disagree about a programme, and why, on a case's thread.

    Raises NothingThere where there is no such programme, or where its registers say the same.
    """
    reading = queries.reading_of(slug)
    finding = disagreement_finding(reading) if reading else None
    if finding is None:
        raise NothingThere(f"Registers do not disagree about '{slug}'.")
    return add_finding(by=by, case=case, finding=finding, shared=True)


@transaction.atomic
def add_entry(*, by: User, case: Case, register: str, slug: str) -> StoredFinding:
    """Put a guide, a recommendation or another entry of a list on a case's thread.

    ``register`` is the list's key. Raises NothingThere where it has no such entry.
    """
    found = queries.entries_of(register, slug).get(slug)
    if found is None:
        raise NothingThere(f"There is no entry '{slug}' in {registers()[register].name}.")
    finding = entry_finding(registers()[register], found, today=today())
    return add_finding(by=by, case=case, finding=finding, shared=True)


@transaction.atomic
def add_study_finding(*, by: User, case: Case, study: Study) -> StoredFinding:
    """Put what a study or report found, with every notice about it, on a case's thread."""
    return add_finding(by=by, case=case, finding=queries.finding_of_study(study), shared=True)


@transaction.atomic
def add_example_finding(*, by: User, case: Case, example: PracticeExample) -> StoredFinding:
    """Put what somebody here tells of who else has done this on a case's thread, without whom to ask."""
    return add_finding(by=by, case=case, finding=queries.finding_of_example(example), shared=True)
