"""Which mapping holds for a version, what waits, what filled forms became. Changes nothing."""

import hashlib
import time
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet

from mekhala.forms.models import FormVersion, SubmissionState
from mekhala.forms.queries import form_of, versions_handed_out
from mekhala.intake.check import Asked, asked_by, faults
from mekhala.intake.mapping import FormMapping, read_mapping
from mekhala.intake.models import KeptMapping, State, Taken
from mekhala.safeguards import prepared
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role

MOST_KEPT = 64


class Holding(NamedTuple):
    """The mapping that holds for a version; ``number`` 0: it came with the program."""

    mapping: FormMapping
    number: int

    @property
    def sha256(self) -> str:
        """Of its text: what was taken by it is known by this."""
        return hashlib.sha256(self.mapping.source.encode()).hexdigest()


@cache
def shipped() -> tuple[FormMapping, ...]:
    """Return the mappings that come with the program, in the order of their file names."""
    folder = resources.files("mekhala.forms").joinpath("mappings")
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(read_mapping(f.read_text(encoding="utf-8"), file_name=f.name) for f in files)


_read: dict[str, FormMapping] = {}  # by digest of the text, which never changes


def read_kept(kept: KeptMapping) -> FormMapping:
    """Return a mapping an author added, read; each is read once in a process."""
    if kept.sha256 not in _read:
        if len(_read) >= MOST_KEPT:
            _read.clear()
        _read[kept.sha256] = read_mapping(kept.source, file_name=f"mapping {kept.number}")
    return _read[kept.sha256]


_KEPT = "select id, number, sha256 from intake_keptmapping where form_id = %s order by number desc"


def mapping_of(version: FormVersion) -> Holding | None:
    """Return the mapping for answers to a version: the newest added that fits, else the shipped."""
    for row in prepared.execute(_KEPT, [version.form_id]):  # asked for every filled form
        kept = KeptMapping.from_db("default", ["id", "number", "sha256"], row)
        mapping = read_kept(kept)
        if mapping.holds_for(version.version):
            return Holding(mapping, kept.number)
    found = (m for m in shipped() if m.form == version.form.form_id)
    fitting = next((m for m in found if m.holds_for(version.version)), None)
    return Holding(fitting, 0) if fitting else None


ASKED_AGAIN = 10.0  # seconds
_mapped: dict[int, tuple[bool, float]] = {}


def was_mapped(version: FormVersion) -> bool:
    """Return whether answers to a version were mapped some seconds ago.

    What it misses is found by ``take_what_waits``.
    """
    said, until = _mapped.get(version.pk, (False, 0.0))
    if time.monotonic() >= until:
        said = mapping_of(version) is not None
        _mapped[version.pk] = said, time.monotonic() + ASKED_AGAIN
    return said


_asked: dict[str, Asked] = {}
_fits: dict[tuple[str, str], list[str]] = {}


def asked_of(version: FormVersion) -> Asked:
    """Return what a version asks, as mappings need it; each form is read once in a process."""
    if version.sha256 not in _asked:
        if len(_asked) >= MOST_KEPT:
            _asked.clear()
        _asked[version.sha256] = asked_by(form_of(version))
    return _asked[version.sha256]


def faults_of(version: FormVersion, holding: Holding) -> list[str]:
    """Return why a mapping does not fit a version, a sentence for each."""
    key = (version.sha256, holding.sha256)
    if key not in _fits:
        if len(_fits) >= MOST_KEPT:
            _fits.clear()
        _fits[key] = faults(holding.mapping, form_of(version))
    return _fits[key]


def versions_with_mapping() -> list[int]:
    """Return the ids of versions in use, now or once, whose answers are mapped."""
    versions = versions_handed_out().defer("source", "xform")
    return [version.pk for version in versions if mapping_of(version)]


def waiting_for(officer: Officer) -> QuerySet[Taken]:
    """Return what waits: an officer's own filled forms, for registrars those of the agency."""
    found = Taken.objects.filter(state=State.WAITS, submission__state=SubmissionState.RECEIVED)
    found = found.filter(submission__agency=officer.agency_id)
    if officer.role != Role.REGISTRAR:
        found = found.filter(submission__received_from=officer)
    return found.select_related("submission__version__form").defer(
        "submission__xml", "submission__answers", "submission__version__xform",
        "submission__version__source",
    )  # fmt: skip


def untaken(versions: Iterable[int]) -> list[tuple[int, int]]:
    """Return filled forms nobody took over yet, with their senders: for the job alone."""
    with connection.cursor() as cursor:
        cursor.execute("select submission, officer from intake_untaken(%s)", [list(versions)])
        return list(cursor.fetchall())


def taken_of(form_id: int) -> list[tuple[int, int]]:
    """Return what was taken or waits of a form, with its senders: for the job alone."""
    with connection.cursor() as cursor:
        cursor.execute("select submission, officer from intake_of_form(%s)", [form_id])
        return list(cursor.fetchall())
