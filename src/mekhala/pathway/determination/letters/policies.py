"""Who makes, approves, hands over and withdraws letters, and when. Refuses; changes nothing."""

from datetime import datetime

from mekhala.pathway.determination.letters import errors
from mekhala.pathway.determination.letters.delivery import may_be_sent
from mekhala.pathway.determination.letters.queries import decision_to_tell
from mekhala.pathway.determination.models import Letter
from mekhala.pathway.encounter.models import SafeContact
from mekhala.pathway.encounter.queries import is_known_adult
from mekhala.safeguards.access import queries as access
from mekhala.safeguards.access.errors import ActRefused, NotOpenToYou, NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role

WHO_HAND_OVER = {Role.AUTHORITY: Purpose.DETERMINATION, Role.REGISTRAR: Purpose.REGISTRATION}


def check_of_authority(by: Officer, case_number: str, *, at: datetime) -> None:
    """Refuse who is not of the authority, or to whom the file is not open for deciding."""
    if by.role != Role.AUTHORITY:
        raise NotYourRole
    if Purpose.DETERMINATION not in access.purposes_for(by, case_number, now=at):
        raise NotOpenToYou


def check_stands(letter: Letter) -> None:
    """Refuse a letter that was withdrawn, or that tells a decision a later one came after."""
    if letter.withdrawn_at is not None:
        raise errors.LetterWithdrawn
    stands = decision_to_tell(letter.case_id)
    if stands is None or stands.pk != letter.decision_id:
        raise errors.DecisionReplaced


def check_may_approve(
    by: Officer, letter: Letter, *, seen: str, language_checked: bool, at: datetime
) -> None:
    """Refuse who made the letter, who did not look at it, and a translation nobody read.

    ``seen`` is the digest of the letter that was shown: what is approved is what was seen.
    """
    check_of_authority(by, letter.case_id, at=at)
    check_stands(letter)
    if letter.approved_at is not None:
        raise errors.AlreadyApproved
    if by.pk == letter.prepared_by_id:
        raise errors.AnotherApproves
    if seen != letter.digest:
        raise errors.PreviewNotSeen
    if not letter.texts_reviewed and not language_checked:
        raise errors.LanguageNotChecked


def may_approve(by: Officer, letter: Letter, *, at: datetime) -> bool:
    """Return whether ``by`` may approve the letter once she or he has looked at it."""
    try:
        check_may_approve(by, letter, seen=letter.digest, language_checked=True, at=at)
    except ActRefused:
        return False
    return True


def check_meets_person(by: Officer, case_number: str, *, at: datetime) -> None:
    """Refuse who neither decides nor keeps the register, or to whom the file is not open for it."""
    needed = WHO_HAND_OVER.get(Role(by.role))
    if needed is None:
        raise NotYourRole
    if needed not in access.purposes_for(by, case_number, now=at):
        raise NotOpenToYou


def check_hands_over(by: Officer, letter: Letter, *, at: datetime) -> None:
    """Refuse other roles, and a letter that is not approved, was given, or no longer stands."""
    check_meets_person(by, letter.case_id, at=at)
    check_stands(letter)
    if letter.approved_at is None:
        raise errors.NotApproved
    if letter.handed_over_at is not None:
        raise errors.AlreadyHandedOver


def may_hand_over(by: Officer, letter: Letter, *, at: datetime) -> bool:
    """Return whether ``by`` may give the letter now, by a way that is safe."""
    try:
        check_hands_over(by, letter, at=at)
    except ActRefused:
        return False
    return True


def check_way(letter: Letter, how: str, contact: SafeContact | None) -> None:
    """Refuse a way of giving the letter that the safe-contact rule does not open today."""
    open_ways = may_be_sent(
        letter.kind, contact, is_known_adult=is_known_adult(letter.case)
    ).channels
    if how not in open_ways:
        raise errors.NotASafeWay


def check_may_withdraw(by: Officer, letter: Letter, because: str, *, at: datetime) -> None:
    """Refuse other roles, a second time, and no reason."""
    check_of_authority(by, letter.case_id, at=at)
    if letter.withdrawn_at is not None:
        raise errors.LetterWithdrawn
    if not because.strip():
        raise errors.WithdrawnWithoutReason
