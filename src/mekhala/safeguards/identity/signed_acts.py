"""Key ceremonies: asked for and signed on the pages, done at the command line with the number."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.four_eyes.kinds import Kind

TWO = frozenset({Role.ADMINISTRATOR})
ALL_KEYS = "all-keys"  # the subject of a rotation
SOON = timedelta(hours=24)


def _says_rotate(subject: str, details: Mapping[str, Any]) -> str:  # noqa: ARG001
    return _(
        "A new version of the wrapping key is made and every data key is wrapped anew. Done at the "
        "command line of the server within 24 hours."
    )


def _says_shred(subject: str, details: Mapping[str, Any]) -> str:  # noqa: ARG001
    said = _(
        "The data keys of the number %(number)s are destroyed: the name is gone for good, from "
        "every backup too. Done at the command line of the server within 24 hours."
    )
    return said % {"number": subject}


KINDS = (
    Kind(code="keys.rotate", title=gettext_lazy("A rotation of the keys"), ask_roles=TWO,
         answer_roles=TWO, in_words=_says_rotate, use_within=SOON, only_subject=ALL_KEYS,
         subject_words=gettext_lazy("All keys")),
    Kind(code="keys.shred", title=gettext_lazy("Erasing one name for good"), ask_roles=TWO,
         answer_roles=TWO, in_words=_says_shred, use_within=SOON,
         subject_words=gettext_lazy("Number of the case or of the accused")),
)  # fmt: skip
