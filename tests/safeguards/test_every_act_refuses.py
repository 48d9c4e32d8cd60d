"""Every act, called directly: refused to who holds no grant, and to the wrong role with every one.

An act that is not in the table fails the test.
"""

import importlib
import inspect
from datetime import date
from decimal import Decimal

import pytest

from mekhala.core.provenance.claim import Claim as Figure
from mekhala.forms.models import Form, FormVersion, SealedEnvelope, Submission
from mekhala.pathway.aftercare.codes import Area, Asked
from mekhala.pathway.aftercare.models import (
    FamilyTrace,
    FollowUp,
    Naming,
    Note,
    PlanTask,
    ReturnHome,
    ServiceGiven,
    Stay,
    SupportPlan,
)
from mekhala.pathway.aftercare.services import Task
from mekhala.pathway.determination.models import (
    Decision,
    DeterminationFile,
    FactRequest,
    Letter,
    Source,
)
from mekhala.pathway.determination.services import Told
from mekhala.pathway.encounter.models import Case, Encounter
from mekhala.pathway.evidence.models import Item
from mekhala.pathway.incidents.models import Incident
from mekhala.pathway.justice.models import (
    Accused,
    Charge,
    Complaint,
    Corrected,
    GateCheck,
    Hearing,
    Proceeding,
    Sheet,
    Stage,
)
from mekhala.pathway.labour_migration.models import (
    AskAfter,
    Departure,
    Deployment,
    Employer,
    FundEntry,
    Licence,
    Placement,
    Recruiter,
    Review,
    VillageFund,
    Worker,
)
from mekhala.pathway.labour_migration.models import Incident as AgencyIncident
from mekhala.pathway.redress.models import LegalAid, Measure, Owed, Payment
from mekhala.pathway.referral.models import Referral
from mekhala.pathway.registration.models import Registration
from mekhala.pathway.repatriation.models import Commitment, CommitmentStatus, Exchange, Return
from mekhala.pathway.screening.models import Screening
from mekhala.pathway.visits.models import Visit
from mekhala.population.dossiers.models import Access
from mekhala.population.estimates.models import EstimateRun
from mekhala.population.institutions.models import (
    CooperationRequest,
    Mandate,
    Policy,
    Project,
    ReportDue,
    Target,
    Taught,
)
from mekhala.population.linkage.importing import Said
from mekhala.population.linkage.models import (
    AgencyList,
    LinkageRun,
    Nesting,
    OverlapTable,
    RunReviewer,
)
from mekhala.population.publication.drafts import Draft
from mekhala.population.surveys.day_figures import NOBODY
from mekhala.population.surveys.models import DayTally, Round, RoundPost, SamplingFrame
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.consent.models import Answer, DataClass, Held, Stop
from mekhala.safeguards.four_eyes.models import SecondSignature
from tests.builders import NOW, officer, open_to
from tests.builders_forms import picture
from tests.builders_incidents import BRIBE
from tests.builders_justice import ARTICLE, AT
from tests.builders_lists import surveyed
from tests.builders_visits import VISIT

F, A, R, P, J, S = (
    Role.FIRST_RESPONDER, Role.AUTHORITY, Role.REGISTRAR, Role.PROVIDER, Role.JUSTICE,
    Role.STATISTICIAN,
)  # fmt: skip
DAY = date(2026, 3, 9)
FIGURE = Figure(
    claim_id="A-1", quantity="Boats", population_definition="", place="", period="", value="9",
    unit="boats", method="survey", source_cited="",
)  # fmt: skip
OWED = {
    "what": "wages", "basis": "agreed", "said": "employer", "debtor": "employer",
    "amount": Decimal(9), "currency": "USD", "said_on": DAY,
}  # fmt: skip


def no_access(held):
    """Return a request to read dossiers that nobody here made."""
    return Access(number="RD-X", supervisor_id=0, asked_by_id=0, agency_id=0, until=NOW)


