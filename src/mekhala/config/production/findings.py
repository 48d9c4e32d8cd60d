"""Everything found about a door, and the refusal to open it in words."""

from collections.abc import Iterator

from mekhala.config.production import of_records, of_settings, of_the_database, of_the_keys
from mekhala.config.production.finding import Finding


def findings(door: str = "casework") -> Iterator[Finding]:
    """Yield what is unsafe about this installation for the door ``casework`` or ``public``.

    Asks the database (it must be open) and, for casework, the key service and the disk. Django
    must be set up with the settings of that door.
    """
    yield from of_settings.findings(door)
    yield from of_the_database.findings(door)
    if door == "casework":
        yield from of_the_keys.findings()
        yield from of_records.findings()


def refuse_if_unsafe(door: str) -> None:
    """Leave in words (``SystemExit``) where production would be served with unsafe settings."""
    from django.conf import settings

    if not settings.SECURE:
        return
    found = [one.told() for one in findings(door) if one.refuses]
    if found:
        raise SystemExit(
            "\n".join([f"Mekhala does not open its {door} door: it would not be safe.", *found])
        )
