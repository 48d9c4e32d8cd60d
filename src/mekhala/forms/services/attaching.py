"""The files that come with a filled form: pictures drawn anew, sealed files as they came."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Sum
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from mekhala.core.wrong_input import WrongInput
from mekhala.forms.answers import Sent
from mekhala.forms.errors import AttachmentDiffers
from mekhala.forms.models import Attachment, Submission
from mekhala.safeguards.uploads import LARGEST
from mekhala.safeguards.uploads.names import plain_name
from mekhala.safeguards.uploads.pictures import drawn_anew

MOST_ATTACHED = 100 * 1024 * 1024  # of one filled form in all; it may come in parts
MOST_FILES = 100
SEALED = "application/octet-stream"


@dataclass(frozen=True, kw_only=True)
class SentFile:
    """A file that comes with a filled form."""

    name: str
    content_type: str
    content: bytes


def attach(
    submission: Submission, files: list[SentFile], *, of: Sent
) -> tuple[int, tuple[str, ...]]:
    """Add the files that are not there yet; return how many, and why others were refused.

    Raises ``AttachmentDiffers`` for other content under a name that is there, ``WrongInput`` for
    too many or too much.
    """
    if not files:
        return 0, ()
    kept = dict(submission.attachments.values_list("name", "sent_sha256"))
    known = dict(kept)
    for file in files:  # the same name twice in one request is measured too
        digest = hashlib.sha256(file.content).hexdigest()
        if known.setdefault(file.name, digest) != digest:
            raise AttachmentDiffers
    new = {file.name: file for file in files if file.name not in kept}
    _check_sizes(submission, new.values(), len(kept))
    taken, refused = [], []
    for name, file in new.items():
        try:
            content, media_type = _as_kept(file, of)
        except WrongInput as reason:
            refused.append(str(reason))
            continue
        taken.append(
            Attachment(
                submission=submission, name=name, content=content, content_type=media_type,
                sent_sha256=known[name],
            )
        )  # fmt: skip
    Attachment.objects.bulk_create(taken)
    return len(taken), tuple(refused)


def _as_kept(file: SentFile, of: Sent) -> tuple[bytes, str]:
    """Return the bytes that are kept and their media type. Raises ``WrongInput``."""
    if not of.is_encrypted:
        picture = drawn_anew(file.content, file_name=plain_name(file.name))
        return picture.content, picture.media_type
    if file.name not in of.sealed_files:
        raise WrongInput(
            _("%(file)s: the encrypted form does not name it; only what it names is taken.")
            % {"file": plain_name(file.name)}
        )
    if len(file.content) > LARGEST:
        raise WrongInput(_("%(file)s: is larger than 10 MB.") % {"file": plain_name(file.name)})
    return file.content, SEALED


def _check_sizes(submission: Submission, new: Collection[SentFile], kept: int) -> None:
    before = submission.attachments.aggregate(size=Sum(Length("content")))["size"] or 0
    size = before + sum(len(file.content) for file in new)
    if size > MOST_ATTACHED or kept + len(new) > MOST_FILES:
        raise WrongInput(
            _("The filled form: its files come to more than 100 MB or 100 files, expected less.")
        )
