"""Papers issued, as anyone may check them."""

from django.db import models


class Seal(models.Model):
    """One paper: the digest of its number and code, and whether it still stands."""

    digest = models.CharField(max_length=64, primary_key=True)
    issued_on = models.DateField()
    withdrawn_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.digest[:8]
