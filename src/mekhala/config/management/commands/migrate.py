"""``migrate``, always as the owner of the tables."""

from typing import Any

from django.core.management.commands import migrate

from mekhala.config import roles


class Command(migrate.Command):
    """Migrate as ``mekhala_owner``, then go back to the application's role."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Take the owner's role for the run of the migrations."""
        roles.become(roles.OWNER)
        try:
            super().handle(*args, **options)
        finally:
            roles.become(roles.APP)
