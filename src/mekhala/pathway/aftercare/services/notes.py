"""A provider's own notes: the agency alone reads them; each is shared or taken back by itself."""

from datetime import datetime

from django.db import transaction

from mekhala.pathway.aftercare import policies
from mekhala.pathway.aftercare.errors import AlreadyDone
from mekhala.pathway.aftercare.models import Note
from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit


@transaction.atomic
def write_note(case: Case, words: str, *, by: Officer, at: datetime) -> Note:
    """Keep a note of the officer's agency; nobody else reads it."""
    policies.check_may_write_notes(by, case.number, now=at)
    policies.check_words(words)
    kept = Note.objects.create(
        case=case, agency=by.agency, words=words.strip(), written_by=by, written_at=at
    )
    audit.record("aftercare.note_written", subject=case.number, by=by, at=at, note=kept.pk)
    return kept


@transaction.atomic
def share_note(note: Note, *, by: Officer, at: datetime) -> Note:
    """Let those who keep the plan read this one note."""
    policies.check_may_write_notes(by, note.case_id, now=at)
    policies.check_own_note(by, note)
    unshared = Note.objects.filter(pk=note.pk).exclude(
        shared_at__isnull=False, taken_back_at__isnull=True
    )
    if not unshared.update(shared_at=at, taken_back_at=None):
        raise AlreadyDone
    audit.record("aftercare.note_shared", subject=note.case_id, by=by, at=at, note=note.pk)
    note.refresh_from_db()
    return note


@transaction.atomic
def take_back_note(note: Note, *, by: Officer, at: datetime) -> Note:
    """Let nobody else read this note from now on; what was read was read."""
    policies.check_may_write_notes(by, note.case_id, now=at)
    policies.check_own_note(by, note)
    shared = Note.objects.filter(pk=note.pk, shared_at__isnull=False, taken_back_at=None)
    if not shared.update(taken_back_at=at):
        raise AlreadyDone
    audit.record("aftercare.note_taken_back", subject=note.case_id, by=by, at=at, note=note.pk)
    note.refresh_from_db()
    return note
