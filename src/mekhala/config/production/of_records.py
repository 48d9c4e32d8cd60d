"""What must be on record: an impact assessment of this deployment, and backups."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from mekhala.config.production.finding import Finding

OLDEST = timedelta(days=2)


def findings() -> Iterator[Finding]:
    """Yield what is not on record."""
    from mekhala.config.home import home
    from mekhala.config.production import assessment

    if assessment.on_record(home()) is None:
        yield Finding(
            "Impact assessment", "nobody has said what this deployment does to people's data",
            "fill in docs/data-protection-impact-assessment.md for this country, have it "
            "reviewed, and run mekhala doctor --accept-dpia FILE --by NAME",
        )  # fmt: skip
    yield from _of_backups()


def _of_backups() -> Iterator[Finding]:
    from django.conf import settings

    from mekhala.config.home import home, last_backup

    if len(set(settings.BACKUP_TO)) < 2:
        yield Finding(
            "MEKHALA_BACKUP_TO", "backups have no two officers to open them together",
            "have two or three officers run mekhala keys recipient, and name what it prints",
        )  # fmt: skip
    last = last_backup(home())
    if last is None or datetime.now(UTC) - datetime.fromisoformat(last["at"]) > OLDEST:
        seen = "none was made yet" if last is None else f"the last one is of {last['at'][:16]}"
        yield Finding(
            "Backup", f"{seen}: what is lost is lost for good", "run mekhala backup every night",
            refuses=False,
        )  # fmt: skip
