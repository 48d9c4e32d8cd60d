"""Signing an officer in without a form, as long ago as a test needs."""

import time


def sign_in(client, who, *, minutes_ago=0):
    """Sign ``who`` in to a test client whose last proof of who it is was so long ago."""
    client.force_login(who)
    session = client.session
    session["account_authentication_methods_user"] = str(who.pk)
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time() - 60 * minutes_ago, "username": who.username}
    ]
    session.save()
    return client
