"""The vault: the only tables that hold a name or a document, each field sealed."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from mekhala.safeguards.keys.service import BOXED, WRAPPED

FIELDS = ("native_name", "latin_name", "birth_date", "national_id", "phone", "village_code")
DESTROYED = "destroyed"


class Identity(models.Model):
    """Names and documents behind one number: a case's person, or an accused.

    ``file_number`` is the case or proceeding under whose grants it may be opened. The other
    columns hold what ``sealing.seal`` made of a text; empty: not known.
    """

    subject = models.CharField(max_length=20, primary_key=True)
    file_number = models.CharField(max_length=20, db_index=True)
    native_name = models.BinaryField(default=bytes, help_text="In the script given")
    latin_name = models.BinaryField(default=bytes)
    birth_date = models.BinaryField(default=bytes, help_text="As said, not corrected")
    national_id = models.BinaryField(default=bytes)
    phone = models.BinaryField(default=bytes)
    village_code = models.BinaryField(default=bytes, help_text="Gazetteer code")
    name_index = models.SmallIntegerField(
        null=True, db_index=True, help_text="Blind index of native name and birth; see lookup.py"
    )
    id_index = models.SmallIntegerField(
        null=True, db_index=True, help_text="Blind index of the national identity number"
    )
    keys_rules = models.SmallIntegerField(
        null=True, help_text="Rules its blind keys were made by; empty: not all are made"
    )

    class Meta:
        verbose_name_plural = "identities"

    def __str__(self) -> str:
        return self.subject


class BlindKeys(models.Model):
    """The blind keys of a case's person: under which she or he may be found to be known.

    Nobody who works with the application reads or writes a row: two functions of the database
    do, one that keeps them and one (``registration_people_alike``) that finds who shares some.
    """

    subject = models.CharField(max_length=20, primary_key=True)
    keys = ArrayField(models.IntegerField(), help_text="See blind_keys.py; each is shared by many")

    class Meta:
        verbose_name_plural = "blind keys"
        indexes = [GinIndex(fields=["keys"], name="blind_keys_shared", fastupdate=False)]

    def __str__(self) -> str:
        return self.subject


class DataKey(models.Model):
    """One data key of one person, wrapped; one more each time something of the person is kept.

    ``version`` is that of the key service's wrapping key. ``boxed``: sealed to the service's
    public key while it did not answer. ``destroyed``: gone for good, with all it sealed.
    """

    subject = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    form = models.CharField(max_length=9, choices=[(f, f) for f in (WRAPPED, BOXED, DESTROYED)])
    version = models.PositiveIntegerField()
    wrapped = models.BinaryField(default=bytes)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "number"], name="datakey_once_per_number"),
            models.CheckConstraint(
                condition=models.Q(form=DESTROYED) ^ ~models.Q(wrapped=b""),
                name="datakey_is_there_or_destroyed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}/{self.number}"
