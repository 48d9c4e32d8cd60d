"""Words for the person a finding is about."""

from enum import StrEnum


class Sex(StrEnum):
    """Sex as the person or the document gives it."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


class AgeCertainty(StrEnum):
    """How an age is known."""

    KNOWN = "known"
    ESTIMATED = "estimated"
    DISPUTED = "disputed"
    UNKNOWN = "unknown"
