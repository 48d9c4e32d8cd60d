"""The room between the phones and the rooms of the way."""

from django.apps import AppConfig


class IntakeApp(AppConfig):
    """From answers to the case."""

    name = "mekhala.intake"
    label = "intake"
