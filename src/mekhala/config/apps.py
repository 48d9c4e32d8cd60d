"""The app that holds what concerns the whole installation: roles, migrate, messages."""

from django.apps import AppConfig


class ConfigApp(AppConfig):
    """First in INSTALLED_APPS, so that its ``migrate`` is the one that runs."""

    name = "mekhala.config"
    label = "config"
