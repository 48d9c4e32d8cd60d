"""Which entries stand: those nothing was recorded in place of."""

from collections.abc import Iterable

from mekhala.pathway.justice.models import Entry


def current[E: Entry](entries: Iterable[E]) -> list[E]:
    """Return the entries nothing stands in place of, in their order."""
    kept = list(entries)
    replaced = {entry.replaces_id for entry in kept}
    return [entry for entry in kept if entry.pk not in replaced]
