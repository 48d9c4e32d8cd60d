"""The forms room; its label differs from ``django.forms``."""

from django.apps import AppConfig


class FormsApp(AppConfig):
    """Questionnaires."""

    name = "mekhala.forms"
    label = "questionnaires"
