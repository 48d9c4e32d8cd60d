"""Why an act on a linkage run or its review is refused, in words an officer may read."""

from django.utils.translation import gettext_lazy as _

from mekhala.population.linkage.errors import CountingRefused


class RecordsBesideTokens(CountingRefused):
    """A run takes records, or agencies' own tokens."""

    words = _("Records and agencies' own tokens cannot be compared. Choose lists of one kind; an "
              "agency that sends tokens is linked with others that send tokens.")  # fmt: skip


class PairNumbersAlone(CountingRefused):
    """Pair numbers speak of records of other lists."""

    words = _("Pair numbers say which records of other lists are meant. Choose those lists too.")


class NothingPlaced(CountingRefused):
    """An agency compared other files than those that are linked."""

    words = _("None of the pairs an agency found at home is of a record on these lists. It was "
              "compared with other files; nothing was kept.")  # fmt: skip


class NotWaiting(CountingRefused):
    """A run is worked out once."""

    words = _("This run is worked out already, or a worker has it in hand.")


class NotLinked(CountingRefused):
    """The run has no result to repeat."""

    words = _("This run has no result yet.")


class NobodyNamed(CountingRefused):
    """A reviewer cannot be named."""

    words = _("A reviewer is a statistician or a registrar other than you, who does not review "
              "this run already.")  # fmt: skip


class TooFewReviewers(CountingRefused):
    """Two answers to a pair need two reviewers."""

    words = _("Each pair is read by two, so two reviewers at least are needed.")


class NotReviewer(CountingRefused):
    """The officer is not named for this run."""

    words = _("Pairs are shown to officers whom a statistician named for this run.")


class ReviewClosed(CountingRefused):
    """The review of the run is over."""

    words = _("The review of this run is closed. Nothing was kept.")


class PairNotShown(CountingRefused):
    """An answer to a pair that is not on the officer's screen."""

    words = _("This pair was shown to you too long ago, or never. Read it again and answer then.")


class AnsweredMeanwhile(CountingRefused):
    """The pair needs no more answers, or has the officer's own."""

    words = _("This pair was answered meanwhile and needs no answer of yours. Here is the next.")


class AnotherAgencyFirst(CountingRefused):
    """A third answer comes from another agency where one reviews."""

    words = _("Two reviewers differ about this pair, so somebody of another agency reads it.")


class TooLateToUndo(CountingRefused):
    """Only the last three answers are taken back."""

    words = _("Only your last three answers can be taken back.")


class NamesInNote(CountingRefused):
    """A note says a name or a number of the pair."""

    words = _("The note says a name or a number of these people. Say it without.")


class ReviewNotFinished(CountingRefused):
    """Pairs wait for an answer."""

    words = _("Pairs still wait for an answer. Say that they are to be left as the linker has "
              "them, or wait.")  # fmt: skip


class NotInReview(CountingRefused):
    """The run is not in review."""

    words = _("This run is not in review.")


BY_CODE = {
    "review_closed": ReviewClosed, "not_shown": PairNotShown, "too_late_to_undo": TooLateToUndo,
    "answered_meanwhile": AnsweredMeanwhile, "another_agency_first": AnotherAgencyFirst,
}  # fmt: skip
