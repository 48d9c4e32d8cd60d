"""Notices to officers."""

from django.db import models
from django.utils.translation import gettext as _

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.notices.kinds import Kind


class Notice(models.Model):
    """One officer is told one thing about one number; ``seen_at`` None: not looked at yet.

    ``subject`` is the number of a file or the user name of an account; ``details`` holds codes
    and numbers of rows. Kinds are checked by ``tell``, so that a new one needs no migration.
    """

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=60)
    told_by = models.BigIntegerField(null=True, help_text="Officer's id; none: a job")
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["officer", "-id"], name="notice_of_officer"),
            models.Index(
                fields=["officer"], condition=models.Q(seen_at=None), name="notice_unseen"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.kind})"

    @property
    def words(self) -> str:
        """What is told, in the reader's language, with a count where there is one."""
        said = str(Kind(self.kind).label)
        waiting = self.details.get("waiting")
        return (
            _("%(said)s (%(count)s not looked into)") % {"said": said, "count": waiting}
            if (waiting)
            else said
        )
