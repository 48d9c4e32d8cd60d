"""One filled form is taken over: the part about a person, then what it adds to a survey."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from mekhala.core.wrong_input import WrongInput
from mekhala.forms.models import FormVersion, Submission
from mekhala.intake import answer_counts, policies, queries
from mekhala.intake.chains import Chain, chain_of
from mekhala.intake.days import figures_beside, post_of, settle
from mekhala.intake.errors import NothingToMap, Waits, Why
from mekhala.intake.models import Became, State, Taken
from mekhala.intake.people import OPENED, Person
from mekhala.intake.plan import Day, Plan, plan_of
from mekhala.intake.queries import Holding
from mekhala.pathway.determination import services as determination
from mekhala.pathway.justice import services as justice
from mekhala.pathway.screening.models import Screening
from mekhala.population.surveys import asked_one_by_one as asked
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.identity.narrative import open_to_take_over


@transaction.atomic
def note_left(submission: Submission, *, at: datetime) -> None:
    """Note that whoever sent the form no longer works here: somebody of the agency takes it up."""
    holding = queries.mapping_of(submission.version)
    if holding and not Taken.objects.filter(submission=submission).exists():
        Taken.objects.create(
            submission=submission, number=submission.number, state=State.WAITS,
            why=Why.SENDER_LEFT, mapping_sha256=holding.sha256, taken_at=at,
        )  # fmt: skip
        audit.record("intake.waits", subject=submission.instance_id, by=None, at=at,
                     submission=submission.pk, why=Why.SENDER_LEFT)  # fmt: skip


@transaction.atomic
def take_in(
    submission: Submission, *, by: Officer, at: datetime, without_earlier: bool = False
) -> Taken:
    """Let a filled form, with all its edits, become what its mapping says, in the name of ``by``.

    Done twice it changes nothing. What cannot be mapped waits with the reason; nothing of it is
    half done. ``without_earlier``: an edit whose first answers never came is taken as it is.
    Raises ``NotYourRole``; ``NothingToMap`` for what is held, practice or has no mapping.
    """
    policies.check_may_take(by, submission)
    _one_at_a_time(submission.agency_id)
    chain = chain_of(submission)
    form = chain.standing
    holding = queries.mapping_of(form.version) if form else None
    if form is None or holding is None:
        raise NothingToMap
    before = list(Taken.objects.filter(submission__in=chain.ids))
    mine = next((taken for taken in before if taken.submission_id == form.pk), None)
    if mine and mine.state != State.WAITS and mine.mapping_sha256 == holding.sha256:
        return mine
    taking = _Taking(chain, form=form, holding=holding, before=before, by=by, at=at)
    return taking.take(without_earlier=without_earlier)


def _one_at_a_time(agency: int) -> None:
    """Wait for whoever takes over a form of this agency; the lock ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 53))", [str(agency)])


