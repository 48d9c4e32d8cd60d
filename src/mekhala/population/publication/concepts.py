"""What each count of this installation means: its unit, its definition, and the version of both.

A change of what is counted gets another version here and in the words of its page, so that two
figures are compared only where both name the same.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mekhala.population.publication import words

PEOPLE, CASES, QUESTIONS = _("People"), _("Cases"), _("Questions")


@dataclass(frozen=True, kw_only=True)
class Concept:
    """One count: its code, what is one of it, what it is, its version and where it stands."""

    code: str
    name: Promise
    unit: Promise
    definition: Promise
    page: str
    version: int = 1


CONCEPTS = (
    Concept(
        code="recognised", name=_("People recognised as victims"), unit=PEOPLE,
        definition=words.DEFINITION, page="publication:figures", version=words.DEFINITION_VERSION,
    ),
    Concept(
        code="decided", name=_("Questions decided"), unit=QUESTIONS, page="quality:this_year",
        definition=_(
            "Questions put to the competent authority and decided for the first time in the "
            "period, by stage. One person may have a question at each stage. What is looked at "
            "again is counted apart."
        ),
    ),
    Concept(
        code="ways", name=_("Moves of cases"), unit=CASES, page="quality:route",
        definition=_(
            "Cases opened in the year that went from one state to the next, by the first time "
            "they reached each. Cases opened by mistake and cases erased since are left out."
        ),
    ),
    Concept(
        code="refused", name=_("People who did not want to go on"), unit=PEOPLE,
        page="encounter:refusals",
        definition=_(
            "People who were met and said no to going on, by the month in which they said it. "
            "Nobody is kept, so who says no twice is counted twice."
        ),
    ),
    Concept(
        code="unmet", name=_("Unmet need"), unit=PEOPLE, page="referral:unmet_need",
        definition=_(
            "People for whom a service was looked for and none took them, on the day on which "
            "it was recorded. Who is turned away twice is counted twice."
        ),
    ),
    Concept(
        code="case_load", name=_("Case load of an agency"), unit=CASES,
        page="institutions:overview",
        definition=_(
            "Cases that the agency opened and that are not closed. Cases opened by mistake and "
            "cases erased since are left out. A case says nothing of what happened to the person."
        ),
    ),
    Concept(
        code="screened", name=_("Coverage of screening"), unit=PEOPLE, page="surveys:coverage",
        definition=_(
            "People screened out of those approached at a post on the days that were worked, "
            "without names, so that who comes twice is counted twice. Refused and missed are "
            "counted apart, and what was not counted is not known."
        ),
    ),
    Concept(
        code="complaints", name=_("People named in complaints"), unit=PEOPLE, page="courts:cohorts",
        definition=_(
            "People first named in a complaint of the year, followed from that day until charge, "
            "trial, verdict or dropping. A named person is accused of nothing yet."
        ),
    ),
    Concept(
        code="convictions", name=_("Convictions"), unit=PEOPLE, page="courts:convictions",
        definition=_(
            "People convicted up to the end of the last closed year, final or not. What was not "
            "recorded of a conviction is not known and counted apart."
        ),
    ),
    Concept(
        code="sentences", name=_("Length of sentences"), unit=PEOPLE, page="courts:tables",
        definition=_(
            "Months of prison of the defendants of one table who were sentenced to prison for a "
            "known time. Life counts as the longest sentence of the table."
        ),
    ),
    Concept(
        code="on_lists", name=_("People on lists"), unit=PEOPLE, page="linking:funnel",
        definition=_(
            "People on the lists of agencies after records of one person were joined, by the "
            "year of the first record and the stages that a list tells of. Whom an agency counts "
            "as affected is its own definition, told on the page of data sources."
        ),
    ),
    Concept(
        code="visits", name=_("Visits"), unit=_("Visits"), page="visits:figures",
        definition=_(
            "Visits of organisations to places, by province and half-year, whether or not they "
            "were let in. They are no sample of all places."
        ),
    ),
    Concept(
        code="incidents", name=_("Reports about officials"), unit=_("Reports"),
        page="incidents:patterns",
        definition=_(
            "Reports that money was asked, a settlement pressed or a charge threatened. Reports "
            "are no findings, and one event may be reported twice."
        ),
    ),
    Concept(
        code="unseen", name=_("People never seen"), unit=PEOPLE, page="estimates:runs",
        definition=_(
            "An estimate, never a count: how many people were on none of the lists of a closed "
            "period, by a model that is named, with its interval and what it takes for granted."
        ),
    ),
)  # fmt: skip
BY_CODE = {one.code: one for one in CONCEPTS}
