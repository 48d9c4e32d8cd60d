"""Acts on what goes out with a version: its own files, and the lists filled from the register."""

import csv
import hashlib
import io
from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from mekhala.core.table_cells import csv_text
from mekhala.core.wrong_input import WrongInput
from mekhala.forms import policies
from mekhala.forms.errors import FileAlreadyKept
from mekhala.forms.lists import OF_THE_REGISTER, ChoiceList, made_of_the_package
from mekhala.forms.models import FormFile, FormVersion, ListVersion
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.uploads import LARGEST
from mekhala.safeguards.uploads.names import plain_name
from mekhala.safeguards.uploads.pictures import drawn_anew
from mekhala.safeguards.uploads.sounds import written_anew

CSV = "text/csv"


@transaction.atomic
def add_file(
    version: FormVersion, content: bytes, file_name: str, *, by: Officer, at: datetime
) -> FormFile:
    """Keep a file the form asks for: a picture drawn anew, a sound of its frames, a list as CSV.

    A draft takes another file of the same name instead. Raises ``NotYourRole``, ``WrongInput``
    (not asked for, filled from the register, of a kind not taken, broken), or ``FileAlreadyKept``
    where the version was in use with other content.
    """
    policies.check_may_add_version(by)
    name = plain_name(file_name)
    kept_as, content_type = _checked(content, name, _kind(version, name))
    sha256 = hashlib.sha256(kept_as).hexdigest()
    kept = FormFile.objects.filter(version=version, name=name).first()
    if kept and kept.sha256 == sha256:
        return kept
    if kept and not version.is_draft:
        raise FileAlreadyKept
    file = kept or FormFile(version=version, name=name)
    file.content, file.content_type, file.sha256 = kept_as, content_type, sha256
    file.md5 = hashlib.md5(kept_as, usedforsecurity=False).hexdigest()
    file.added_by, file.added_at = by, at
    file.save()
    audit.record("forms.file_added", subject=version.form.form_id, by=by, at=at,
                 version=version.pk, file=file.pk)  # fmt: skip
    return file


def _kind(version: FormVersion, name: str) -> str:
    asked = {n: k for n, k in version.asks_for.items() if n not in OF_THE_REGISTER}
    if name in OF_THE_REGISTER:
        raise WrongInput(
            _("%(file)s: this list is filled from the register and not added by hand.")
            % {"file": name}
        )
    if name not in asked:
        names = ", ".join(sorted(asked)) or _("none")
        raise WrongInput(
            _("%(file)s: the form asks for no file of this name, expected one of: %(names)s.")
            % {"file": name, "names": names[:500]}
        )
    return str(asked[name])


def _checked(content: bytes, name: str, kind: str) -> tuple[bytes, str]:
    """Return the content as it is kept, and its media type."""
    if kind == "picture":
        picture = drawn_anew(content, file_name=name)
        return picture.content, picture.media_type
    if kind == "sound":
        sound = written_anew(content, file_name=name)
        return sound.content, sound.media_type
    if kind == "list" and name.lower().endswith(".csv"):
        return _list(content, name), CSV
    raise WrongInput(
        _("%(file)s: no file of this kind is taken; expected JPEG, PNG, MP3, WAV or CSV.")
        % {"file": name}
    )


def _list(content: bytes, name: str) -> bytes:
    """Return a list an author wrote, every row as long as its headings."""
    if len(content) > LARGEST:
        raise WrongInput(_("%(file)s: is larger than 10 MB.") % {"file": name})
    try:
        rows = [row for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) if row]
    except (UnicodeDecodeError, csv.Error) as error:
        raise WrongInput(
            _("%(file)s is not text in UTF-8. Save it as “CSV UTF-8” and choose it again.")
            % {"file": name}
        ) from error
    if not rows or len(rows) < 2 or len(set(rows[0])) != len(rows[0]):
        raise WrongInput(
            _("%(file)s: expected different headings in row 1 and choices below.") % {"file": name}
        )
    for number, row in enumerate(rows, start=1):
        if len(row) != len(rows[0]):
            raise WrongInput(
                _("%(file)s: row %(row)d has %(found)d cells, expected %(most)d as in row 1.")
                % {"file": name, "row": number, "found": len(row), "most": len(rows[0])}
            )
    return csv_text(rows, line_end="\n").encode()


def fill_lists(names: Iterable[str], *, at: datetime) -> list[ListVersion]:
    """Keep each list among ``names`` whose source comes with the program, where it has changed."""
    made = (made_of_the_package(name) for name in sorted(names))
    return [keep_list(each, at=at) for each in made if each]


@transaction.atomic
def keep_list(made: ChoiceList, *, at: datetime) -> ListVersion:
    """Keep a list filled from the register; the same content is the version already kept."""
    content = made.as_csv()
    sha256 = hashlib.sha256(content).hexdigest()
    with connection.cursor() as cursor:  # two fillers never number the same version
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 52))", [made.name])
    newest = ListVersion.objects.filter(name=made.name).defer("content").first()
    if newest and newest.sha256 == sha256:
        return newest
    kept = ListVersion.objects.create(
        name=made.name, number=newest.number + 1 if newest else 1, content=content,
        sha256=sha256, md5=hashlib.md5(content, usedforsecurity=False).hexdigest(),
        entries=len(made.rows), made_at=at,
    )  # fmt: skip
    audit.record("forms.list_filled", subject=made.name, by=None, at=at, number=kept.number)
    return kept