A_ROUND = Round(frame=SamplingFrame(worked_by_id=0))  # of an agency nobody here is of
ROOMS = [
    "pathway.encounter", "pathway.screening", "pathway.determination", "pathway.registration",
    "pathway.directory", "pathway.referral", "pathway.aftercare", "pathway.justice",
    "pathway.evidence", "pathway.redress", "pathway.incidents", "pathway.visits",
    "population.claims", "population.courts", "population.dossiers",
    "population.estimates", "population.linkage", "population.publication",
    "population.institutions",
    "population.surveys",
    "forms", "safeguards.consent", "pathway.labour_migration", "pathway.repatriation",
]  # fmt: skip
OF_A_FILE = {  # the roles that may, given a grant; and what the act is told beside by and at
    "encounter.add_encounter": ({F, R}, lambda h: {
        "case": h[Case], "met_at": NOW, "place_code": "120101"}),
    "encounter.correct_meeting": ({F, R}, lambda h: {
        "encounter": Encounter(case=h[Case]), "submission": h[Submission], "met_at": NOW,
        "place_code": "120101"}),
    "not_screened.record_not_screened": ({F, R}, lambda h: {
        "encounter": Encounter(case=h[Case], met_at=NOW), "because": "not_safe"}),
    "encounter.record_safe_contact": ({F, A, R, P}, lambda h: {
        "case": h[Case], "way": "in_person"}),
    "visits.put_case": ({F}, lambda h: {"visit": h[Visit], "case": h[Case]}),
    "screening.record_screening": ({F, R}, lambda h: {
        "case": h[Case], "answers": {}, "outcome": "refer"}),
    "screening.correct_screening": ({F, R}, lambda h: {
        "screening": h[Screening], "submission": h[Submission], "answers": {},
        "outcome": "refer"}),
    "determination.refer_to_authority": ({F, R, A}, lambda h: {"screening": h[Screening]}),
    "determination.open_file": ({F, R, A}, lambda h: {"case": h[Case]}),
    "determination.record_source": ({A}, lambda h: {
        "file": h[DeterminationFile], "kind": "person", "manner": "statement"}),
    "determination.record_finding": ({A}, lambda h: {
        "file": h[DeterminationFile], "source": h[Source], "code": "act.recruitment",
        "made_out": True, "because": "Said."}),
    "determination.record_findings": ({A}, lambda h: {
        "file": h[DeterminationFile], "source": h[Source],
        "told": [Told(code="act.recruitment", made_out=True, because="Said.")]}),
    "determination.ask_for_fact": ({A}, lambda h: {
        "file": h[DeterminationFile], "code": "act.recruitment", "question": "Who?"}),
    "determination.answer_request": (set(), lambda h: {
        "request": h[FactRequest], "made_out": True, "because": "Said."}),
    "determination.take_back_request": ({A}, lambda h: {"request": h[FactRequest]}),
    "determination.pause": ({A}, lambda h: {
        "file": h[DeterminationFile], "reason": "health", "because": "Ill."}),
    "determination.let_go_on": ({A}, lambda h: {
        "file": h[DeterminationFile], "because": "Well."}),
    "determination.extend": ({A}, lambda h: {
        "file": h[DeterminationFile], "due_on": DAY, "reason": "health", "because": "Ill."}),
    "determination.end_minimum": ({A}, lambda h: {
        "file": h[DeterminationFile], "because": "She asked."}),
    "determination.place_on_continuum": ({A}, lambda h: {
        "file": h[DeterminationFile], "degree": "A"}),
    "determination.declare_tie": ({A}, lambda h: {"file": h[DeterminationFile]}),
    "determination.ask_again": ({A, R}, lambda h: {
        "decision": h[Decision], "grounds": ["guidance"], "because": "Not followed."}),
    "determination.prepare_letter": ({A}, lambda h: {
        "case": h[Case], "kind": "decision", "language": "km"}),
    "determination.approve_letter": ({A}, lambda h: {
        "letter": h[Letter], "seen": h[Letter].digest}),
    "determination.hand_over_letter": ({A, R}, lambda h: {
        "letter": h[Letter], "how": "read_aloud"}),
    "determination.withdraw_letter": ({A}, lambda h: {
        "letter": h[Letter], "because": "Wrong."}),
    "determination.record_conduct": ({A}, lambda h: {
        "file": h[DeterminationFile], "conduct_from": "", "conduct_to": ""}),
    "determination.record_reading": ({A}, lambda h: {
        "file": h[DeterminationFile], "answer": "ActualVictimOfTrafficking", "reasons": "Said.",
        "grounds": ["elements_made_out"], "no_tie": True}),
    "registration.register": ({R}, lambda h: {"case": h[Case]}),
    "registration.withdraw": ({R}, lambda h: {
        "registration": h[Registration], "because": "An error."}),
    "referral.ask": ({F, A, R, P}, lambda h: {
        "case": h[Case], "service": h[Referral].service, "need": "shelter"}),
    "referral.accept": (set(), lambda h: {"referral": h[Referral]}),
    "referral.decline": (set(), lambda h: {"referral": h[Referral], "reason": "full"}),
    "referral.end": ({F, A, R, P}, lambda h: {"referral": h[Referral]}),
    "aftercare.make_plan": ({R, P}, lambda h: {
        "case": h[Case], "goals": "To rest", "agreed_on": DAY}),
    "aftercare.add_task": ({R, P}, lambda h: {
        "plan": h[SupportPlan], "task": Task(need="shelter", what="x", due_on=DAY)}),
    "aftercare.finish_task": ({R, P}, lambda h: {"task": h[PlanTask], "on": DAY}),
    "aftercare.take_back_task": ({R, P}, lambda h: {"task": h[PlanTask], "because": "twice"}),
    "aftercare.take_back_help": ({R, P}, lambda h: {
        "given": h[ServiceGiven], "because": "twice"}),
    "aftercare.take_back_follow_up": ({R, P}, lambda h: {"day": h[FollowUp], "because": "twice"}),
    "aftercare.plan_follow_ups": ({R, P}, lambda h: {"plan": h[SupportPlan]}),
    "aftercare.record_follow_up": ({R, P}, lambda h: {
        "follow_up": h[FollowUp], "outcome": "well", "on": DAY}),
    "aftercare.note_try": ({R, P}, lambda h: {"follow_up": h[FollowUp], "on": DAY}),
    "aftercare.assess": ({R, P}, lambda h: {
        "case": h[Case], "answers": dict.fromkeys(Area.values, "yes"), "words": "",
        "made_on": DAY}),
    "aftercare.record_help": ({R, P}, lambda h: {
        "case": h[Case], "need": "health", "given_on": DAY, "agreed": True}),
    "aftercare.move_stage": ({R, P}, lambda h: {
        "plan": h[SupportPlan], "to": "integration", "on": DAY}),
    "aftercare.begin_stay": ({R, P}, lambda h: {
        "case": h[Case], "agency": h["colleague"].agency, "kind": "shelter",
        "basis": "own_consent", "agreed": True, "movement": "free", "began_at": NOW}),
    "aftercare.leave": ({R, P}, lambda h: {"stay": h[Stay]}),
    "aftercare.look_again": ({R, P}, lambda h: {"stay": h[Stay], "agreed": True}),
    "aftercare.write_note": ({P}, lambda h: {"case": h[Case], "words": "x"}),
    "aftercare.share_note": ({P}, lambda h: {"note": h[Note]}),
    "aftercare.take_back_note": ({P}, lambda h: {"note": h[Note]}),
    "aftercare.start_trace": ({R, P}, lambda h: {
        "case": h[Case], "kin": "parent", "who": "", "agreed": True}),
    "aftercare.record_trace": ({R, P}, lambda h: {"trace": h[FamilyTrace], "status": "found"}),
    "aftercare.name_kin": ({R, P}, lambda h: {"case": h[Case], "kin": "parent", "words": "x"}),
    "aftercare.take_back_naming": ({R, P}, lambda h: {"naming": h[Naming]}),
    "aftercare.screen_return": ({R, P}, lambda h: {
        "case": h[Case], "kin": "parent", "answers": dict.fromkeys(Asked.values, "yes")}),
    "aftercare.propose_return": ({R, P}, lambda h: {"planned": h[ReturnHome], "reasons": "x"}),
    "aftercare.answer_return": ({R}, lambda h: {
        "planned": h[ReturnHome], "agreed": True, "reasons": "x"}),
    "aftercare.send_home": ({R, P}, lambda h: {"planned": h[ReturnHome], "on": DAY}),
    "aftercare.give_up_return": ({R, P}, lambda h: {"planned": h[ReturnHome]}),
    "justice.assign": ({J}, lambda h: {"proceeding": h[Proceeding], "to": h["colleague"]}),
    "justice.add_accused": ({J}, lambda h: {
        "proceeding": h[Proceeding], "sex": "male", "age": 30}),
    "justice.record_step": ({J}, lambda h: {
        "accused": h[Accused], "stage": Stage.ACQUITTED, "on": DAY}),
    "justice.charge": ({J}, lambda h: {"accused": h[Accused], "charged_on": DAY, **ARTICLE}),
    "justice.hand_on": ({J}, lambda h: {"proceeding": h[Proceeding], "to": h["colleague"]}),
    "justice.describe": ({J}, lambda h: {"accused": h[Accused], "age": 30}),
    "justice.record": ({J}, lambda h: {
        "of": Complaint, "accused": h[Accused], "made_by": "police"}),
    "justice.plan_hearing": ({J}, lambda h: {
        "proceeding": h[Proceeding], "kind": "trial", "starts_at": AT}),
    "justice.put_off": ({J}, lambda h: {"hearing": h[Hearing], "starts_at": AT}),
    "justice.pass_gate": ({J}, lambda h: {
        "accused": h[Accused], "statute": "KH-PC-2009", "article": "97",
        "kind": "compelled.other"}),
    "justice.override_gate": ({J}, lambda h: {
        "check": h[GateCheck], "because": "x", "conduct_from": "2023"}),
    "justice.record_told": ({J}, lambda h: {
        "accused": h[Accused], "body": "press", "way": "letter", "on": DAY}),
    "justice.keep_sheets": ({J}, lambda h: {
        "accused": h[Accused], "content": picture(), "file_name": "fax.jpg"}),
    "justice.open_sheet": ({J}, lambda h: {"sheet": h[Sheet]}),
    "justice.key_in": ({J}, lambda h: {
        "sheet": h[Sheet], "kind": "complaint", "of": Complaint, "made_by": "police"}),
    "justice.letter_sent": ({J}, lambda h: {"correction": h[Corrected], "on": DAY}),
    "justice.withdraw_charge": ({J}, lambda h: {"charge": h[Charge], "on": DAY}),
    "evidence.register": ({J}, lambda h: {
        "proceeding": h[Proceeding], "kind": "document", "source": "police", "basis": "given",
        "taken_on": DAY, "what": "x"}),
    "evidence.open_file": ({J}, lambda h: {"item": h[Item]}),
    "evidence.hand_over": ({J}, lambda h: {
        "item": h[Item], "to": h["colleague"], "when": NOW}),
    "evidence.receive": ({J}, lambda h: {"item": h[Item], "when": NOW}),
    "evidence.send_out": ({J}, lambda h: {
        "item": h[Item], "outside": "laboratory", "receipt": "1", "when": NOW}),
    "evidence.take_back": ({J}, lambda h: {"item": h[Item], "when": NOW}),
    "evidence.bear": ({J}, lambda h: {
        "item": h[Item], "charge": h[Charge], "element": "act", "weighs": "supports",
        "because": ""}),
    "evidence.disclose": ({J}, lambda h: {"accused": h[Accused], "made_on": DAY}),
    "redress.record_owed": ({R, P, J}, lambda h: {"file_number": h[Case].number, **OWED}),
    "redress.record_payment": ({R, P, J}, lambda h: {
        "owed": h[Owed], "amount": Decimal(1), "on": DAY, "way": "cash"}),
    "redress.take_back_payment": ({R, P, J}, lambda h: {"payment": h[Payment]}),
    "redress.end_owed": ({R, P}, lambda h: {"owed": h[Owed], "because": "waived", "on": DAY}),
    "redress.ask_measure": ({R, P, J}, lambda h: {
        "file_number": h[Case].number, "kind": "screen", "asked_by": "person", "asked_on": DAY}),
    "redress.answer_measure": ({R, P}, lambda h: {
        "measure": h[Measure], "granted": True, "answered_by": "court", "on": DAY}),
    "redress.plan_witness": ({J}, lambda h: {
        "proceeding": h[Proceeding].number, "heard": "video", "language": "km",
        "interpreter": None, "agreed_on": DAY}),
    "redress.ask_legal_aid": ({R, P, J}, lambda h: {
        "file_number": h[Case].number, "asked_on": DAY}),
    "redress.assign_lawyer": ({R, P}, lambda h: {"aid": h[LegalAid], "fee": "free", "on": DAY}),
    "redress.end_legal_aid": ({R, P}, lambda h: {"aid": h[LegalAid], "on": DAY}),
    "redress.tell_right": ({R, P, J}, lambda h: {
        "file_number": h[Case].number, "right": "legal_aid", "told_on": DAY, "language": "km",
        "understood": None}),
    "redress.show_from_case": (set(), lambda h: {
        "row": h[Owed], "case_number": h[Case].number}),
    "forms.link_to_case": ({F, A, R, P}, lambda h: {
        "submission": h[Submission], "case_number": h[Case].number}),
    "repatriation.begin": ({F, R}, lambda h: {
        "case": h[Case], "corridor_code": "tha-khm", "started_on": DAY}),
    "repatriation.record_statement": ({F, R}, lambda h: {
        "one": h[Return], "wish": "return", "said_on": DAY}),
    "repatriation.record_check": ({F, R}, lambda h: {
        "one": h[Return], "kind": "risk", "answer": True, "found_by": "police",
        "found_on": DAY}),
    "repatriation.record_step": ({F, R}, lambda h: {
        "one": h[Return], "code": "sheltered", "side": "theirs", "done_on": DAY,
        "reference": "1"}),
    "repatriation.take_back_step": ({F, R}, lambda h: {
        "one": h[Return], "code": "sheltered", "side": "ours", "because": "not_done"}),
    "repatriation.confirm_step": (set(), lambda h: {
        "one": h[Return], "code": "sheltered", "done_on": DAY}),
    "repatriation.seal_exchange": ({F, R}, lambda h: {"one": h[Return]}),
    "repatriation.receive_exchange": ({F, R}, lambda h: {"sent": h[Exchange], "word": "x"}),
    "repatriation.end": ({F, R}, lambda h: {"one": h[Return], "because": "complete"}),
    "workers.complain": ({F, R}, lambda h: {
        "recruiter": Recruiter(), "kinds": ["fee"], "by_whom": "worker", "country": "MYS",
        "received_on": DAY, "worker": h[Worker]}),
    "workers.record_deployment": ({F, R}, lambda h: {
        "worker": h[Worker], "recruiter": Recruiter.objects.get(), "employer": "x",
        "country": "MYS", "year": 2020}),
    "flags.screen": ({F, R}, lambda h: {
        "worker": h[Worker], "answers": {}, "outcome": "refer", "authority_may_know": True}),
    "workers.open_case": ({F, R}, lambda h: {
        "worker": h[Worker], "worker_says_yes": True, "met_at": NOW,
        "person": {"place_code": "12"}}),
    "workers.keep_departure": ({F, R}, lambda h: {"worker": h[Worker], "country": "MYS"}),
    "workers.give_copy": ({F, R}, lambda h: {"departure": h[Departure], "on": DAY}),
    "workers.ask_after": ({F, R}, lambda h: {
        "worker": h[Worker], "place_code": "12", "how": "x", "first_on": DAY}),
    "workers.record_asking": ({F, R}, lambda h: {
        "one": h[AskAfter], "whom": "person", "found": "well", "on": DAY}),
    "consent.record_answer": ({F, A, R, P}, lambda h: {
        "case_number": h[Case].number, "recipient": "here", "purpose": Purpose.JUSTICE,
        "data_class": DataClass.STORY, "answer": Answer.GIVEN}),
    "consent.withdraw": ({F, A, R, P}, lambda h: {"case_number": h[Case].number}),
    "consent.record_guardian": ({F, A, R, P}, lambda h: {
        "case_number": h[Case].number, "relation": "parent", "involved": None, "is_adult": False}),
    "consent.confirm_stop": (set(), lambda h: {"stop": h[Stop], "held": Held.NOTHING}),
}  # fmt: skip
OF_A_ROLE = {  # acts on no file that stands: the roles that may
    "encounter.open_case": ({F, R}, lambda _: {"met_at": NOW, "place_code": "120101"}),
    "encounter.record_refusal": ({F, R}, lambda _: {"place_code": "120101"}),
    "directory.confirm_places": (set(), lambda h: {"service": h[Referral].service, "free": 1}),
    "referral.record_unmet_need": ({F, A, R, P}, lambda _: {
        "need": "shelter", "sex": "female", "age_band": "18-29", "province_code": "12",
        "reason": "all_full"}),
    "justice.file_complaint": ({J}, lambda _: {"complaint_on": date(2024, 2, 5)}),
    "incidents.log": ({R, P}, lambda _: BRIBE),
    "incidents.open_to": ({R, P}, lambda h: {"incident": h[Incident], "officer": h["colleague"]}),
    "incidents.choose_route": ({R, P}, lambda h: {
        "incident": h[Incident], "way": "nobody_yet", "chosen_on": DAY}),
    "incidents.show_reporter": ({R, P}, lambda h: {"incident": h[Incident]}),
    "claims.add": ({S}, lambda _: {"figure": FIGURE, "why": "Read."}),
    "claims.correct": ({S}, lambda _: {"figure": FIGURE, "why": "Read.", "seen": 0}),
    "claims.put_back": ({S}, lambda _: {"claim_id": "A-1", "why": "Wrong.", "seen": 1}),
    "claims.load": ({S}, lambda _: {"text": "", "file_name": "x.csv"}),
    "labour_migration.register_recruiter": (set(), lambda _: {
        "register_number": "1", "name": "x"}),
    "labour_migration.license_recruiter": (set(), lambda _: {
        "recruiter": Recruiter(), "number": "1", "valid_from": DAY, "valid_until": DAY}),
    "labour_migration.record_placement": (set(), lambda _: {
        "recruiter": Recruiter(), "employer": "x", "country": "MYS", "month": DAY,
        "people": 1}),
    "labour_migration.correct_placement": (set(), lambda _: {
        "placement": Placement(), "people": 1, "because": "x"}),
    "labour_migration.record_incident": (set(), lambda _: {
        "recruiter": Recruiter(), "kinds": ["fee"], "source": "inspection", "country": "MYS",
        "on": DAY}),
    "labour_migration.open_review": (set(), lambda _: {"recruiter": Recruiter()}),
    "labour_migration.decide_review": (set(), lambda _: {
        "review": Review(pk=0), "decision": "warning", "reasons": "x"}),
    "looking_into.record_finding": (set(), lambda _: {
        "incident": AgencyIncident(pk=0), "finding": "established", "reasons": "x", "on": DAY}),
    "taking_back.take_back_licence": (set(), lambda _: {
        "licence": Licence(), "because": "not_so"}),
    "taking_back.take_back_decision": (set(), lambda _: {
        "review": Review(pk=0), "because": "not_so"}),
    "taking_back.take_back_deployment": ({F, R}, lambda h: {
        "work": Deployment(worker=h[Worker]), "because": "not_so"}),
    "labour_migration.note_unlicensed": (set(), lambda _: {
        "placed": Placement(recruiter=Recruiter(), employer=Employer(country="MYS"), month=DAY)}),
    "workers.open_file": ({F, R}, lambda _: {}),
    "funds.open_fund": ({F, R}, lambda _: {
        "name": "x", "place_code": "12", "terms": "x", "on": DAY}),
    "funds.enter": (set(), lambda _: {
        "fund": VillageFund(keeper_id=0), "kind": "paid_in", "riel": 1, "on": DAY}),
    "funds.take_back": (set(), lambda _: {
        "line": FundEntry(fund=VillageFund(keeper_id=0)), "reason": "x", "on": DAY}),
    "repatriation.add_key": (
        {Role.ADMINISTRATOR}, lambda h: {
            "agency": h["colleague"].agency, "country": "VNM", "public": "x"}),
    "tracking.add_commitment": ({S}, lambda _: {
        "agreement": "commit-2004", "article": "1", "words": "x"}),
    "tracking.record_progress": ({S}, lambda _: {
        "commitment": Commitment(), "progress": "signed", "since": DAY}),
    "tracking.take_back_progress": ({S}, lambda _: {
        "said": CommitmentStatus(pk=0), "because": "x"}),
    "estimates.ask_run": ({S}, lambda _: {"table": OverlapTable()}),
    "estimates.ask_repeat": ({S}, lambda _: {"run": EstimateRun()}),
    "estimates.sign": ({S}, lambda _: {"run": EstimateRun()}),
    "linkage.take_list": ({S}, lambda _: {"text": "", "file_name": "x.csv", "source": "x"}),
    "linkage.join": ({S}, lambda _: {}),
    "linkage.take_register": ({S}, lambda _: {"from_year": 2025, "to_year": 2025}),
    "importing.take_file": ({S}, lambda _: {
        "surveyed": surveyed("record_id\n1\n"), "source": "x", "said": Said(),
        "clock": lambda: AT}),
    "importing.take_tokens": ({S}, lambda _: {
        "rows": iter(()), "digest": "x", "made_by": {}, "source": "x", "said": Said(),
        "clock": lambda: AT}),
    "importing.take_pairs": ({S}, lambda _: {
        "rows": iter(()), "digest": "x", "said_over": {"compared": {}}, "source": "x",
        "said": Said(), "clock": lambda: AT}),
    "declaring.keep_mapping": ({S}, lambda _: {"source": "x", "text": ""}),
    "declaring.declare_nested": ({S}, lambda _: {"inner": "x", "outer": "y"}),
    "declaring.take_back_nested": ({S}, lambda _: {"nesting": Nesting(inner="x", outer="y")}),
    "declaring.end_list": ({S}, lambda _: {"taken": AgencyList(number="LR-X")}),
    "records.open_lists": ({S}, lambda _: {"list_ids": []}),
    "records.records_of": ({S}, lambda _: {"list_ids": []}),
    "records.records_with": ({S}, lambda _: {"record_ids": []}),
    "records.tokens_of": ({S}, lambda _: {"taken": AgencyList(pk=0, number="LR-X")}),
    "asking.ask_run": ({S}, lambda _: {"list_ids": []}),
    "asking.repeat_run": ({S}, lambda _: {"run": LinkageRun()}),
    "reviewing.name_reviewer": ({S}, lambda h: {"run": LinkageRun(), "officer": h["colleague"]}),
    "reviewing.end_reviewer": ({S}, lambda _: {"reviewer": RunReviewer()}),
    "reviewing.answer": (set(), lambda _: {
        "run": LinkageRun(pk=0), "review_pair": 0, "said": "same"}),
    "reviewing.undo": (set(), lambda _: {"run": LinkageRun(pk=0)}),
    "reviewing.close_review": ({S}, lambda _: {"run": LinkageRun(pk=0)}),
    "surveys.make_frame": ({S}, lambda h: {
        "survey": "x", "name": "x", "population": "x", "place": "x", "not_covered": "x",
        "size": None, "size_source": "", "worked_by": h["colleague"].agency}),
    "surveys.add_post": ({S}, lambda _: {"frame": SamplingFrame(), "name": "x"}),
    "surveys.make_round": ({S}, lambda _: {
        "frame": SamplingFrame(), "name": "x", "begins_on": DAY, "ends_on": DAY, "tool": "x",
        "tool_version": "1", "definition": "x", "design": "simple", "method": "x",
        "planned": {}}),
    "surveys.enter_day": (set(), lambda _: {
        "of": A_ROUND, "at_post": RoundPost(), "on": DAY, "figures": NOBODY}),
    "surveys.correct_day": (set(), lambda _: {
        "of": A_ROUND, "seen": DayTally(), "figures": NOBODY, "reason": "mistyped"}),
    "surveys.take_back_day": (set(), lambda _: {"of": A_ROUND, "seen": DayTally()}),
    "surveys.load_days": (set(), lambda _: {"of": A_ROUND, "text": "", "file_name": "x.csv"}),
    "surveys.close_round": ({S}, lambda _: {"of": A_ROUND}),
    "institutions.record_mandate": ({S}, lambda _: {
        "body": "x", "duty": "x", "since": DAY, "source": "x"}),
    "institutions.change_mandate": ({S}, lambda _: {
        "mandate": Mandate(since=DAY), "duty": "x", "since": DAY, "source": "x", "reason": "x"}),
    "institutions.record_project": ({S}, lambda _: {
        "title": "x", "run_by": "x", "status": "announced", "since": DAY, "said_by": "x",
        "source": "x", "reason": "x"}),
    "institutions.correct_project": ({S}, lambda _: {
        "project": Project(pk=0), "title": "x", "source": "x", "reason": "x"}),
    "institutions.record_status": ({S}, lambda _: {
        "project": Project(pk=0), "status": "funded", "since": DAY, "said_by": "x",
        "source": "x", "reason": "x"}),
    "institutions.log_request": ({J}, lambda _: {
        "reference": "1", "kind": "police", "country": "THA", "asked_by": "x", "sent_on": DAY}),
    "institutions.record_answer": ({J}, lambda _: {
        "request": CooperationRequest(pk=0), "outcome": "refused", "on": DAY}),
    "institutions.record_taught": ({S}, lambda _: {
        "activity": "school", "place_code": "12", "year": 2025, "half": 1, "held_by": "x",
        "source": "x"}),
    "institutions.correct_taught": ({S}, lambda _: {
        "one": Taught(), "reason": "x", "source": "x"}),
    "declaring.define_list": ({S}, lambda _: {"source": "x", "text": "x", "said_in": "x"}),
    "oversight.record_body_change": ({S}, lambda _: {
        "body": "x", "became": "founded", "since": DAY, "source": "x"}),
    "oversight.expect_report": ({S}, lambda _: {
        "body": "x", "report": "x", "period": "x", "owed_to": "x", "due_on": DAY, "source": "x"}),
    "oversight.record_report_came": ({S}, lambda _: {"due": ReportDue(pk=0), "on": DAY}),
    "oversight.record_target": ({S}, lambda _: {
        "plan": "x", "body": "x", "what": "x", "unit": "x", "aim": 1, "by_day": DAY,
        "source": "x"}),
    "oversight.record_reached": ({S}, lambda _: {
        "target": Target(pk=0), "count": 1, "as_of": DAY, "said_by": "x", "source": "x"}),
    "oversight.record_policy": ({S}, lambda _: {
        "title": "x", "adopted_by": "x", "adopted_on": DAY, "source": "x"}),
    "oversight.record_influence": ({S}, lambda _: {
        "policy": Policy(pk=0), "who": "x", "hand": "paid", "source": "x"}),
    "courts.load_table": ({S}, lambda _: {"text": "", "file_name": "x.csv", "mapping": "plain"}),
    "courts.take_register": ({S}, lambda _: {"last_year": 1990}),
    "visits.record_visit": ({F, P}, lambda _: VISIT),
    "visits.show_address": ({F, P}, lambda h: {"visit": h[Visit]}),
    "dossiers.ask": ({S}, lambda h: {
        "named": [], "purpose": "x", "approved_by": "x", "approval": "1", "approved_on": DAY,
        "supervisor": h["colleague"], "until": NOW}),
    "dossiers.let": (set(), lambda h: {
        "access": no_access(h), "because": "x", "device": "x"}),
    "dossiers.open_under": (set(), lambda _: {"signature": SecondSignature(subject="RD-X")}),
    "dossiers.read": (set(), lambda h: {"access": no_access(h), "dossier": "PR-X"}),
    "dossiers.take": (set(), lambda h: {"access": no_access(h)}),
    "dossiers.end": (set(), lambda h: {"access": no_access(h)}),
    "publication.build_table": ({S}, lambda _: {"year": 2025, "on": DAY}),
    "publication.release": ({S}, lambda _: {"draft": object.__new__(Draft), "on": DAY}),
    "forms.add_version": (
        {A, Role.ADMINISTRATOR}, lambda _: {"content": b"", "file_name": "x.md"}),
    "forms.add_file": (
        {A, Role.ADMINISTRATOR},
        lambda _: {"version": FormVersion(), "content": b"", "file_name": "a.png"}),
    "forms.hand_out_to": (
        {A, Role.ADMINISTRATOR}, lambda _: {"form": Form(), "agencies": [Agency()]}
    ),
    "forms.hand_out_to_all": ({A, Role.ADMINISTRATOR}, lambda _: {"form": Form()}),
    "forms.put_into_use": ({A, Role.ADMINISTRATOR}, lambda _: {"version": FormVersion()}),
    "forms.load_instruments": ({A, Role.ADMINISTRATOR}, lambda _: {}),
    "forms.record_adoption": (
        {A}, lambda _: {"version": FormVersion(), "adopted_on": NOW.date(), "reference": "1"}),
    "forms.take_back_adoption": ({A}, lambda _: {"version": FormVersion(), "because": "1"}),
    "forms.record_training": (
        {A, Role.ADMINISTRATOR},
        lambda _: {"officer": Officer(), "version": FormVersion(), "held_on": NOW.date()}),
    "forms.withdraw": ({A, Role.ADMINISTRATOR}, lambda _: {"version": FormVersion()}),
    "forms.keep_sealed": (
        {F, A, R, P},
        lambda _: {"body": b"", "envelope": "0" * 32, "version": 1, "device": 1}),
    "forms.open_again": ({F, A, R, P}, lambda _: {"envelope": SealedEnvelope(pk=0)}),
    "forms.keep_submission": ({F, A, R, P}, lambda _: {"xml": b"", "attachments": []}),
}  # fmt: skip


