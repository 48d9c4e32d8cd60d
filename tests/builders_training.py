"""Practice and training: an invented form, filled to learn. Nobody here is real."""

from mekhala.forms.models import FormVersion, Submission
from mekhala.intake import services
from mekhala.safeguards.access.acting import become
from tests.builders import NOW
from tests.builders_intake import talk


def practised(by, xml=None, *, at=NOW, **how) -> Submission:
    """Send one talk as the twin of the form names it."""
    become(by.pk)
    text = (xml or talk()).replace(b'id="talk"', b'id="practice-talk"')
    return services.keep_and_map(text, [], by=by, at=at, **how).submission


def version_of(form_id: str) -> FormVersion:
    """Return the version of a form that is in use."""
    return FormVersion.objects.get(form__form_id=form_id, is_offered=True)
