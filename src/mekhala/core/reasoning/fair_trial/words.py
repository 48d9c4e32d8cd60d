"""The words a proceeding is told in. ``unknown`` is legal in the place of each: it is None here."""

from enum import StrEnum


class Demander(StrEnum):
    """Who asked for money. The first six hold an office of justice or of the state."""

    POLICE = "police"
    PROSECUTOR = "prosecutor"
    JUDGE = "judge"
    COURT_OFFICIAL = "court_official"
    PRISON_OFFICIAL = "prison_official"
    OTHER_OFFICIAL = "other_official"
    COMPLAINANT = "complainant"
    VICTIM_FAMILY = "victim_family"
    OTHER_PRIVATE = "other_private"


class PaidFor(StrEnum):
    """What the money was to buy."""

    RELEASE = "release"
    ACQUITTAL = "acquittal"
    LESSER_SENTENCE = "lesser_sentence"
    WITHDRAWAL = "withdrawal"
    PROTECTION = "protection"
    OTHER = "other"


class Complainant(StrEnum):
    """Who complained."""

    VICTIM = "victim"
    VICTIM_FAMILY = "victim_family"
    RELATIVE = "relative"
    NEIGHBOUR = "neighbour"
    NGO = "ngo"
    POLICE = "police"
    OTHER = "other"


class Maker(StrEnum):
    """Whose statement it is."""

    ACCUSED = "accused"
    CO_ACCUSED = "co_accused"
    VICTIM = "victim"
    COMPLAINANT = "complainant"
    WITNESS = "witness"
    POLICE = "police"


class Form(StrEnum):
    """How a statement was kept."""

    ORAL = "oral"
    SIGNED = "signed"
    THUMBPRINT = "thumbprint"
    RECORDED = "recorded"


class Result(StrEnum):
    """How it ended for one accused; the last two are words for co-accused only."""

    CONVICTED = "convicted"
    SUSPENDED = "suspended"  # convicted, the whole prison sentence suspended
    ACQUITTED = "acquitted"
    DISMISSED = "dismissed"
    PENDING = "pending"
    RELEASED = "released"
    NOT_CHARGED = "not_charged"


class Part(StrEnum):
    """The part a co-accused is said to have had."""

    PRINCIPAL = "principal"
    OWNER = "owner"
    BUYER = "buyer"
    RECRUITER = "recruiter"
    TRANSPORTER = "transporter"
    ACCOMPLICE = "accomplice"
    OTHER = "other"


class Obstacle(StrEnum):
    """Why no appeal was filed."""

    COST = "cost"
    FEAR_OF_HIGHER_SENTENCE = "fear_of_higher_sentence"
    THREAT = "threat"
    NOT_INFORMED = "not_informed"
    NO_LAWYER = "no_lawyer"
    DEADLINE_MISSED = "deadline_missed"
    OTHER = "other"
    OWN_CHOICE = "own_choice"


OFFICIALS = frozenset(list(Demander)[:6])
VERDICTS = frozenset(set(Result) - {Result.RELEASED, Result.NOT_CHARGED})

# Kinds of evidence the rules name, then others in use. Another word is taken as another kind:
# the list of what can be evidence is not closed.
CONFESSION, POLICE_STATEMENT = "confession", "police_statement"
ONE_VOICE = ("victim_statement", "witness_statement", POLICE_STATEMENT, "ngo_report")
EVIDENCE = (
    *(CONFESSION, *ONE_VOICE, "caught_in_act", "co_accused_statement", "complainant_statement"),
    *("expert_report", "medical_report", "forensic_report", "document", "photograph", "recording"),
    *("telephone_data", "financial_record", "border_record", "object", "money", "other"),
)
