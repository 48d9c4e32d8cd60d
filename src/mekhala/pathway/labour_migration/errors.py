"""Why an act on departure and agencies is refused, in words an officer may read."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused, RecordedMeanwhile


class ReviewOpen(RecordedMeanwhile):
    """One review of an agency at a time."""

    words = _("A review of this agency is open already. See how it stands.")


class ReviewDecided(RecordedMeanwhile):
    """A review is decided once."""

    words = _("This review was decided already. See the decision.")


class NotImpartial(ActRefused):
    """Who wrote down what is reviewed does not decide on it."""

    words = _(
        "You recorded one of the incidents under review. Another officer of labour inspection "
        "decides."
    )


class NothingDecided(ActRefused):
    """Only a decision is taken back."""

    words = _("Nothing is decided in this review.")


class ReasonsMissing(ActRefused):
    """A sanction, and none, is reasoned."""

    words = _("Write the reasons. They speak of the agency, never of a worker.")


class WroteItDown(ActRefused):
    """Who wrote a complaint down does not say what is found of it."""

    words = _("You wrote this complaint down. Another officer says what was found.")


class NoComplaint(ActRefused):
    """Only a complaint is looked into; an inspection says itself what it found."""

    words = _("This is no complaint. What an inspection or a court found stands with it.")


class BeforeTheComplaint(ActRefused):
    """A finding follows the complaint."""

    words = _("This day is before the month of the complaint.")


class NotSuspended(ActRefused):
    """Only a suspension that runs can end early."""

    words = _("The agency is not suspended today. Choose what follows from this review.")


class WrongTime(ActRefused):
    """A suspension has an end within what the ladder allows."""

    words = _("A suspension ends on a day to come, within the time the ladder allows.")


class DayToCome(ActRefused):
    """What was done lies in the past."""

    words = _("This day is still to come.")


class WhyCorrected(ActRefused):
    """What was wrong about a count is said."""

    words = _("Write what was wrong about the count. No name.")


class CountedAlready(RecordedMeanwhile):
    """One count for an employer and a month."""

    words = _("This employer's workers of this month are counted already. Correct that count.")


class AskedBefore(ActRefused):
    """An asking follows the wish to be asked after, and the asking before it."""

    words = _("This day is before the person asked for it, or before the last time. Look at it.")


class AskFirstOn(ActRefused):
    """The first asking lies ahead, and not out of sight."""

    words = _("Ask first on a day from today on, within a year.")


class WorkersYesMissing(ActRefused):
    """An encounter is the worker's own to begin."""

    words = _(
        "The worker has to say yes her- or himself before a case is opened. Family and consul may "
        "complain without it."
    )


class CaseThere(RecordedMeanwhile):
    """One file of a worker leads to one case."""

    words = _("A case was opened for this worker already.")


class CaseFirst(ActRefused):
    """What a worker is asked belongs to a case, and a case is the worker's own to begin."""

    words = _("Open a case first, with the worker's yes.")


class AnotherAgency(ActRefused):
    """A complaint of an agency is put to work through that agency."""

    words = _("The work this complaint is put to went through another agency.")


class PersonFirst(ActRefused):
    """The contact is asked only after the person was not reached."""

    words = _("Ask the person first. The contact is asked only if she or he was not reached.")


class NoContact(ActRefused):
    """The person named nobody."""

    words = _("The person named nobody to ask. Tell labour inspection or the consul instead.")


class NotAskedAfter(ActRefused):
    """Opting out ends it."""

    words = _("The person does not want to be asked after any more.")


class NotYourFund(ActRefused):
    """A ledger is written by the body that keeps the fund."""

    words = _("Another body keeps this fund. You may read its ledger.")


class FundTooSmall(ActRefused):
    """A fund lends what it has, on the day and on each day after it."""

    words = _("The fund did not hold as much on that day, or would not on a day after it.")


class NoSuchLoan(ActRefused):
    """A repayment belongs to a loan of the fund, is no more than is owed, and comes after it."""

    words = _("On that day the fund had no such loan, or less than this is owed on it.")


class LoanNumberTaken(ActRefused):
    """Each loan of a fund has a number of its own."""

    words = _("Give the loan a number of its own. It has none, or another loan has it.")


class NotOfALoan(ActRefused):
    """Only what is lent, repaid or forgiven belongs to a loan."""

    words = _("What is paid in or spent belongs to no loan. Choose *Repaid* for money paid back.")


class BeforeTheFund(ActRefused):
    """A ledger begins with its fund."""

    words = _("This day is before the fund was opened.")


class TakenBackAlready(RecordedMeanwhile):
    """What is taken back is taken back once."""

    words = _("This was taken back already.")


class NotToTakeBack(ActRefused):
    """What takes back a line stands."""

    words = _("This line takes back another and stays. Add the right line again.")


class BeforeTheLine(ActRefused):
    """A line is taken back on its day or later."""

    words = _("This day is before the day of the line.")


class RepaidAlready(ActRefused):
    """A loan on which something was paid back or forgiven was lent."""

    words = _("Something is repaid or forgiven on this loan. Take those lines back first.")


class WhyTakenBack(ActRefused):
    """What was wrong is said."""

    words = _("Write what was wrong about the line.")


class DueBeforeLent(ActRefused):
    """A loan is due after it was lent."""

    words = _("The loan would be due before it was lent. Look at both days.")


class NotAContract(ActRefused):
    """A contract is a picture or a PDF."""

    words = _("This is no picture (JPEG, PNG) or PDF of at most 10 MB.")


class NoNumbers(ActRefused):
    """What is sent cannot be taken twice."""

    words = _("This is recorded already.")
