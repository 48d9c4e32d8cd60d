"""Papers issued, as anyone may check them, and how often somebody guessed wrong."""

from django.db import models


class Seal(models.Model):
    """One paper: the digest of its number and code, and whether it still stands."""

    digest = models.CharField(max_length=64, primary_key=True)
    issued_on = models.DateField()
    withdrawn_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.digest[:8]


class Guess(models.Model):
    """How many wrong answers one number, one address, or both together gave in the last hour.

    Kept under a keyed digest, an hour long: no address of anybody stands here. A number is
    counted whether it was ever issued or not. Only the function ``seals_check`` writes here.
    """

    key = models.CharField(max_length=64, primary_key=True)
    began = models.DateTimeField(db_index=True)
    wrong = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "guesses"

    def __str__(self) -> str:
        return self.key[:8]
