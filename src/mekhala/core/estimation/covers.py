"""What the interval of a method may cover, in the words an estimate keeps."""

from enum import StrEnum


class Covers(StrEnum):
    """What is behind the interval of a method of the panel; errors of linkage never are.

    The value is the sentence as it stands in every answer: it is found again in answers kept by
    older versions. What ``links`` and ``strata`` cover is no panel's, and stays with them.
    """

    NOTHING = "nothing"
    MODEL_GIVEN = "sampling, taking the model as given; not errors of linkage"
    MODEL = "sampling and the choice of model; not errors of linkage"
    INDEPENDENT = "sampling, taking the lists as independent; not errors of linkage"
    PAIRS_GIVEN = "sampling, taking the chosen pairs as given; not errors of linkage"
    PAIRS = "sampling and the choice of pairs; not errors of linkage"
    GRAPHS = "sampling and the choice among decomposable graphs; not errors of linkage"
    KINDS = "sampling and how many kinds of people there are; not errors of linkage"
    AT_LEAST = "sampling; a lower bound for the people in all, not an estimate of them"
