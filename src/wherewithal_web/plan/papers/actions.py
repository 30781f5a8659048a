"""Starting a paper and writing it to a file. Its sentences are changed through the actions of cases."""

from __future__ import annotations

from django.db import transaction

from wherewithal.plan.papers import BUSINESS_CASE, named_template
from wherewithal_web.audit.actions import record
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.permissions import may
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission
from wherewithal_web.plan.papers.exports import FORMATS, file_of
from wherewithal_web.plan.papers.models import Paper


@transaction.atomic
def start_paper(*, by: User, case: Case, template: str = BUSINESS_CASE) -> Paper:
    """Start the case's paper; where there is one already, that one.

    Raises NothingThere for a template that does not exist.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    title = named_template(template).title
    paper, fresh = Paper.objects.get_or_create(case=case, defaults={"template": template, "started_by": by})
    if fresh:
        record(
            by=by, action="papers.start_paper", summary=f"started the paper: {title.lower()}", case=case.slug
        )
    return paper


@transaction.atomic
def export_paper(*, by: User, paper: Paper, ending: str, at_the_terminal: bool = False) -> bytes:
    """The paper as a file, with the export in the case's history.

    ``at_the_terminal`` is for whoever runs commands on the installation's own machine: they can read its
    database, so the name is for the history and not a permission. Raises KeyError for an unknown format.
    """
    if not at_the_terminal:
        require(may(by, Permission.VIEW, paper.case))
    kind = FORMATS[ending]
    content = file_of(paper, ending)
    record(
        by=by,
        action="papers.export_paper",
        summary=f"downloaded the paper {kind.words}",
        case=paper.case.slug,
        details={"format": ending, "bytes": len(content)},
    )
    return content
