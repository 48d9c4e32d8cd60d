"""Forms, their versions, and what was sent in, kept whole."""

from mekhala.forms.models.sent import (
    Attachment,
    SealedEnvelope,
    Submission,
    SubmissionState,
    WhyKept,
    new_envelope_number,
    new_submission_number,
)
from mekhala.forms.models.trained import Practised, Training
from mekhala.forms.models.versions import (
    Form,
    FormAdoption,
    FormFile,
    FormUse,
    FormVersion,
    ListVersion,
)

__all__ = [
    "Attachment",
    "Form",
    "FormAdoption",
    "FormFile",
    "FormUse",
    "FormVersion",
    "ListVersion",
    "Practised",
    "SealedEnvelope",
    "Submission",
    "SubmissionState",
    "Training",
    "WhyKept",
    "new_envelope_number",
    "new_submission_number",
]
