"""Every request runs in one transaction, as the officer who is signed in."""

import json
from collections.abc import Callable
from functools import partial

from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from mekhala.safeguards.access.acting import SETTING, acting_for
from mekhala.safeguards.identity.errors import WordsNotOpened
from mekhala.web.reading import count_reading

# Become the officer, and ask what stands at the head of every page, in one statement.
BEGIN = """
with me as materialized (
  select coalesce(current_setting(%s, true), '') as before, set_config(%s, %s, true) as id
)
select me.before,
  (select count(*) from notices_notice n where n.officer_id = me.id::bigint and n.seen_at is null),
  (select coalesce(jsonb_agg(jsonb_build_object('number', e.file_number, 'until', e.until)), '[]')
   from emergency_opening e where e.officer_id = me.id::bigint and e.until > now())
from me
"""


class ActorMiddleware:
    """Last in the list: what stands below sees only what the officer may see.

    Rendering happens inside, so that a template never queries without an actor. Any answer of
    500 and above keeps nothing. (``ATOMIC_REQUESTS`` would end before rendering.) Which file is
    asked for is counted before, in a statement of its own: no answer undoes it.
    """

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the rest of the application."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request inside the officer's transaction."""
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404  # PostgreSQL keeps no such character: nothing is at such an address
        officer = request.user.pk if request.user.is_authenticated else None
        half_in = getattr(request, "is_half_in", False)  # the factor of the role is not shown yet
        officer = None if half_in else officer
        refused = None if half_in else count_reading(request)
        begin = partial(_begin, request) if officer is not None else None
        with acting_for(officer, begin):
            response = refused(request) if refused else self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        if request.user.is_authenticated and not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Say in words that what is sealed cannot be opened; nothing of the request is kept."""
        if not isinstance(exception, WordsNotOpened):
            return None
        transaction.set_rollback(True)
        shown = {"words": str(exception)}
        return render(request, "not_opened.html", shown, status=exception.status)


def _begin(request: HttpRequest, officer_id: int | None) -> str:
    """Become the officer; keep for the head of the page what she or he was told."""
    with connection.cursor() as cursor:
        cursor.execute(BEGIN, [SETTING, SETTING, str(officer_id or "")])
        before, unseen, emergencies = cursor.fetchone()
    request.at_the_head = {"unseen": unseen, "emergencies": json.loads(emergencies)}  # type: ignore[attr-defined]
    return str(before)
