"""The days of the country while a test runs: a run may begin on one day and end on the next."""

from datetime import date

from django.utils import timezone


def today() -> date:
    """Return the day it is now in the country."""
    return timezone.localdate()


def day() -> str:
    """Return the day it is now as a page or an API takes it."""
    return today().isoformat()
