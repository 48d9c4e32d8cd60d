"""What was opened in the past of the tests is open by the clock of the database, whatever it says.

The tests stand at ``builders.NOW``; the database judges by its own clock whether a file is still
open to somebody, and a year after ``NOW`` none would be.
"""

from datetime import timedelta

BEYOND = timedelta(days=36500)


def what_is_opened_stays_open():
    """Let files be open far beyond the clock of any test."""
    from mekhala.pathway.incidents import services as incidents
    from mekhala.pathway.referral import services as referral
    from mekhala.safeguards.access import services as access

    access.USUAL_TIME = referral.USUAL_TIME = incidents.OPEN_FOR = BEYOND
