"""The acts of the log in words, and for which purposes each may be told.

A look is not an act: who looked has a page of its own. An act of a room that the officer's
purposes do not open is left out, as the room's rows are.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.purposes import Purpose

FIRST = frozenset({Purpose.FIRST_CONTACT, Purpose.DETERMINATION, Purpose.REGISTRATION})
MET = frozenset({Purpose.FIRST_CONTACT, Purpose.REGISTRATION})
KNOWN = frozenset({Purpose.REGISTRATION})  # never whoever investigates (K2)
DECIDING = frozenset({Purpose.DETERMINATION})
DECIDED = frozenset({Purpose.DETERMINATION, Purpose.REGISTRATION})
HELP = frozenset({Purpose.REGISTRATION, Purpose.SUPPORT})
CONSENT = FIRST | {Purpose.SUPPORT}
JUSTICE = frozenset({Purpose.JUSTICE})

WORDS: Mapping[str, tuple[Any, frozenset[Purpose]]] = {
    "encounter.case_opened": (_("Case opened after a first meeting"), FIRST),
    "encounter.added": (_("Met again"), FIRST),
    "encounter.corrected": (_("First meeting corrected by an edited form"), FIRST),
    "encounter.safe_contact_asked": (_("Asked how to reach the person safely"), FIRST),
    "encounter.not_screened": (_("Said why a meeting led to no screening"), FIRST),
    "visits.led_to_case": (_("A visit to a place led to this case"), MET),
    "encounter.closed": (_("Case closed"), CONSENT),
    "encounter.reopened": (_("Case opened again"), CONSENT),
    "retention.erased": (_("Erased, its time being over"), CONSENT),
    "screening.recorded": (_("Screening recorded"), FIRST),
    "screening.corrected": (_("Screening corrected by an edited form"), FIRST),
    "determination.opened": (_("File opened at the competent authority"), FIRST),
    "determination.referred": (_("Sent to the competent authority"), FIRST),
    "determination.finding_recorded": (_("Fact added"), DECIDING),
    "determination.findings_recorded": (_("Facts of one telling added"), DECIDING),
    "determination.source_recorded": (_("A telling recorded: who, how and when"), DECIDING),
    "determination.placed": (_("Placed on the continuum of volition"), DECIDING),
    "determination.fact_asked": (_("Fact asked for"), DECIDING),
    "determination.fact_answered": (_("What the authority asked was answered"), FIRST),
    "determination.fact_not_asked": (_("Question taken back"), DECIDING),
    "determination.conduct_dated": (_("Dates of the conduct recorded"), DECIDING),
    "determination.read": (_("File read by an officer of the authority"), DECIDING),
    "determination.clock_paused": (_("The clock of the question was paused"), DECIDING),
    "determination.clock_resumed": (_("The clock of the question goes on"), DECIDING),
    "determination.clock_extended": (_("More time was given for the question"), DECIDING),
    "determination.clock_minimum_ended": (
        _("The time to recover was ended at the person's wish"),
        DECIDING,
    ),
    "determination.tie_declared": (_("An officer declared a tie"), DECIDING),
    "determination.asked_again": (_("Asked that a decision be looked at again"), DECIDED),
    "determination.decided": (_("Decided by the competent authority"), DECIDED),
    "letters.prepared": (_("Letter made"), DECIDED),
    "letters.approved": (_("Letter approved"), DECIDED),
    "letters.handed_over": (_("Letter handed over"), DECIDED),
    "letters.withdrawn": (_("Letter withdrawn"), DECIDED),
    "registration.registered": (_("Entered in the register"), DECIDED),
    "registration.same_person_judged": (_("Said whether another case is of this person"), KNOWN),
    "registration.same_person_asked": (
        _("Another agency asked whether it knows this person"),
        KNOWN,
    ),
    "registration.announced": (_("The ministry was told, without a name"), FIRST),
    "registration.withdrawn": (_("Certificate withdrawn"), DECIDED),
    "referral.asked": (_("Service asked to help"), HELP),
    "referral.accepted": (_("Service said yes"), HELP),
    "referral.declined": (_("Service said no"), HELP),
    "referral.expired": (_("Service did not answer"), HELP),
    "referral.arrived": (_("Person came to the service"), HELP),
    "referral.arrival_taken_back": (_("That the person came to a service was taken back"), HELP),
    "referral.ended": (_("Help by a service ended"), HELP),
    "aftercare.plan_agreed": (_("Support plan agreed"), HELP),
    "aftercare.task_added": (_("Task added to the support plan"), HELP),
    "aftercare.task_done": (_("Task of the support plan done"), HELP),
    "aftercare.follow_up_planned": (_("Days to look in planned"), HELP),
    "aftercare.followed_up": (_("Met for follow-up"), HELP),
    "repatriation.begun": (_("A return was begun"), FIRST),
    "repatriation.statement": (_("The person was asked about returning"), FIRST),
    "repatriation.checked": (_("Something was found out before a return"), FIRST),
    "repatriation.step_done": (_("A step of the return was done"), FIRST),
    "repatriation.step_taken_back": (_("A step of the return was taken back"), FIRST),
    "repatriation.sealed": (_("A file was sealed for the other country"), FIRST),
    "repatriation.received": (_("The other country opened the file"), FIRST),
    "repatriation.seen": (_("The other country looked at the steps"), FIRST),
    "repatriation.ended": (_("The return ended"), FIRST),
    "aftercare.tried": (_("Tried to reach the person"), HELP),
    "aftercare.assessed": (_("Needs looked at together"), HELP),
    "aftercare.stage_moved": (_("Support moved on"), HELP),
    "aftercare.help_given": (_("Help given"), HELP),
    "aftercare.task_taken_back": (_("Task of the support plan taken back"), HELP),
    "aftercare.help_taken_back": (_("Help that was recorded was taken back"), HELP),
    "aftercare.follow_up_taken_back": (_("What was found at follow-up was taken back"), HELP),
    "aftercare.stay_begun": (_("A stay began"), HELP),
    "aftercare.stay_looked_at": (_("Stay looked at again"), HELP),
    "aftercare.left": (_("The person left a house"), HELP),
    "aftercare.note_written": (_("A house wrote a note of its own"), HELP),
    "aftercare.note_shared": (_("A house shared a note"), HELP),
    "aftercare.note_taken_back": (_("A house took back a note"), HELP),
    "aftercare.trace_begun": (_("A relative is looked for"), HELP),
    "aftercare.traced": (_("How far looking for a relative came"), HELP),
    "aftercare.named": (_("Asked about the way home"), HELP),
    "aftercare.naming_taken_back": (_("Asked about the way home"), HELP),
    "aftercare.return_screened": (_("Asked about the way home"), HELP),
    "aftercare.return_proposed": (_("Going home proposed, with reasons"), HELP),
    "aftercare.return_answered": (_("Going home answered by a second officer"), HELP),
    "aftercare.return_given_up": (_("A way home ended"), HELP),
    "aftercare.sent_home": (_("The person went home"), HELP),
    "forms.submission_linked": (_("A form that was sent in was put to the case"), FIRST),
    "consent.given": (_("The person said yes to sharing"), CONSENT),
    "consent.refused": (_("The person said no to sharing"), CONSENT),
    "consent.withdrawn": (_("The person took back a yes"), CONSENT),
    "consent.guardian_recorded": (_("Recorded who answers for the child"), CONSENT),
    "identity.kept": (_("Name or papers kept apart"), FIRST),
    "access.opened": (_("Opened to officers"), FIRST),
    "access.closed": (_("Closed to an officer"), FIRST),
    "case.exported": (_("Taken out of the system in a file"), FIRST),
    "holds.set": (_("Kept from erasure by a legal hold"), DECIDED),
    "holds.lifted": (_("Legal hold lifted"), DECIDED),
}


def told_for(purposes: set[Purpose]) -> list[str]:
    """Return the acts that may be told to an officer with these purposes."""
    return [act for act, (_words, opened) in WORDS.items() if opened & purposes]
