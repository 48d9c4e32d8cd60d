"""The vault: the only tables that hold a name or a document."""

from django.db import models


class Identity(models.Model):
    """Names and documents behind one number: a case's person, or an accused.

    ``file_number`` is the case or proceeding under whose grants it may be opened.
    """

    subject = models.CharField(max_length=20, primary_key=True)
    file_number = models.CharField(max_length=20, db_index=True)
    native_name = models.CharField(max_length=200, blank=True, help_text="In the script given")
    latin_name = models.CharField(max_length=200, blank=True)
    birth_date = models.CharField(max_length=40, blank=True, help_text="As said, not corrected")
    national_id = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    village_code = models.CharField(max_length=8, blank=True, help_text="Gazetteer code")

    class Meta:
        verbose_name_plural = "identities"

    def __str__(self) -> str:
        return self.subject
