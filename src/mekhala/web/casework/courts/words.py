"""Codes of the courts' figures in words."""

from django.utils.translation import gettext_lazy as _

from mekhala.core.cohorts.history import Where

STANDING = {
    Where.NAMED: _("Named in a complaint"), Where.SUSPECT: _("Suspect"),
    Where.CHARGED: _("Charged"), Where.ACCUSED: _("Accused, before the court"),
    Where.CONVICTED_NOT_FINAL: _("Convicted, not final"), Where.CONVICTED: _("Convicted"),
    Where.ACQUITTED: _("Acquitted"),
    Where.DROPPED_BEFORE_CHARGE: _("Case dropped before a charge"),
    Where.DROPPED_AFTER_CHARGE: _("Case dropped after a charge"),
}  # fmt: skip
TARGETS = {
    "charged": _("Charged"), "accused": _("Brought before a court"),
    "convicted_first": _("Convicted for the first time, final or not"),
    "convicted_final": _("Convicted, final"),
    "acquitted": _("Acquitted for the first time, final or not"),
    "dropped": _("Case dropped"),
}  # fmt: skip
WHY_NOT = {
    "few": _("Not shown: fewer than 10"), "withheld": _("Not shown"),
    "not_seen_so_long": _("Too early to say"),
}  # fmt: skip
VARIABLES = {
    "sex": _("Sex"), "nationality": _("Nationality"), "ethnicity": _("Ethnicity on the file"),
    "education": _("Education"), "occupation": _("Occupation"), "age_band": _("Age"),
    "offence": _("Offence"), "tried": _("How the case was decided"), "counsel": _("Lawyer"),
}  # fmt: skip
CATEGORIES = {
    "female": _("Women"), "male": _("Men"), "own": _("Own country"), "other": _("Other"),
    "none": _("None"), "primary": _("Primary school"), "secondary": _("Secondary school"),
    "higher": _("Beyond secondary school"), "under_18": _("Under 18"), "18_24": _("18 to 24"),
    "25_34": _("25 to 34"), "35_44": _("35 to 44"), "45_over": _("45 and over"),
    "yes": _("Yes"), "no": _("No"), "plea": _("Plea of guilty"), "trial": _("After a trial"),
    "trafficking": _("Trafficking"), "procuring": _("Procuring"), "smuggling": _("Smuggling"),
    "sex_trafficking": _("Trafficking for sexual exploitation"),
    "forced_labour": _("Forced labour"), "sex_work": _("Sex work"), "farm": _("Farm work"),
    "factory": _("Factory work"), "trade": _("Trade"), "transport": _("Transport"),
    "service": _("Services"), "official": _("Official"), "unemployed": _("Without work"),
    "transport_for_prostitution": _("Transport for prostitution"), "asian": _("Asian"),
    "black": _("Black"), "hispanic": _("Hispanic"), "white": _("White"),
}  # fmt: skip
REFUSED = {
    "few_people": _("Not worked out: fewer than 10 people for each group compared."),
    "few_cases": _("Not worked out: fewer than 20 cases; people of one case are alike."),
    "one_category": _("Not worked out: only one group is large enough."),
    "cannot_tell_apart": _("Not worked out: two things always go together in this table."),
}  # fmt: skip
LIMITS = (
    _("Only people who were sentenced to prison are in it. Who was never charged, and who paid "
      "so as not to be, is not."),
    _("What the table does not hold is not adjusted for: harm done, the part played, earlier "
      "convictions, money for a lawyer or for a bribe."),
    _("The offence somebody is charged with is a decision too. Where it differs by group, "
      "adjusting for it hides a part of the difference."),
    _("A difference asks for reasons. It accuses nobody, and says nothing about one sentence."),
)  # fmt: skip


def category(code: str) -> str:
    """Return a category in words; the citation of an article as it is."""
    return str(CATEGORIES.get(code, code.replace("_", " ")))
