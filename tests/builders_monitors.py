"""An invented monitor of trials, and her form as a phone sends it. Nobody here is real."""

from datetime import timedelta

from mekhala.forms import services as forms
from mekhala.forms.instruments import instrument_text
from mekhala.pathway.justice import services
from mekhala.pathway.justice.models import Stage
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import NOW, agency, officer
from tests.builders_justice import AT, accused, court_officer

BEGUN = AT - timedelta(hours=2)
SEEN = {"lawyer": "no", "interpreter": "not_known", "law_explained": "yes", "posted": "yes"}


def monitor():
    """Return an invented monitor of trials."""
    return officer(Role.PROVIDER, at=agency(AgencyKind.OBSERVER))


def hearing_of(by=None, *, starts_at=BEGUN, **more):
    """Return an accused sent for trial, and a hearing of that trial."""
    by = by or court_officer()
    one = accused(by, upto=Stage.ACCUSED)
    planned = services.plan_hearing(
        one.proceeding, kind="trial", starts_at=starts_at, by=by, at=AT, **more
    )
    return one, planned


def monitors_form():
    """Return the monitor's form in use."""
    text = instrument_text("hearing_monitor").encode()
    return forms.add_version(text, "hearing_monitor.md", by=officer(Role.ADMINISTRATOR), at=NOW)


def watched_xml(version, hearing, *, instance, accused="", corrects="", minutes="20", **seen):
    """Return the form, filled, as a phone sends it."""
    said = SEEN | seen
    before = ("posted", "lawyer", "interpreter", "complainant_present")
    parts = {
        "before": "".join(f"<{n}>{said[n]}</{n}>" for n in before if n in said),
        "hearing": "".join(f"<{n}>{s}</{n}>" for n, s in said.items() if n not in before),
    }
    deprecated = f"<deprecatedID>{corrects}</deprecatedID>" if corrects else ""
    return (
        f'<hearing_monitor id="hearing_monitor" version="{version.version}">'
        f"<hearing_number>{hearing}</hearing_number><accused_number>{accused}</accused_number>"
        f"<minutes>{minutes}</minutes><before>{parts['before']}</before>"
        f"<hearing>{parts['hearing']}</hearing>"
        f"<meta><instanceID>{instance}</instanceID>{deprecated}</meta></hearing_monitor>"
    ).encode()