BESIDE_SERVICES = [
    f"population.linkage.{name}"
    for name in ("importing", "declaring", "records", "runs.asking", "runs.reviewing")
]
BESIDE_SERVICES += [
    "pathway.encounter.not_screened",
    "pathway.labour_migration.workers", "pathway.labour_migration.flags",
    "pathway.labour_migration.funds", "pathway.labour_migration.looking_into",
    "pathway.labour_migration.taking_back",
    "pathway.repatriation.tracking", "population.institutions.oversight",
]  # fmt: skip


def _acts():
    for room in [*(f"{room}.services" for room in ROOMS), *BESIDE_SERVICES]:
        module = importlib.import_module(f"mekhala.{room}")
        for name, act in inspect.getmembers(module, inspect.isfunction):
            own = act.__module__.startswith(module.__name__) and not name.startswith("_")
            if own and "by" in inspect.signature(act).parameters:
                yield f"{room.removesuffix('.services').split('.')[-1]}.{name}", act


def _do(act, by, told):
    more = {"at": AT} if "at" in inspect.signature(act).parameters else {}
    return act(**told, **more, by=by)


@pytest.fixture
def held(full, acting):
    """Return one of each row by its model, read by the officers to whom it is open."""
    rows = {}
    of = {
        J: [Proceeding, Accused, Charge, Hearing], F: [Case, Submission, Worker, Return, Visit],
        A: [DeterminationFile, Source, FactRequest, Decision, Letter],
        R: [
            Registration, SupportPlan, PlanTask, FollowUp, ServiceGiven, Stay, Note, FamilyTrace,
            Naming, ReturnHome,
        ],
    }  # fmt: skip
    for role, models in of.items():
        acting(full.inside[role])
        rows |= {model: model.objects.first() for model in models}
        if role == A:
            for model in (Source, FactRequest, Decision):
                rows[model] = model.objects.select_related("file").first()
        if role == F:
            rows[Screening] = Screening.objects.select_related("case").get()
            rows[Referral] = Referral.objects.select_related("service").first()
            rows[Stop] = Stop.objects.get()
            rows[Exchange] = Exchange.objects.select_related("of_return").first()
            for model in (Departure, AskAfter):
                rows[model] = model.objects.select_related("worker").first()
        if role == R:
            rows[FollowUp] = FollowUp.objects.select_related("plan").first()
            rows[PlanTask] = PlanTask.objects.select_related("plan").first()
            rows |= {model: model.objects.first() for model in (Owed, Payment, Measure, LegalAid)}
        if role == J:
            rows[Charge] = Charge.objects.select_related("accused").first()
            rows[Item] = Item.objects.first()
            rows[GateCheck] = GateCheck.objects.select_related("accused").first()
            rows[Sheet] = Sheet.objects.select_related("accused").first()
            rows[Corrected] = Corrected.objects.select_related("told__accused").first()
    acting(full.inside[P])
    rows[Incident] = Incident.objects.first()
    rows["colleague"] = officer(J, at=full.inside[J].agency)
    return rows


def test_every_act_is_in_a_table():
    assert {name for name, _act in _acts()} == OF_A_FILE.keys() | OF_A_ROLE.keys()


@pytest.mark.parametrize("role", Role)
def test_without_a_grant_no_role_acts_on_a_file(held, acting, role):
    by = officer(role)
    acting(by)
    for name, act in _acts():
        if name in OF_A_FILE:
            with pytest.raises(ActRefused):
                _do(act, by, OF_A_FILE[name][1](held))


@pytest.mark.parametrize("role", Role)
def test_the_wrong_role_acts_on_nothing_whatever_grants_it_holds(held, acting, role):
    by = officer(role)
    for purpose in Purpose:
        open_to(by, held[Case].number, purpose)
        open_to(by, held[Proceeding].number, purpose)
        open_to(by, held[Worker].number, purpose)
    acting(by)
    for name, act in _acts():
        roles, told = (OF_A_FILE | OF_A_ROLE)[name]
        if role not in roles:
            with pytest.raises(ActRefused):
                _do(act, by, told(held))
