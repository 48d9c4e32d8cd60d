"""What of a case is not open to an officer, said in words where it would have stood."""

from collections.abc import Set

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mekhala.safeguards.access.purposes import CLASSES_OF_PURPOSE, FieldClass, Purpose

_NO_YES = {
    FieldClass.IDENTITY: gettext_lazy("The person did not agree to share the name with you."),
    FieldClass.NARRATIVE: gettext_lazy(
        "The person did not agree to share with you what happened. A support plan made with "
        "another house stays there as well."
    ),
    FieldClass.LOCATION: gettext_lazy(
        "The person did not agree to share with you how to be reached. Ask her or him yourself."
    ),
}


def not_shared(purposes: Set[Purpose], classes: Set[FieldClass]) -> dict[str, str]:
    """Return the classes of a case that are missing from ``classes``, each with why, in words.

    What the purposes could carry and a grant of support does not is for want of a yes; any other
    gap is only named.
    """
    could = frozenset().union(*(CLASSES_OF_PURPOSE[purpose] for purpose in purposes))
    by_consent = purposes == {Purpose.SUPPORT}
    return {
        one.value: str(_NO_YES[one]) if by_consent and one in _NO_YES else _not_opened(one)
        for one in FieldClass
        if one in could and one not in classes
    }


def _not_opened(one: FieldClass) -> str:
    return _("Not opened to you: %(what)s.") % {"what": one.label}
