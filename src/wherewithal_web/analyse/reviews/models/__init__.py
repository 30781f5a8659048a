"""What a review stores, a file each idea."""

from wherewithal_web.analyse.reviews.models.appraisal import (
    AppraisalAnswer,
    AppraisalJudgement,
    StudyAppraisal,
)
from wherewithal_web.analyse.reviews.models.arrivals import (
    ColumnChoice,
    WaitingPart,
    WaitingSearch,
)
from wherewithal_web.analyse.reviews.models.duplicates import (
    Copy,
    Doubt,
    DuplicateSearch,
    Match,
    Ruling,
    SpokenFor,
    Work,
    clusters_in,
)
from wherewithal_web.analyse.reviews.models.earlier import (
    EarlierFile,
    EarlierLabel,
    EarlierPreview,
    EarlierTaught,
    EarlierWithdrawal,
)
from wherewithal_web.analyse.reviews.models.extraction import (
    Answer,
    Comparison,
    ExtractionPlan,
    NumberSuggestion,
    Result,
    Study,
    StudyArm,
    StudyReport,
    WarningAnswer,
)
from wherewithal_web.analyse.reviews.models.likeness import AreaVersion, LikenessRuling
from wherewithal_web.analyse.reviews.models.living import LivingRun, LivingSearch
from wherewithal_web.analyse.reviews.models.narrative import DescribedDirection, NarrativeVersion
from wherewithal_web.analyse.reviews.models.networks import NetworkVersion
from wherewithal_web.analyse.reviews.models.outcomes import CertaintyDecision, OutcomeVersion
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
from wherewithal_web.analyse.reviews.models.texts import AttachedText, BroughtText, TextRemoval, TextWords

__all__ = [
    "Answer",
    "AppraisalAnswer",
    "AppraisalJudgement",
    "AreaVersion",
    "AttachedText",
    "BroughtText",
    "CertaintyDecision",
    "ColumnChoice",
    "Comparison",
    "Copy",
    "DescribedDirection",
    "Doubt",
    "DuplicateSearch",
    "EarlierFile",
    "EarlierLabel",
    "EarlierPreview",
    "EarlierTaught",
    "EarlierWithdrawal",
    "ExtractionPlan",
    "FullText",
    "LikenessRuling",
    "LivingRun",
    "LivingSearch",
    "Match",
    "NarrativeVersion",
    "NetworkVersion",
    "NumberSuggestion",
    "OutcomeVersion",
    "ProtocolVersion",
    "RandomCheck",
    "Ranking",
    "RankingOrder",
    "Record",
    "RecordFile",
    "Remark",
    "Reservation",
    "Result",
    "Ruling",
    "ScreeningDecision",
    "ScreeningStage",
    "SpokenFor",
    "Standing",
    "StopDecision",
    "Study",
    "StudyAppraisal",
    "StudyArm",
    "StudyReport",
    "TextRemoval",
    "TextWords",
    "WaitingPart",
    "WaitingSearch",
    "WarningAnswer",
    "Work",
    "clusters_in",
]
