"""Every request runs in one transaction, as the officer who is signed in."""

from collections.abc import Callable

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse

from mekhala.safeguards.access.acting import acting_for


class ActorMiddleware:
    """Last in the list: what stands below sees only what the officer may see.

    Rendering happens inside, so that a template never queries without an actor. Any answer of
    500 and above keeps nothing. (``ATOMIC_REQUESTS`` would end before rendering.)
    """

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the rest of the application."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request inside the officer's transaction."""
        if "\0" in request.path:
            raise Http404  # PostgreSQL keeps no such character: nothing is at such an address
        officer = request.user.pk if request.user.is_authenticated else None
        if getattr(request, "is_half_in", False):
            officer = None  # has not shown the factor of the role yet: nothing is open
        with acting_for(officer):
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        if request.user.is_authenticated and not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response
