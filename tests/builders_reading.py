"""Officers signed in by a browser, and their readings posted as a person would."""

import re

from django.test import Client

from tests.builders_casework import GROUNDS, MADE_OUT, REFUSED, read, referred
from tests.sessions import sign_in

READING = {
    "answer": GROUNDS, "grounds": ["elements_made_out"], "reasons": "The offer was a lie.",
    "no_tie": "on",
}  # fmt: skip
NEGATIVE = {"answer": REFUSED, "grounds": ["no_means", "fits_smuggling"]}


def signed_in(who, *, minutes_ago=1):
    """Return a client of an officer whose sign-in was so long ago."""
    return sign_in(Client(), who, minutes_ago=minutes_ago)


def text(response):
    """Return the page of an answer."""
    return response.content.decode()


def seen(client, where):
    """Return the mark of what the reading page showed."""
    found = re.search(r'name="seen" value="([^"]*)"', text(client.get(where)))
    return found.group(1) if found else ""


def post(client, where, step="check", **more):
    """Post a reading as it stands on the page now."""
    told = READING | {"seen": seen(client, where), "step": step} | more
    return client.post(where, told)


def without_means(**more):
    """Return an open question about an adult of whom every means is denied."""
    from mekhala.core.vocabulary.facts import FactGroup, codes_in_group

    denied = dict.fromkeys(codes_in_group(FactGroup.MEANS), False)
    return referred(answers=MADE_OUT | denied, **more)


def refused(readers, file=None):
    """Let two readers of two agencies refuse; return the decision."""
    file = file or without_means()
    read(file, readers[0], REFUSED, grounds=NEGATIVE["grounds"])
    return read(file, readers[1], REFUSED, grounds=NEGATIVE["grounds"])
