"""Tables the public may see: released once, never altered."""

from django.db import models


class PublishedTable(models.Model):
    """One table after disclosure control, with its definition and its day."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    title_km = models.CharField(max_length=200, blank=True)
    definition = models.TextField()
    definition_km = models.TextField(blank=True)
    definition_version = models.PositiveSmallIntegerField(default=1)
    period = models.CharField(max_length=40)
    threshold = models.PositiveSmallIntegerField(help_text="Cells below it are withheld")
    cells = models.JSONField(help_text="[{dimension: code, …, 'count': n or null if withheld}]")
    withheld = models.JSONField(help_text="{'cells': n, 'withheld': n}; never which are small")
    attack = models.JSONField(help_text="What the built-in attack could learn")
    released_on = models.DateField()

    class Meta:
        ordering = ["-released_on", "-id"]

    def __str__(self) -> str:
        return self.slug
