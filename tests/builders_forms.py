"""Invented forms and filled forms, as authors write them and phones send them."""

import io

from PIL import Image

from mekhala.forms import services
from mekhala.safeguards.access.purposes import Role
from tests.builders import NOW, officer

SURVEY = """
| survey |
| | type | name | label::English (en) | label::Khmer (km) | relevant |
| | note | hello | Hello | សួស្តី | |
| | select_one answer | safe | Is it safe? | តើមានសុវត្ថិភាពទេ? | |
| | select_multiple need | needs | What is needed? | តើត្រូវការអ្វី? | ${safe} = 'yes' |
| | begin_repeat | child | A child | កុមារ | |
| | integer | age | How old? | អាយុប៉ុន្មាន? | |
| | end_repeat | | | | |
| choices |
| | list_name | name | label::English (en) | label::Khmer (km) |
| | answer | yes | Yes | បាទ ចាស |
| | answer | no | No | ទេ |
| | need | food | Food | អាហារ |
| | need | doctor | A doctor | គ្រូពេទ្យ |
| settings |
| | form_id | form_title | version |
| | invented | Invented form | VERSION |
"""


def survey(version="1", *, changed=""):
    """Return an invented XLSForm in Markdown; ``changed`` takes the place of its first words."""
    text = SURVEY.replace("VERSION", version)
    return (text.replace("Hello", changed) if changed else text).encode()


def form_version(version="1", *, by=None, text=None):
    """Return a version of the invented form in use, added by an invented administrator."""
    by = by or officer(Role.ADMINISTRATOR)
    return services.add_version(text or survey(version), "invented.md", by=by, at=NOW)


def picture(colour="white", *, size=(8, 6), kind="JPEG", **more):
    """Return an invented picture as a phone sends it; ``more`` goes into the file."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **more)
    return out.getvalue()


def filled(instance="uuid:1", *, version="1", form_id="invented", safe="yes", needs="food doctor"):
    """Return the invented form, filled, as a phone sends it."""
    return (
        f'<data id="{form_id}" version="{version}" xmlns:orx="http://openrosa.org/xforms">'
        f"<hello/><safe>{safe}</safe><needs>{needs}</needs>"
        "<child><age>7</age></child><child><age/></child>"
        f"<orx:meta><orx:instanceID>{instance}</orx:instanceID></orx:meta></data>"
    ).encode()


def send(by, xml=None, files=()):
    """Keep a filled form in the name of ``by``; run it as that officer."""
    from mekhala.safeguards.access.acting import become

    before = become(by.pk)
    kept = services.keep_submission(xml or filled(), list(files), by=by, at=NOW)
    become(before)
    return kept
