"""The periods as the database holds them, what each room erases, and what was erased."""

from django.db import models


class Period(models.Model):
    """How many days one kind of record is kept: a copy of ``periods.yaml`` that the database obeys.

    Written by migrations alone; the application reads it.
    """

    kind = models.CharField(max_length=20, primary_key=True)
    days = models.PositiveIntegerField()
    timer = models.CharField(max_length=10, help_text="When its time begins; see periods.py")

    def __str__(self) -> str:
        return f"{self.kind}: {self.days} d"


class Part(models.Model):
    """One room's function that erases one kind of record. Written by migrations alone."""

    kind = models.CharField(max_length=20)
    function = models.CharField(max_length=63, unique=True)

    def __str__(self) -> str:
        return self.function


class Erasure(models.Model):
    """One kind of record under one number was erased. Written by the database's function alone."""

    number = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    because = models.CharField(max_length=10)
    rows = models.PositiveIntegerField()
    erased_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["number", "kind"], name="erasure_of_number")]

    def __str__(self) -> str:
        return f"{self.number} ({self.kind})"


class Again(models.Model):
    """A number whose keys were destroyed before a backup brought its rows back: due at once.

    Written by the owner of the tables alone, when a backup is restored.
    """

    number = models.CharField(max_length=20, primary_key=True)
    since = models.DateTimeField()

    class Meta:
        verbose_name_plural = "to be erased again"

    def __str__(self) -> str:
        return self.number
