"""Letters about the decisions on a case. Nothing here changes anything."""

from django.db.models import QuerySet

from mekhala.pathway.determination.models import Decision, Letter, LetterLanguage
from mekhala.pathway.encounter.models import Case, SafeContact


def letters_of(case: Case) -> QuerySet[Letter]:
    """Return the letters of a case without their paper, the latest first."""
    found = Letter.objects.filter(case=case).defer("pdf", "content")
    return found.select_related("decision", "approved_by", "handed_over_by")


def decision_to_tell(case_number: str) -> Decision | None:
    """Return the decision a letter would tell: the latest that nothing has replaced."""
    found = Decision.objects.filter(case=case_number, replaced_by=None).select_related("file")
    return found.order_by("-decided_at", "-id").first()


def usual_language(case: Case, contact: SafeContact | None) -> LetterLanguage:
    """Return the person's language where letters are written in it, Khmer otherwise."""
    spoken = (contact.language if contact else "") or case.language
    plain = spoken.split("-")[0].lower()
    known = plain in LetterLanguage.values
    return LetterLanguage(plain) if known else LetterLanguage.KHMER
