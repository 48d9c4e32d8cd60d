"""Agencies' lists and the register as counted: tokens, or records sealed for a linkage run."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.identity.fields import SealedJSON


class Kept(models.TextChoices):
    """What of each record of a list is kept."""

    TOKENS = "tokens", _("Keyed tokens, no names")
    RECORDS = "records", _("Records, sealed, until the linkage project ends")
    ENCODED = "encoded", _("Tokens the agency made itself, no names")
    PAIRS = "pairs", _("Pair numbers of a comparison the agency made itself, no names, no tokens")


class Stage(models.TextChoices):
    """Which stage of the way through the agencies a list tells of, for the attrition funnel."""

    IDENTIFIED = "identified", _("Identified")
    REPORTED = "reported", _("Reported to the police")
    CHARGED = "charged", _("Charge brought")
    CONVICTED = "convicted", _("Conviction")
    NONE = "none", _("No stage of its own")


class AgencyList(models.Model):
    """One list an agency handed over, for one period.

    It is taken in batches: ``rows_read`` rows of the file are accounted for (accepted or kept
    apart), and only when ``completed_at`` is set may the list be joined.
    """

    source = models.SlugField(max_length=40, help_text="The list's name in overlap tables")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="lists")
    file_digest = models.CharField(
        max_length=64, unique=True, help_text="Keyed: the same file is told, its content is not"
    )
    records = models.PositiveIntegerField(help_text="Rows that were accepted")
    without_key = models.PositiveIntegerField(help_text="Records that can meet no other")
    imported_at = models.DateTimeField(help_text="When the first row was taken")
    completed_at = models.DateTimeField(null=True)
    kept = models.CharField(max_length=10, choices=Kept, default=Kept.TOKENS)
    number = models.CharField(
        max_length=20, blank=True, help_text="The keys of its sealed records are kept under it"
    )
    rows_read = models.PositiveIntegerField(default=0)
    rows_apart = models.PositiveIntegerField(default=0)
    mapping = models.TextField(blank=True, help_text="How its columns were read, as TOML")
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.NONE)
    is_distinct = models.BooleanField(default=False, help_text="Holds each person once")
    period_from = models.DateField(null=True)
    period_until = models.DateField(null=True, help_text="The last day")
    months = models.JSONField(default=dict, help_text='Rows by month of event: {"2025-03": 12}')
    filled = models.JSONField(default=dict, help_text="In how many records each column is filled")
    unread = models.JSONField(default=dict, help_text="{column: {why: cells read as unknown}}")
    made_by = models.JSONField(default=dict, help_text="Parameters of tokens the agency made")
    erased_at = models.DateTimeField(null=True, help_text="When its records went for good")

    class Meta:
        ordering = ["source", "-imported_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="list_number_once"
            ),
            models.CheckConstraint(
                condition=Q(kept="tokens", number="") | ~Q(kept="tokens") & ~Q(number=""),
                name="list_sealed_under_a_number",
            ),
        ]

    def __str__(self) -> str:
        return self.source


class ListRecord(models.Model):
    """One record of a list, sealed with the list's own keys.

    ``said`` holds only columns of ``core.matching.records.COLUMNS`` (or an agency's own tokens or
    the pairs it found itself);
    no story. Read only through ``queries.records_of``, while the list is open to an officer for
    a linkage run or its review (``ListOpening``).
    """

    agency_list = models.ForeignKey(AgencyList, models.PROTECT, related_name="sealed_records")
    row = models.PositiveIntegerField(help_text="Row of the file; the header is row 1")
    record = models.CharField(
        max_length=64, help_text="Keyed digest of source and record id: equal for the same record"
    )
    said = SealedJSON(person="agency_list.number", bound=("agency_list_id", "row"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency_list", "row"], name="list_record_row_once"),
            models.UniqueConstraint(fields=["agency_list", "record"], name="list_record_once"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_list_id}/{self.row}"


class KeptApart(models.Model):
    """One row of a file that was not accepted: which, in which column, and why. Nothing it said."""

    agency_list = models.ForeignKey(AgencyList, models.PROTECT, related_name="apart")
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=60, blank=True, help_text="As the agency calls it")
    reason = models.CharField(max_length=30, help_text="core.matching.taking.REASONS")

    class Meta:
        ordering = ["row"]
        constraints = [
            models.UniqueConstraint(fields=["agency_list", "row"], name="kept_apart_row_once")
        ]
        verbose_name_plural = "rows kept apart"

    def __str__(self) -> str:
        return f"{self.agency_list_id}/{self.row}"


class ListOpening(models.Model):
    """That a list's sealed records are open to an officer for a linkage run or its review.

    A day at most; added and never altered. Row security of ``ListRecord`` reads it.
    """

    agency_list = models.ForeignKey(AgencyList, models.PROTECT, related_name="openings")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__lte=F("opened_at") + timedelta(days=1)),
                name="list_opening_of_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency_list_id} to {self.officer_id}"


class Nesting(models.Model):
    """That the list ``inner`` is handed on into ``outer``: both hold the same people by design."""

    inner = models.SlugField(max_length=40)
    outer = models.SlugField(max_length=40)
    declared_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()

    class Meta:
        ordering = ["outer", "inner"]
        constraints = [
            models.UniqueConstraint(fields=["inner", "outer"], name="nesting_once"),
            models.CheckConstraint(condition=~Q(inner=F("outer")), name="nesting_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.inner} in {self.outer}"


class ListDefinition(models.Model):
    """Whom an agency counts on one list, in its own words and a version. Never edited."""

    source = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500, help_text="Who is on the list, and who is not")
    said_in = models.CharField(max_length=300, help_text="Where the agency says it")
    kept_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["source", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["source", "version"], name="list_definition_once")
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.version}"


class KeptMapping(models.Model):
    """How an officer said the columns of one list are to be read, kept for its next file."""

    source = models.SlugField(max_length=40, unique=True)
    text = models.TextField(help_text="TOML, as core.matching.mapping reads it")
    kept_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["source"]

    def __str__(self) -> str:
        return self.source


class ListEntry(models.Model):
    """One record of a list: a digest for its id and keyed tokens to meet others by."""

    agency_list = models.ForeignKey(AgencyList, models.CASCADE, related_name="entries")
    record = models.CharField(max_length=64, help_text="Keyed digest of the agency's record id")
    tokens = ArrayField(models.CharField(max_length=64), default=list)
    person = models.PositiveIntegerField(null=True, help_text="Cluster; changes with each joining")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency_list", "record"], name="list_entry_once")
        ]

    def __str__(self) -> str:
        return self.record[:8]


class RegisterEntry(models.Model):
    """One recognised person, as counted: no number, no name, bands only."""

    year = models.PositiveSmallIntegerField()
    sex = models.CharField(max_length=10)
    age_band = models.CharField(max_length=10)
    exploitation = models.CharField(max_length=40)
    province_code = models.CharField(max_length=2)

    class Meta:
        verbose_name_plural = "register entries"

    def __str__(self) -> str:
        return f"{self.year} {self.exploitation}"


class OverlapTable(models.Model):
    """How many people are on which lists together, at one joining."""

    made_at = models.DateTimeField()
    lists = ArrayField(models.CharField(max_length=40))
    rows = models.JSONField(help_text="[[0/1 per list…, count], …]")
    records = models.PositiveIntegerField()
    people = models.PositiveIntegerField()

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{len(self.lists)} lists, {self.people} people"


from mekhala.population.linkage.run_models import (  # noqa: E402 - runs stand on lists
    AT_WORK,
    LinkageRun,
    LinkedPair,
    LinkedRecord,
    PairState,
    RecordShown,
    ReviewAnswer,
    ReviewPair,
    RunReviewer,
    RunState,
    SaidOfPair,
    SampledPair,
    SettledRecord,
    Settlement,
)

__all__ = [
    "AT_WORK", "AgencyList", "Kept", "KeptApart", "KeptMapping", "LinkageRun", "LinkedPair",
    "LinkedRecord", "ListDefinition", "ListEntry", "ListOpening", "ListRecord", "Nesting",
    "OverlapTable",
    "PairState", "RecordShown", "RegisterEntry", "ReviewAnswer", "ReviewPair", "RunReviewer",
    "RunState", "SaidOfPair", "SampledPair", "SettledRecord", "Settlement", "Stage",
]  # fmt: skip
