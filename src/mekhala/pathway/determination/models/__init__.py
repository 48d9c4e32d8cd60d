"""What the authority's file remembers: the question, what is known, what was decided."""

from mekhala.pathway.determination.models.decisions import (
    NEGATIVE,
    POSITIVE,
    Decision,
    Ground,
    Reading,
    Recusal,
    TraffickingStatus,
)
from mekhala.pathway.determination.models.evidence import (
    Degree,
    FactRequest,
    Finding,
    Interpreting,
    Manner,
    Source,
    SourceKind,
    Volition,
)
from mekhala.pathway.determination.models.letters import (
    Channel,
    Letter,
    LetterKind,
    LetterLanguage,
)
from mekhala.pathway.determination.models.questions import (
    ClockAct,
    ClockChange,
    ClockReason,
    DeterminationFile,
    Element,
    GroundToAskAgain,
    Stage,
)

__all__ = [
    "NEGATIVE",
    "POSITIVE",
    "Channel",
    "ClockAct",
    "ClockChange",
    "ClockReason",
    "Decision",
    "Degree",
    "DeterminationFile",
    "Element",
    "FactRequest",
    "Finding",
    "Ground",
    "GroundToAskAgain",
    "Interpreting",
    "Letter",
    "LetterKind",
    "LetterLanguage",
    "Manner",
    "Reading",
    "Recusal",
    "Source",
    "SourceKind",
    "Stage",
    "TraffickingStatus",
    "Volition",
]
