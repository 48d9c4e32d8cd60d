"""What tests of the API share: calling it as an officer."""

import pytest
from django.utils import timezone

from tests.builders_agreements import new_token

API = "/api/v1"


@pytest.fixture
def call(client, db):
    """Return a function that calls the API as an officer, and answers status and body."""
    keys = {}

    def call(who, method, path, **given):
        keys.setdefault(who.pk, new_token(who, "test", at=timezone.now()))
        more = {"data": given, "content_type": "application/json"} if method == "post" else {}
        headers = {"Authorization": f"Bearer {keys[who.pk]}"}
        answer = getattr(client, method)(f"{API}{path}", headers=headers, **more)
        return answer.status_code, answer.json()

    return call
