"""What a review stores, a file each idea."""

from wherewithal_web.analyse.reviews.models.protocol import ProtocolVersion
from wherewithal_web.analyse.reviews.models.ranking import Ranking, RankingOrder
from wherewithal_web.analyse.reviews.models.screening import (
    FullText,
    Remark,
    Reservation,
    ScreeningDecision,
    ScreeningStage,
    Standing,
)
from wherewithal_web.analyse.reviews.models.searches import Record, RecordFile
from wherewithal_web.analyse.reviews.models.stopping import RandomCheck, StopDecision

__all__ = [
    "FullText",
    "ProtocolVersion",
    "RandomCheck",
    "Ranking",
    "RankingOrder",
    "Record",
    "RecordFile",
    "Remark",
    "Reservation",
    "ScreeningDecision",
    "ScreeningStage",
    "Standing",
    "StopDecision",
]
