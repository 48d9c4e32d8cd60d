"""Invented forms with a mapping, filled as phones send them. Nobody here is real."""

from mekhala.forms import services as forms
from mekhala.forms.models import Submission
from mekhala.intake import services
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Role
from tests.builders import NOW, officer

FORM = """
| survey |
| | type | name | label::English (en) |
| | start | begun_at | |
| | select_one answer | safe | Is it safe? |
| | text | place | Where? |
| | integer | age | How old? |
| | select_multiple need | needs | What is needed? |
| | select_one answer | goes_on | Go on? |
| | select_one answer | keep_name | May we keep your name? |
| | text | name | Name |
| | begin_group | act | What was done |
| | select_one answer | act_recruitment | Recruited? |
| | select_one answer | act_transfer | Handed over? |
| | end_group | | |
| | select_multiple sign | signs | What was seen |
| | select_one advice | advice | What do you propose? |
| | text | why | Why? |
| | select_one answer | agrees | Does the person agree? |
| | text | note | Anything else |
| choices |
| | list_name | name | label::English (en) |
| | answer | yes | Yes |
| | answer | no | No |
| | answer | not_known | Not known |
| | answer | not_said | Did not want to say |
| | need | safe_place | A safe place |
| | need | none | None |
| | sign | exploitation.low_or_no_salary | No pay |
| | sign | coercion_at_destination.violence | Violence |
| | advice | refer | Refer |
| | advice | do_not_refer | Do not |
| | advice | unsure | Unsure |
| settings |
| | form_id | form_title | version |
| | talk | An invented talk | VERSION |
"""
MAPPING = """
form = "talk"
versions = ["*"]

[[nothing_if]]
question = "safe"
is = ["no"]
because = "Not safe"

[encounter]
met_at = { question = "begun_at" }
place_code = { question = "place" }
age = { question = "age" }
age_certainty = { value = "estimated" }
urgent_needs = { question = "needs", choices = { safe_place = "safety", none = "nothing" } }
consents_to_go_on = { question = "goes_on", choices = "answer" }

[identity]
agreed = { question = "keep_name", choices = "answer" }
native_name = { question = "name" }

[screening]
outcome = { question = "advice", choices = "same" }
because = { question = "why", otherwise = "Said on the form" }
refer_when = { question = "agrees", is = ["yes"] }

[[screening.facts]]
question = "act/*"
code = "fact"
choices = "answer"

[[screening.indicators]]
question = "signs"
choices = "same"

[nothing]
note = "Stays with the answers"
"""
TALLY = """
| survey |
| | type | name | label::English (en) |
| | date | worked_on | Which day? |
| | text | post | Which post? |
| | integer | passed | How many refused? |
| | begin_repeat | people | A person |
| | select_one found | found | What was found? |
| | end_repeat | | |
| choices |
| | list_name | name | label::English (en) |
| | found | strong | Strong |
| | found | some | Some |
| | found | none | None |
| | found | unclear | Unclear |
| | found | missed | Missed |
| settings |
| | form_id | form_title | version |
| | tally | An invented tally | 1 |
"""
TALLY_MAPPING = """
form = "tally"
versions = ["1"]

[day]
post = { question = "post" }
on = { question = "worked_on" }
refused = { question = "passed" }
missed = { each = "people", when = { found = ["missed"] } }
screened = { each = "people", when = { found = ["strong", "some", "none", "unclear"] } }
strong = { each = "people", when = { found = ["strong"] } }
some = { each = "people", when = { found = ["some"] } }
none = { each = "people", when = { found = ["none"] } }
unclear = { each = "people", when = { found = ["unclear"] } }
approached = "sum"
"""
SAID = {
    "begun_at": "2026-03-09T09:30:00.000+07:00", "safe": "yes", "place": "1202", "age": "16",
    "needs": "safe_place none", "goes_on": "yes", "keep_name": "no", "name": "Invented Name",
    "act_recruitment": "yes", "act_transfer": "not_known",
    "signs": "exploitation.low_or_no_salary", "advice": "unsure", "why": "Little was said",
    "agrees": "yes", "note": "",
}  # fmt: skip


def talk_version(version="1", *, mapping=MAPPING, by=None, text=FORM, name="talk"):
    """Return a version in use of the invented form, with its mapping if there is one."""
    by = by or officer(Role.ADMINISTRATOR)
    content = text.replace("VERSION", version).encode()
    made = forms.add_version(content, f"{name}.md", by=by, at=NOW)
    if mapping:
        services.add_mapping(made, mapping, file_name=f"{name}.toml", by=by, at=NOW)
    return made


def tally_version():
    """Return the invented form that counts people, with its mapping."""
    return talk_version(text=TALLY, mapping=TALLY_MAPPING, name="tally")


def _meta(instance, edits):
    old = f"<orx:deprecatedID>{edits}</orx:deprecatedID>" if edits else ""
    return f"<orx:meta><orx:instanceID>{instance}</orx:instanceID>{old}</orx:meta>"


def talk(instance="uuid:1", *, edits="", version="1", **said):
    """Return the invented talk, filled; None leaves a question out, as one that did not apply."""
    said = {name: text for name, text in (SAID | said).items() if text is not None}
    top = "".join(f"<{n}>{t}</{n}>" for n, t in said.items() if not n.startswith("act_"))
    act = "".join(f"<{n}>{t}</{n}>" for n, t in said.items() if n.startswith("act_"))
    return (
        f'<data id="talk" version="{version}" xmlns:orx="http://openrosa.org/xforms">{top}'
        f"<act>{act}</act>{_meta(instance, edits)}</data>"
    ).encode()


def tally(instance="uuid:1", *, found=(), edits="", on="2026-03-05", post="North", passed="2"):
    """Return the invented tally, filled: one repeat for each of ``found``."""
    people = "".join(f"<people><found>{each}</found></people>" for each in found)
    return (
        f'<data id="tally" version="1" xmlns:orx="http://openrosa.org/xforms">'
        f"<worked_on>{on}</worked_on><post>{post}</post><passed>{passed}</passed>{people}"
        f"{_meta(instance, edits)}</data>"
    ).encode()


def sent(by, xml, **more):
    """Keep a filled form in the name of ``by``, who stays the actor."""
    become(by.pk)
    return forms.keep_submission(xml, [], by=by, at=NOW, **more).submission


def taken(by, submission, **more):
    """Take a filled form over as ``by``; return what it became."""
    become(by.pk)
    now = Submission.objects.get(pk=submission.pk)
    return services.take_in(now, by=by, at=NOW, **more)
