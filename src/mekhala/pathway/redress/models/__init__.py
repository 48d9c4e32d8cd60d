"""Money owed and paid, protective measures, being heard, legal aid, and rights that were told."""

from mekhala.pathway.redress.models.files import Link, OfOneFile
from mekhala.pathway.redress.models.hearing import (
    Answerer,
    Asker,
    Heard,
    Measure,
    MeasureKind,
    WhyRefused,
    WitnessPlan,
)
from mekhala.pathway.redress.models.money import (
    Basis,
    Currency,
    Debtor,
    Ended,
    Owed,
    Payment,
    Said,
    Way,
    What,
)
from mekhala.pathway.redress.models.rights import Fee, LegalAid, Right, RightTold

__all__ = [
    "Answerer",
    "Asker",
    "Basis",
    "Currency",
    "Debtor",
    "Ended",
    "Fee",
    "Heard",
    "LegalAid",
    "Link",
    "Measure",
    "MeasureKind",
    "OfOneFile",
    "Owed",
    "Payment",
    "Right",
    "RightTold",
    "Said",
    "Way",
    "What",
    "WhyRefused",
    "WitnessPlan",
]