class _Taking:
    """One form being taken over: the part about a person, then what it adds to a survey."""

    def __init__(
        self, chain: Chain, *, form: Submission, holding: Holding, before: list[Taken],
        by: Officer, at: datetime,
    ) -> None:  # fmt: skip
        self.chain, self.form, self.holding, self.before = chain, form, holding, before
        self.by, self.at = by, at
        self.said: dict[str, Any] = {}

    def take(self, *, without_earlier: bool) -> Taken:
        """Take over what can be; a part that waits leaves the other as it is."""
        self.said = self._standing()
        try:
            if not (self.chain.is_whole or without_earlier):
                raise Waits(Why.EARLIER_MISSING)
            plan = self._plan()
            self.said["because"] = plan.because[:300]
        except Waits as reason:
            return self._kept(reason)
        of_person = self._try(lambda: self._person(plan)) or self._try(lambda: self._refer(plan))
        of_day = self._try(lambda: self._day(plan))
        of_hearing = self._try(lambda: self._watched(plan)) or self._try(
            lambda: self._leaving(plan)
        )
        self._count_answers()
        return self._kept(of_person or of_day or of_hearing)

    def _standing(self) -> dict[str, Any]:
        """Return what the chain became so far: what is not undone still holds."""
        said = [taken for taken in self.before if taken.became]
        newest = max(said, key=lambda taken: (taken.taken_at, taken.pk), default=None)
        if newest is None:
            return {"became": []}
        kept = ("became", "advice", "at_post", "on", "figures")
        return {name: getattr(newest, name) for name in kept}

    def _was_opened_by_hand(self) -> bool:
        """Whether a copy has a case that no mapping opened."""
        has_case = any(copy.case_number for copy in self.chain.copies)
        return has_case and not any(OPENED & set(taken.became) for taken in self.before)

    def _person_stands(self) -> bool:
        """Whether the part about a person is done: by this mapping, or by hand from this copy.

        Raises ``Waits`` where a case was opened by hand from answers that were corrected since.
        """
        if not any(copy.case_number for copy in self.chain.copies):
            return False
        if self._was_opened_by_hand():
            if not self.form.case_number:
                raise Waits(Why.OPENED_BY_HAND)
            self.said["became"] = [Became.CASE, *self.said["became"]]
            return True
        mine = [t for t in self.before if t.submission_id == self.form.pk]
        by_this = any(t.mapping_sha256 == self.holding.sha256 for t in mine)
        return bool(self.form.case_number) and by_this

    def _try(self, act: Callable[[], None]) -> Waits | None:
        """Do all of one part or nothing of it; return why it waits, None where it is done."""
        try:
            with transaction.atomic():
                act()
        except Waits as reason:
            return reason
        except ActRefused as refusal:
            return Waits(Why.REFUSED, refusal=type(refusal).__name__)
        except WrongInput as wrong:  # the room names the field first; its words may hold answers
            field = str(wrong).partition(":")[0]
            question = self.holding.mapping.question_behind(field)
            return Waits(Why.NOT_UNDERSTOOD, question=question)
        return None

    def _plan(self) -> Plan:
        version = FormVersion.objects.select_related("form").get(pk=self.form.version_id)
        if self.form.is_encrypted:
            raise Waits(Why.ENCRYPTED)
        if queries.faults_of(version, self.holding):
            raise Waits(Why.DOES_NOT_FIT)
        if not any(taken.submission_id == self.form.pk for taken in self.before):
            open_to_take_over(self.form.number)  # later on it is opened as any other
        mapping = self.holding.mapping
        if self._was_opened_by_hand():  # an officer read the answers: only the count is left
            day = {n: of for n, of in mapping.sections.items() if n == "day"}
            mapping = replace(mapping, sections=day, skips=(), refer_when=None)
        return plan_of(
            mapping, queries.asked_of(version), self.form.answers,
            province=self.by.agency.province_code, zone=timezone.get_default_timezone(),
        )  # fmt: skip

    def _person(self, plan: Plan) -> None:
        """Open, put right, keep: all that is about one person, and all that is asked of a room."""
        if self._person_stands():
            return
        person = Person(chain=self.chain, form=self.form, plan=plan, by=self.by, at=self.at,
                        before=self.before)  # fmt: skip
        person.take()
        others = [each for each in (Became.REFERRED, Became.COUNTED) if each in person.was]
        self.said |= {"became": [*dict.fromkeys(person.became), *others]}
        self.said["advice"] = plan.advice or str(plan.screening.get("outcome", ""))

    def _refer(self, plan: Plan) -> None:
        """Send the case to the authority, once, where the form and the person say so."""
        if not plan.refers or Became.REFERRED in self.said["became"]:
            return
        screened = Screening.objects.filter(submission=self.form).select_related("case").first()
        if screened is None:
            raise Waits(Why.NO_CASE)
        determination.refer_to_authority(screening=screened, by=self.by, at=self.at)
        self.said["became"] = [*self.said["became"], Became.REFERRED]

    def _watched(self, plan: Plan) -> None:
        """Keep what was seen at a hearing; a corrected form takes the place of the one before."""
        if not plan.observation:
            return
        forms = [self.form.number, *(c.number for c in self.chain.copies if c != self.form)]
        justice.watch_hearing(**plan.observation, forms=forms, by=self.by, at=self.at)
        was = [each for each in self.said["became"] if each != Became.WATCHED]
        self.said["became"] = [*was, Became.WATCHED]

    def _day(self, plan: Plan) -> None:
        """Take what this chain counted before out of its day, and put in what it counts now."""
        was = self._counted_before()
        day = plan.day
        on = (day.on or timezone.localdate(self.form.received_at)) if day else None
        to = None
        if day and on:
            to = post_of(day, on, by=self.by, before=[t.at_post_id for t in was if t.at_post_id])
        moves = {(t.at_post, t.on): [t.figures] for t in was}
        for at_post, of_day in {*moves, *([(to, on)] if to else [])}:
            if at_post is None or of_day is None:
                continue
            is_here = to is not None and (at_post.pk, of_day) == (to.pk, on)
            settle(
                at_post, of_day, minus=moves.get((at_post, of_day), []),
                plus=[day.figures] if day and is_here else [],
                others=figures_beside(at_post, of_day, self.chain.ids), by=self.by, at=self.at,
            )  # fmt: skip
        self._note_day(day, to, on)

    def _leaving(self, plan: Plan) -> None:
        """Count once what a person said about leaving for work; an edit counts nothing again."""
        if not plan.leaving:
            return
        if not any(Became.COUNTED in taken.became for taken in self.before):
            on = plan.leaving["on"] or timezone.localdate(self.form.received_at)
            day = Day(survey=plan.leaving["survey"], post=plan.leaving["post"], on=on, figures={})
            of = post_of(day, on, by=self.by, before=[]).round
            asked.count_one(of, plan.leaving, by=self.by)
        self.said["became"] = [*self.said["became"], Became.COUNTED]

    def _count_answers(self) -> None:
        """Count the choices once, in place of those of an earlier copy."""
        rows = [taken for taken in self.before if taken.answers_counted][:1]
        if not any(taken.submission_id == self.form.pk for taken in rows):
            ids = {taken.submission_id for taken in rows}
            earlier = next((copy for copy in self.chain.copies if copy.pk in ids), None)
            answer_counts.count(self.form, before=earlier)
            Taken.objects.filter(submission__in=ids).update(answers_counted=False)
        self.said["answers_counted"] = True

    def _counted_before(self) -> list[Taken]:
        """Return the one row of the chain whose figures stand in a day, if there is one."""
        return [taken for taken in self.before if taken.at_post_id and taken.figures][:1]

    def _note_day(self, day: Any, to: Any, on: Any) -> None:
        became = [each for each in self.said["became"] if each != Became.COUNTED]
        self.said["became"] = [*became, *([Became.COUNTED] if to else [])]
        figures = dict(day.figures) if to else {}
        self.said |= {"at_post": to, "on": on if to else None, "figures": figures}

    def _kept(self, waits: Waits | None) -> Taken:
        """Write the one row of this copy; what counted for an earlier copy counts here now."""
        state = State.WAITS if waits else State.DONE if self.said["became"] else State.NOTHING
        Taken.objects.filter(submission__in=self.chain.ids).exclude(submission=self.form).update(
            at_post=None, on=None, figures={}
        )
        why = {
            "why": str(waits.why) if waits else "", "refusal": waits.refusal[:60] if waits else "",
            "question": waits.question[:300] if waits else "",
        }  # fmt: skip
        row, _made = Taken.objects.update_or_create(
            submission=self.form,
            defaults=self.said | why | {
                "number": self.form.number, "state": state, "taken_at": self.at,
                "mapping_sha256": self.holding.sha256,
            },
        )  # fmt: skip
        audit.record(
            "intake.waits" if waits else "intake.taken", subject=self.form.instance_id, by=self.by,
            at=self.at, submission=self.form.pk, became=row.became, why=row.why,
        )  # fmt: skip
        return row
