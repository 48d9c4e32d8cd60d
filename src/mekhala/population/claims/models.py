"""Published figures, one row each, as their authors gave them."""

from django.db import models


class Claim(models.Model):
    """One published figure: what it counts, whose it is, what it rests on."""

    claim_id = models.CharField(max_length=40, unique=True)
    seed_file = models.CharField(max_length=120, blank=True)
    section = models.CharField(max_length=200, blank=True)
    quantity = models.CharField(max_length=300)
    population_definition = models.TextField(blank=True)
    place = models.CharField(max_length=120, blank=True)
    period = models.CharField(max_length=120, blank=True)
    value = models.CharField(max_length=120)
    unit = models.CharField(max_length=60, blank=True)
    lo = models.CharField(max_length=40, blank=True)
    hi = models.CharField(max_length=40, blank=True)
    method = models.CharField(max_length=200, blank=True)
    source_cited = models.TextField(blank=True)
    sources_that_repeat_it = models.TextField(blank=True)
    quote_location = models.TextField(blank=True)
    note = models.TextField(blank=True)
    chain = models.CharField(max_length=40, blank=True, db_index=True)

    class Meta:
        ordering = ["claim_id"]

    def __str__(self) -> str:
        return self.claim_id
