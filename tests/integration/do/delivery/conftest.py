"""A measure on the case, and the two figures that the tests record."""

from __future__ import annotations

import pytest

from wherewithal.do.delivery import FigureKind, Polarity
from wherewithal_web.cases.models import Case
from wherewithal_web.do.delivery import actions
from wherewithal_web.do.delivery.models import OutcomeMeasure


@pytest.fixture
def measure(people, case: Case) -> OutcomeMeasure:
    return actions.add_measure(
        by=people.colleague,
        case=case,
        name="Children with high conduct problems",
        kind=FigureKind.SHARE,
        polarity=Polarity.LOWER,
        how="Parents fill in the questionnaire at the first session",
        validated=True,
        source="A published questionnaire",
        source_url="https://questionnaire.example/",
    )
