"""What is said of lists beside their rows, and ending one; each act has one entry in the log."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from mekhala.core.matching.mapping import read_mapping
from mekhala.core.wrong_input import WrongInput
from mekhala.population.linkage import policies
from mekhala.population.linkage.errors import CannotEndNow, ListNotReady
from mekhala.population.linkage.models import AgencyList, KeptMapping, ListDefinition, Nesting
from mekhala.population.linkage.services import check_source
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.keys.asking import ask
from mekhala.safeguards.keys.errors import KeyServiceDown, Refused


@transaction.atomic
def keep_mapping(source: str, text: str, *, by: Any, at: datetime) -> KeptMapping:
    """Keep how the columns of a list are read, in place of what was kept of it before.

    Raises ``NotYourRole``, ``WrongInput`` naming the key that is wrong.
    """
    policies.check_may_count(by)
    check_source(source)
    read_mapping(text, "mapping")
    kept, _new = KeptMapping.objects.update_or_create(
        source=source, defaults={"text": text, "kept_by": by, "kept_at": at}
    )
    audit.record("linkage.mapping_kept", subject=source, by=by, at=at)
    return kept


@transaction.atomic
def define_list(source: str, text: str, said_in: str, *, by: Any, at: datetime) -> ListDefinition:
    """Keep whom an agency counts on a list, as its next version; earlier ones stay readable.

    Raises ``NotYourRole``, ``WrongInput`` for words that are missing or too long.
    """
    policies.check_may_count(by)
    check_source(source)
    for name, said, most in (("text", text, 500), ("said_in", said_in, 300)):
        if not said.strip() or len(said.strip()) > most:
            raise WrongInput(f"{name}: expected 1 to {most} characters")
    last = ListDefinition.objects.filter(source=source).first()
    kept = ListDefinition.objects.create(
        source=source, version=last.version + 1 if last else 1, text=text.strip(),
        said_in=said_in.strip(), kept_by=by, kept_at=at,
    )  # fmt: skip
    audit.record("linkage.list_defined", subject=source, by=by, at=at, version=kept.version)
    return kept


@transaction.atomic
def declare_nested(inner: str, outer: str, *, by: Any, at: datetime) -> Nesting:
    """Say that the list ``inner`` is handed on into ``outer``. Raises ``NotYourRole``,
    ``WrongInput`` for one list twice, and for a circle.
    """
    policies.check_may_count(by)
    check_source(inner)
    check_source(outer)
    if inner == outer or Nesting.objects.filter(inner=outer, outer=inner).exists():
        raise WrongInput("lists: are handed on into each other; expected one into the other")
    made, _new = Nesting.objects.get_or_create(
        inner=inner, outer=outer, defaults={"declared_by": by, "declared_at": at}
    )
    audit.record("linkage.nesting_declared", subject=inner, by=by, at=at, outer=outer)
    return made


@transaction.atomic
def take_back_nested(nesting: Nesting, *, by: Any, at: datetime) -> None:
    """Take such a word back. Raises ``NotYourRole``."""
    policies.check_may_count(by)
    nesting.delete()
    audit.record(
        "linkage.nesting_taken_back", subject=nesting.inner, by=by, at=at, outer=nesting.outer
    )


@transaction.atomic
def end_list(taken: AgencyList, *, by: Any, at: datetime) -> int:
    """Throw the sealed records of a list and its keys away; return how many records.

    Counts, rows kept apart and what runs found stay. No backup brings the records back: the key
    service never again opens a key under the list's number. Raises ``NotYourRole``,
    ``ListNotReady`` for a list of tokens only, ``CannotEndNow`` while the key service is down.
    """
    policies.check_may_count(by)
    if not taken.number:
        raise ListNotReady
    with connection.cursor() as cursor:
        cursor.execute("select linkage_end_list(%s)", [taken.pk])
        gone = int(cursor.fetchone()[0])
    audit.record("linkage.list_ended", subject=taken, by=by, at=at, records=gone)
    try:
        ask({"op": "shred", "subject": taken.number})
    except (KeyServiceDown, Refused):
        raise CannotEndNow from None
    return gone
