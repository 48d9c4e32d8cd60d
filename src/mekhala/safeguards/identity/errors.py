"""Why a name is not shown or not kept, in words an officer may read."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused


class NameNotShown(ActRefused):
    """A name is kept and cannot be shown; ``code`` says why in the log."""

    code = "refused"


class NotNow(NameNotShown):
    """The key service does not answer."""

    words = _("The name cannot be shown now. It is kept. Try again later; the rest still works.")
    code = "down"


class LookedTooOften(NameNotShown):
    """The officer's quota, or that of all, is used up."""

    words = _("You have looked at many names in a short time. No more can be shown now. If you "
              "need this one, ask your supervisor or look again tomorrow.")  # fmt: skip
    code = "quota"


class NameGone(NameNotShown):
    """The data keys were destroyed: nobody can read the name again."""

    words = _("The name was erased. Nobody can read it again.")
    code = "shredded"


class NameDamaged(NameNotShown):
    """What is kept was altered, moved or put back from an older copy."""

    words = _("What is kept here was changed outside the system and is not shown. Tell the data "
              "protection officer today.")  # fmt: skip
    code = "damaged"


class CannotBeKeptNow(ActRefused):
    """No key service has ever been met: nothing can be sealed."""

    words = _("The name cannot be kept now: the key service has never answered here. Tell the "
              "administrator; nothing was kept.")  # fmt: skip


class CannotBeErasedNow(ActRefused):
    """Erasing needs the key service, so that no backup brings the name back."""

    words = _("The name cannot be erased now: the key service does not answer. Try again later.")


class HeldFromErasing(ActRefused):
    """The file stands under a legal hold."""

    words = _("The file is under a legal hold: nothing of it is erased while the hold stands.")


BY_CODE = {one.code: one for one in (NotNow, LookedTooOften, NameGone, NameDamaged)}


class WordsNotOpened(ActRefused):
    """What a person said is kept and cannot be opened; ``status`` is that of the answer."""

    words = _("What is kept about this person cannot be opened just now. It is kept, and what you "
              "write is kept too. Try again later; the rest still works.")  # fmt: skip
    status = 503


class OpenedTooOften(WordsNotOpened):
    """The officer's quota of people, or that of all, is used up."""

    words = _("You have opened the files of many people in a short time. No more can be opened "
              "now. If you need this one, ask your supervisor or look again tomorrow.")  # fmt: skip
    status = 429


class WordsGone(WordsNotOpened):
    """The data keys were destroyed."""

    words = _("What was kept about this person was erased. Nobody can read it again.")
    status = 410


class WordsDamaged(WordsNotOpened):
    """What is kept was altered or moved, or its key is not there."""

    words = _("What is kept here was changed outside the system and is not shown. Tell the data "
              "protection officer today.")  # fmt: skip


NOT_OPENED: dict[str, type[WordsNotOpened]] = {
    "quota": OpenedTooOften, "shredded": WordsGone, "damaged": WordsDamaged,
}  # fmt: skip
