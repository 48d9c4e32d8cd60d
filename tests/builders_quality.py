"""A small truth about how an invented authority decided, made by the services themselves."""

from datetime import timedelta

from mekhala.core.vocabulary.facts import FactGroup, codes_in_group
from mekhala.pathway.determination import services
from tests.builders import NOW, officer
from tests.builders_casework import MADE_OUT, REFUSED, read, referred

NO_MEANS = MADE_OUT | dict.fromkeys(codes_in_group(FactGroup.MEANS), False)


def positive(readers, by=None, *, days=1, **more):
    """Return the decision of two readers who find reasonable grounds."""
    file = referred(by or officer(), **more)
    read(file, readers[0], days=days)
    return read(file, readers[1], days=days)


def negative(readers, by=None, *, days=1):
    """Return the decision of two readers of two agencies that no means is made out."""
    file = referred(by or officer(), NO_MEANS)
    for reader in readers[:2]:
        decided = read(file, reader, REFUSED, days=days, grounds=["no_means"])
    return decided


def override(readers, by=None):
    """Return a decision that leaves what the rule gives, with the reason."""
    file = referred(by or officer())
    for reader in readers[:2]:
        decided = read(file, reader, REFUSED, differs_because="The papers were forged.")
    return decided


def split(readers, by=None):
    """Return a decision for which a third reader was needed."""
    file = referred(by or officer())
    read(file, readers[0])
    read(file, readers[1], REFUSED, differs_because="I do not believe it.")
    return read(file, readers[2])


def paused(readers, by=None):
    """Return a decision on the seventh day, of which the clock stood still for four."""
    file = referred(by or officer())
    reader = readers[0]
    read(file, reader)
    told = {"file": file, "by": reader, "because": "She is ill."}
    services.pause(reason="health", at=NOW + timedelta(days=2), **told)
    file.refresh_from_db()
    services.let_go_on(at=NOW + timedelta(days=6), **told)
    return read(file, readers[1], days=7)


def asked_again(decision, readers, by):
    """Return the decision of two other readers who look at a negative one again."""
    from mekhala.safeguards.access.acting import become

    become(by.pk)
    again = services.ask_again(
        decision=decision, grounds=["guidance"], because="The guidance says otherwise.", by=by,
        at=NOW + timedelta(days=3),
    )  # fmt: skip
    for reader in readers:
        found = read(again, reader, days=4, differs_because="As the guidance has it.")
    return found
