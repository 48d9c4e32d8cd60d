"""The closed lists of support: areas of life, stages, stays, how things stand.

Stages: circular of the Ministry of Social Affairs, December 2022, known from the press; the
codes of follow-up are those of the form "Case follow-up" of this installation.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Area(models.TextChoices):
    """A part of life a plan may speak of."""

    HOUSING = "housing", _("A place to live")
    SAFETY = "safety", _("Safety")
    HEALTH = "health", _("Health")
    MIND = "mind", _("How the person feels")
    WORK = "work", _("Work, school or training")
    MONEY = "money", _("Money, pay that is owed, debts")
    FAMILY = "family", _("Family and people who are close")
    PAPERS = "papers", _("Papers")
    LAW = "law", _("Rights and a lawyer")


class Answer(models.TextChoices):
    """The four answers about one area."""

    WANTS_HELP = "yes", _("Wants help with it")
    NO_HELP = "no", _("Wants no help with it")
    NOT_KNOWN = "not_known", _("Not known")
    NOT_SAID = "not_said", _("Did not want to say")


class PlanStage(models.TextChoices):
    """Where the support stands."""

    PRE_INTEGRATION = "pre_integration", _("Before integration")
    INTEGRATION = "integration", _("Integration")
    FOLLOW_UP = "follow_up", _("Follow-up")
    CLOSED = "closed", _("Closed")


class ClosedBecause(models.TextChoices):
    """Why support ended."""

    GOALS_REACHED = "goals_reached", _("What the person wanted is reached")
    MOVED_AWAY = "moved_away", _("Moved away and is helped elsewhere")
    PERSON_ASKED = "person_asked", _("The person asked to end it")
    CONTACT_LOST = "contact_lost", _("Nobody knows how to reach the person")
    DIED = "died", _("The person died")


class FollowUpOutcome(models.TextChoices):
    """How things stand at a follow-up."""

    WELL = "well", _("Doing well")
    NEEDS_HELP = "needs_help", _("Needs more help")
    CLOSED_AT_WISH = "closed_at_wish", _("Does not want more contact")
    NOT_MET = "not_met", _("Not met since")
    LOST = "lost", _("Lost: nobody knows how to reach the person")
    DIED = "died", _("The person died")


class Mistake(models.TextChoices):
    """Why something of a plan is taken back. A task also because the person wants it no more."""

    NOT_SO = "not_so", _("It was not so")
    OTHER_PERSON = "other_person", _("It was another person's")
    TWICE = "twice", _("It was recorded twice")
    NOT_WANTED = "not_wanted", _("The person does not want it any more")


class Housing(models.TextChoices):
    """The kind of place somebody lives in; never an address."""

    OWN_HOME = "own_home", _("Own home")
    FAMILY = "family", _("With family")
    FRIENDS = "friends", _("With friends")
    SHELTER = "shelter", _("In a shelter")
    EMPLOYER = "employer", _("At the place of work")
    NONE = "none", _("No place to live")
    OTHER = "other", _("Another place")


class Work(models.TextChoices):
    """What somebody does."""

    PAID = "paid", _("Paid work")
    OWN = "own", _("Own business or farm")
    SCHOOL = "school", _("School or training")
    LOOKING = "looking", _("Looking for work")
    NOT_WORKING = "not_working", _("Not working")
    OTHER = "other", _("Something else")


class StayKind(models.TextChoices):
    """What kind of place it is."""

    TRANSIT = "transit", _("Transit centre")
    SHELTER = "shelter", _("Shelter")
    LONG_TERM = "long_term", _("Long-term home")
    FOSTER = "foster", _("Another family")
    HOSPITAL = "hospital", _("Hospital")


class Basis(models.TextChoices):
    """On what a stay rests."""

    OWN_CONSENT = "own_consent", _("The person's own consent")
    CHILD_CONSENT = "child_consent", _("A child's own view, with the yes of who answers beside")
    COURT_ORDER = "court_order", _("An order of a court, with its last day")


class Movement(models.TextChoices):
    """How freely the person comes and goes."""

    FREE = "free", _("Comes and goes freely")
    ACCOMPANIED = "accompanied", _("Goes out with company, as the person wishes")
    LIMITED = "limited", _("May not go out at all times")


class Kin(models.TextChoices):
    """Who somebody is to the person."""

    PARENT = "parent", _("Parent")
    STEP_PARENT = "step_parent", _("Step-parent")
    PARTNER = "partner", _("Husband, wife or partner")
    SIBLING = "sibling", _("Brother or sister")
    CHILD = "child", _("Son or daughter")
    GRANDPARENT = "grandparent", _("Grandparent")
    AUNT_UNCLE = "aunt_uncle", _("Aunt or uncle")
    OTHER_RELATIVE = "other_relative", _("Another relative")
    NEIGHBOUR = "neighbour", _("Neighbour or somebody of the village")
    ALONE = "alone", _("Nobody: on her or his own")


RELATIVES = frozenset(Kin) - {Kin.NEIGHBOUR, Kin.ALONE}


class Traced(models.TextChoices):
    """Where looking for a relative stands."""

    LOOKING = "looking", _("Looking")
    FOUND = "found", _("Found")
    NOT_FOUND = "not_found", _("Not found")
    STOPPED = "stopped", _("Stopped, as the person wished")


class Asked(models.TextChoices):
    """What is asked before anybody goes home; each is answered yes, no, not known or not said."""

    WANTS_TO_GO = "wants_to_go", _("Does the person want to go there?")
    FEELS_SAFE = "feels_safe", _("Does the person feel safe about it?")
    RECRUITER_NEAR = "recruiter_near", _("Does somebody who recruited the person live nearby?")
    THREATS = "threats", _("Has anybody threatened the person or the family?")
    DEBT = "debt", _("Does somebody claim a debt from the person or the family?")


class InTheWay(models.TextChoices):
    """Why nobody is simply sent home."""

    NAMED = "named", _("Something the person told stands in the way")
    NOT_SAFE = "not_safe", _("The person does not feel safe about it, or has not said so")
    RECRUITER_NEAR = "recruiter_near", _("Who recruited the person lives nearby, or may")
    THREATS = "threats", _("There were threats, or nobody knows")
    DEBT = "debt", _("A debt is claimed, or nobody knows")
    NOT_VISITED = "not_visited", _("The family has not been visited")
    FAMILY_NOT_WILLING = "family_not_willing", _("The family does not want it, or has not said so")
    VISIT_NOT_SAFE = "visit_not_safe", _("The visit did not find it safe, or nobody knows")
