"""Why an act on figures of the courts is refused, in words an officer may read."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused, NotYourRole

__all__ = ["CourtsRefused", "NotYourRole", "TooFewToKeep"]


class CourtsRefused(ActRefused):
    """An act on figures of the courts may not be done."""


class TooFewToKeep(CourtsRefused):
    """A table of so few people would tell of each of them."""

    words = _("Fewer than 50 people were sentenced in these years. A table of so few is not kept: "
              "it would tell of each of them.")  # fmt: skip
