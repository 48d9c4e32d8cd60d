"""A copy leaves the house: after a fresh sign-in, under a serial that stands in the log (R-48).

The paper itself stays as it was made — a letter is for the person it is about, and says nothing of
the officer who printed it. The serial goes with the answer, and the log keeps serial, officer,
instant and the digest of the bytes: a copy found somewhere leads to everybody who took that file.
"""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from mekhala.safeguards.audit import services as audit
from mekhala.web.casework.fresh import check_fresh_sign_in
from mekhala.web.mark import mark_of
from mekhala.web.officers import officer_of

HEADER = "Mekhala-Serial"

type View = Callable[..., HttpResponse]


def copy_taken(view: View) -> View:
    """Run ``view``, which answers with a file, after a fresh sign-in; note the copy.

    Stands below ``login_required``. The log entry is about the first part of the address that
    names something, as the number of a case.
    """

    @wraps(view)
    def taken(request: HttpRequest, *args: Any, **kept: Any) -> HttpResponse:
        check_fresh_sign_in(request)
        response = view(request, *args, **kept)
        if response.status_code != 200:
            return response
        mark = mark_of(officer_of(request))
        response.headers[HEADER] = mark.serial
        subject = str(next(iter(kept.values()), "") or view.__name__)
        digest = hashlib.sha256(response.content).hexdigest()[:32]
        audit.record("signing.copy_taken", subject=subject, by=officer_of(request), at=mark.at,
                     serial=mark.serial, digest=digest)  # fmt: skip
        return response

    return taken
