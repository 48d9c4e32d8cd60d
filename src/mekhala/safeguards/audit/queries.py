"""What was done, and by whom. Nothing here changes anything."""

from django.db.models import QuerySet

from mekhala.safeguards.audit import chain
from mekhala.safeguards.audit.models import Entry


def about(subject: str) -> QuerySet[Entry]:
    """Return the entries about one number, newest first."""
    return Entry.objects.filter(subject=subject).order_by("-id")


def verify() -> chain.Verdict:
    """Read the whole log in order and say whether it is whole."""
    return chain.verify(Entry.objects.order_by("id").iterator(chunk_size=5000))
