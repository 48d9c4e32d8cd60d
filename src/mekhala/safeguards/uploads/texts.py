"""Files of text: UTF-8 throughout, of a length that is looked at before it is read."""

import re
from typing import Protocol

from django.utils.translation import gettext as _

from mekhala.core.wrong_input import WrongInput
from mekhala.safeguards.uploads import LARGEST
from mekhala.safeguards.uploads.names import plain_name

NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")  # what a program writes and nobody types


class Sent(Protocol):
    """A file that came with a form."""

    name: str | None
    size: int | None

    def read(self) -> bytes:
        """Return what is in it."""


def text_in(sent: Sent) -> str:
    """Return the text of a file. Raises ``WrongInput``: over 10 MB, not UTF-8, or no text."""
    name = plain_name(sent.name or "")
    if (sent.size or 0) > LARGEST:
        raise WrongInput(_("%(file)s: is larger than 10 MB.") % {"file": name})
    try:
        text = sent.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongInput(
            _("%(file)s is not text in UTF-8. Save it as “CSV UTF-8” and choose it again.")
            % {"file": name}
        ) from None
    if NO_TEXT.search(text):
        raise WrongInput(_("%(file)s: holds bytes that are no text.") % {"file": name})
    return text
