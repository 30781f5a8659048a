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

__all__ = [
    "FullText",
    "ProtocolVersion",
    "Ranking",
    "RankingOrder",
    "Record",
    "RecordFile",
    "Remark",
    "Reservation",
    "ScreeningDecision",
    "ScreeningStage",
    "Standing",
]
