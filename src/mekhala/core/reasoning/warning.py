"""What a reader of the outcome must not overlook."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mekhala.core.law.library import palermo as palermo_article
from mekhala.core.law.statute import Article
from mekhala.core.reasoning.age import AgeBasis, Person
from mekhala.core.reasoning.charges import ChargeOutcome, Fit
from mekhala.core.reasoning.classification import Classification
from mekhala.core.reasoning.conduct import Conduct, is_ambiguous, period_in_words
from mekhala.core.reasoning.logic import Findings
from mekhala.core.reasoning.offences import OffenceOutcome
from mekhala.core.reasoning.palermo import PalermoOutcome

NEEDS_EXPLOITATION = {
    "purpose.child_labour": "Child labour is exploitation in the sense of Palermo only where more "
    "is shown (force, hazard, servitude or the like); ask about it.",
    "purpose.adoption": "Adoption is exploitation in the sense of Palermo only where it amounts "
    "to a practice like slavery; ask about it.",
    "purpose.surrogacy": "Surrogacy is exploitation in the sense of Palermo only where more is "
    "shown (coercion, servitude); ask about it.",
    "purpose.sexual_aggression": "Sexual aggression is a purpose in domestic law; for Palermo ask "
    "whether sexual exploitation was meant.",
}


@dataclass(frozen=True, kw_only=True)
class ReaderWarning:
    """One warning: its code and the sentence that explains it."""

    code: str
    because: str

    def as_answer(self) -> dict[str, object]:
        """Return the warning as ``mekhala assess`` prints it."""
        return {"code": self.code, "because": self.because}


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """Everything weighed about one person, for the warnings to look at."""

    findings: Findings
    person: Person
    conduct: Conduct
    palermo: PalermoOutcome
    offences: Sequence[OffenceOutcome]
    classification: Classification
    charges: Sequence[ChargeOutcome]
    outlines: tuple[Article, ...] = ()  # offences in force that no facts can tell


def warnings_for(weighed: Weighed) -> tuple[ReaderWarning, ...]:
    """Return the warnings that apply, the person's protection first."""
    return (
        *_presumed_child(weighed),
        *_consent(weighed),
        *_needs_exploitation(weighed),
        *_law(weighed),
        *_charges(weighed),
        *_unverified(weighed),
    )


def _presumed_child(weighed: Weighed) -> Iterator[ReaderWarning]:
    if weighed.person.age_basis is AgeBasis.PRESUMED_CHILD:
        yield ReaderWarning(
            code="presumed_child",
            because="The person is not known to be 18 or older and is protected as a child; "
            "nobody is sentenced on that presumption.",
        )


def _consent(weighed: Weighed) -> Iterator[ReaderWarning]:
    if weighed.findings.fact("consent.given") is not True:
        return
    if weighed.person.treated_as_child:
        yield ReaderWarning(
            code="consent_irrelevant",
            because="Consent is alleged; for a child it has no weight, whoever gave it "
            "(Palermo Protocol, Article 3(c)).",
        )
    elif weighed.palermo.means.value is True:
        yield ReaderWarning(
            code="consent_irrelevant",
            because="Consent is alleged; a means was used, so it has no weight "
            "(Palermo Protocol, Article 3(b)).",
        )


def _needs_exploitation(weighed: Weighed) -> Iterator[ReaderWarning]:
    if weighed.palermo.purpose.value is True:
        return
    for code, because in NEEDS_EXPLOITATION.items():
        if weighed.findings.fact(code) is True:
            name = code.removeprefix("purpose.")
            yield ReaderWarning(code=f"{name}_needs_exploitation", because=because)


def _law(weighed: Weighed) -> Iterator[ReaderWarning]:
    provisions = [offence.provision for offence in weighed.offences]
    if not provisions:
        yield ReaderWarning(code="no_law_in_force", because=_why_no_law(weighed))
    elif is_ambiguous(provisions, weighed.conduct):
        texts = {p.statute: period_in_words(p.in_force) for p in provisions}
        listed = "; ".join(f"{statute} ({period})" for statute, period in texts.items())
        why = "spans two laws" if weighed.conduct.dated else "is not known"
        yield ReaderWarning(
            code="law_ambiguous",
            because=f"The date of the conduct {why}, so each text that may govern is shown: "
            f"{listed}.",
        )


def _why_no_law(weighed: Weighed) -> str:
    if weighed.outlines:
        return "The texts in force at the time of the conduct are kept here in outline only."
    return "No text that is kept here was in force at the time of the conduct."


def _charges(weighed: Weighed) -> Iterator[ReaderWarning]:
    for charge in weighed.charges:
        if charge.fit in (Fit.DOES_NOT_FIT, Fit.NOT_IN_FORCE):
            yield ReaderWarning(code="charge_does_not_fit", because=charge.because)
    if not weighed.charges and weighed.classification in OTHER_LABEL:
        yield ReaderWarning(
            code="charge_does_not_fit",
            because="A charge of trafficking in persons would not fit the international "
            f"definition; the facts fit {OTHER_LABEL[weighed.classification]} best.",
        )


# Given only where the definition is not met; with a charge named, that charge is judged instead.
OTHER_LABEL = {
    Classification.SMUGGLING: "smuggling of migrants",
    Classification.PROCURING: "procuring",
    Classification.EXPLOITATION_ONLY: "exploitation without trafficking",
}


def _unverified(weighed: Weighed) -> Iterator[ReaderWarning]:
    cited: Iterable[tuple[str, bool]] = (
        ("PALERMO", palermo_article().verified),
        *((o.provision.statute, o.provision.verified) for o in weighed.offences),
    )
    unverified = sorted({statute for statute, verified in cited if not verified})
    if unverified:
        yield ReaderWarning(
            code="text_unverified",
            because="No lawyer has yet checked these texts against the original: "
            f"{', '.join(unverified)}.",
        )
