"""The safe-contact rule: how a letter may reach whom it is for, and why no other way is open."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from mekhala.pathway.determination.models import Channel, LetterKind
from mekhala.pathway.encounter.models import SafeContact, SafeWay

_BY_WORKER = (Channel.READ_ALOUD, Channel.ON_PAPER)
_FURTHER = {
    SafeWay.TELEPHONE: Channel.TELEPHONE,
    SafeWay.TRUSTED_PERSON: Channel.TRUSTED_PERSON,
    SafeWay.LAWYER: Channel.LAWYER,
}
_SAID = {
    SafeWay.NOTHING: _(
        "The person wants nobody to make contact. The letter waits until she or he comes."
    ),
    SafeWay.IN_PERSON: _("The person wants to be told in person, by the worker."),
    SafeWay.TELEPHONE: _(
        "The person may be told by telephone, spoken to alone, at the hours said. No message."
    ),
    SafeWay.TRUSTED_PERSON: _("The person wants it to go through somebody she or he trusts."),
    SafeWay.LAWYER: _("The person wants it to go through the lawyer."),
}
_NEVER_ASKED = _(
    "Nobody has asked the person how she or he may be reached. So nothing is sent: a worker reads "
    "the letter out or hands it over."
)
_NO_PAPER = _("The person does not want to keep paper: the letter is read out, none is left.")
_PAPER_UNKNOWN = _("Ask first whether keeping this paper is safe; offer to keep it for the person.")
_GUARDIAN = _("The guardian may be told, as the child said.")
_NO_GUARDIAN = _("No guardian is told: it is not known to be safe, or it is not.")
_BETWEEN_OFFICES = _(
    "The notice carries no name and no outcome. It goes from office to office, never to the person."
)


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """The channels that are open for a letter, and why, in words."""

    channels: tuple[Channel, ...]
    because: tuple[Any, ...]


def may_be_sent(
    kind: str, contact: SafeContact | None, *, is_known_adult: bool
) -> Delivery:  # what was last said about being reached; None: never asked
    """Return how a letter of this kind may be given, with the reasons.

    *Not known* opens no channel that leaves a worker's hand. A guardian is told only about a
    child, and only where that is known to be safe.
    """
    if kind == LetterKind.NOTICE:
        return Delivery(channels=(Channel.BETWEEN_OFFICES,), because=(_BETWEEN_OFFICES,))
    return Delivery(
        channels=(*_to_the_person(contact), *_to_a_guardian(contact, is_known_adult)),
        because=(*_why(contact), *_why_guardian(contact, is_known_adult)),
    )


def _to_the_person(contact: SafeContact | None) -> tuple[Channel, ...]:
    if contact is None:
        return _BY_WORKER
    takes_paper = contact.paper_may_be_given is not False
    by_worker = _BY_WORKER if takes_paper else (Channel.READ_ALOUD,)
    further = _FURTHER.get(SafeWay(contact.way))
    return (*by_worker, further) if further else by_worker


def _to_a_guardian(contact: SafeContact | None, is_known_adult: bool) -> tuple[Channel, ...]:
    told = not is_known_adult and contact is not None and contact.guardian_may_know is True
    return (Channel.GUARDIAN,) if told else ()


def _why(contact: SafeContact | None) -> tuple[Any, ...]:
    if contact is None:
        return (_NEVER_ASKED, _PAPER_UNKNOWN)
    paper = {False: (_NO_PAPER,), None: (_PAPER_UNKNOWN,), True: ()}[contact.paper_may_be_given]
    return (_SAID[SafeWay(contact.way)], *paper)


def _why_guardian(contact: SafeContact | None, is_known_adult: bool) -> tuple[Any, ...]:
    if is_known_adult:
        return ()
    return (_GUARDIAN,) if _to_a_guardian(contact, is_known_adult) else (_NO_GUARDIAN,)
