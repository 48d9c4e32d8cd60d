"""The app that holds what concerns the whole installation: roles, migrate, messages."""

import sys

from django.apps import AppConfig


class ConfigApp(AppConfig):
    """First in INSTALLED_APPS, so that its ``migrate`` is the one that runs."""

    name = "mekhala.config"
    label = "config"

    def ready(self) -> None:
        """Say in words what is left out; shut the worker in, however it was started.

        The worker may call witnesses and the key service, and nothing else.
        """
        from mekhala.web.left_out import say_what_to_do

        say_what_to_do()
        if "db_worker" in sys.argv[:2]:
            from django.conf import settings

            from mekhala.safeguards.outbound import guard

            guard(keys=True, witnesses=settings.AUDIT_WITNESSES)
