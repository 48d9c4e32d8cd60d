"""Building one year's table and releasing it, once and for good."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import override

from mekhala.population.linkage import queries as linkage
from mekhala.population.publication import policies, words
from mekhala.population.publication.drafts import Draft, draft_of
from mekhala.population.publication.errors import NobodyToCount, ReleasedBefore
from mekhala.population.publication.models import PublishedTable
from mekhala.safeguards.audit import services as audit


def build_table(year: int, *, by: Any, on: date) -> Draft:
    """Return the year's table as it would be released. Nothing is kept; takes a second or two.

    Raises ``YearStillOpen``, ``ReleasedBefore`` or ``NobodyToCount``.
    """
    policies.check_may_release(by)
    policies.check_year(year, slug_of(year), on=on)
    counts = linkage.register_counts(year)
    if not counts:
        raise NobodyToCount
    return draft_of(year, counts)


@transaction.atomic
def release(
    draft: Draft, *, by: Any, at: datetime, on: date, seen: str | None = None
) -> PublishedTable:
    """Publish a draft for good; the database refuses to alter or delete it afterwards.

    ``seen`` is the fingerprint of the draft the officer looked at, where this one was made
    later: ``CountedAnew`` if they differ. ``StillRecoverable`` if the attack finds a withheld
    count; ``YearStillOpen`` and ``ReleasedBefore`` as in ``build_table``.
    """
    policies.check_may_release(by)
    policies.check_year(draft.year, slug_of(draft.year), on=on)
    policies.check_as_seen(draft, seen)
    policies.check_withstands(draft)
    table = _publish(draft, on=on)
    small = sum(reason == "small" for reason in draft.reasons)
    audit.record(
        "publication.released", subject=table.slug, by=by, at=at,
        small=small, protecting=draft.withheld["withheld"] - small,
    )  # fmt: skip
    return table


def slug_of(year: int) -> str:
    """Return the address of a year's table."""
    return f"recognised-victims-{year}"


def _publish(draft: Draft, *, on: date) -> PublishedTable:
    try:
        with transaction.atomic():
            return PublishedTable.objects.create(
                slug=slug_of(draft.year), period=str(draft.year), released_on=on,
                definition_version=words.DEFINITION_VERSION, threshold=draft.threshold,
                cells=draft.cells, withheld=draft.withheld, attack=draft.attack,
                **_texts(draft.year),
            )  # fmt: skip
    except IntegrityError:
        raise ReleasedBefore from None


def _texts(year: int) -> dict[str, str]:
    """The title and the definition in both languages, as they read on the day of release."""
    with override("en"):
        english = {"title": words.TITLE % {"year": year}, "definition": str(words.DEFINITION)}
    with override("km"):
        khmer = {"title": words.TITLE % {"year": year}, "definition": str(words.DEFINITION)}
    same = {name for name in english if khmer[name] == english[name]}
    return english | {f"{n}_km": "" if n in same else text for n, text in khmer.items()}
