"""The use cases as the routes see them: one door, bound to the ports once.

Routes depend on this class alone, so that a test may hand them another set of
answers without touching a module.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from service.domain.birth_date import BirthDate
from service.domain.cancellations import CancelReason
from service.domain.night import paris_date
from service.domain.permits import DocumentFacts
from service.usecases.commands import (
    Access,
    AmendRegistration,
    PublishSlots,
    RegisterApplicant,
)
from service.usecases.desk import agents, enrolment, suspend_motif
from service.usecases.desk.correct_date import (
    Correction,
    appointment_to_correct,
    correct_date,
)
from service.usecases.errors import UnknownResourceError
from service.usecases.night import auditors, open_slots, view_nights
from service.usecases.night.cancel_slot import Cancelled, cancel_slot, slot_of
from service.usecases.night.end_subscription import end_subscription
from service.usecases.night.open_slots import OfferToCall
from service.usecases.night.published_keys import KeyView, list_keys
from service.usecases.night.published_rules import RuleVersion, list_rules
from service.usecases.paper.check_paper import check_paper, present_convocation
from service.usecases.paper.issue_paper import issue_acknowledgement, issue_convocation
from service.usecases.person import access_code, answer_offer
from service.usecases.person.access import open_by_link
from service.usecases.person.access_code import Asked
from service.usecases.person.amend_registration import amend_registration
from service.usecases.person.change_contact import keep_contact
from service.usecases.person.explain_result import explain_result
from service.usecases.person.my_line import my_line
from service.usecases.person.own_data import own_data
from service.usecases.person.paper_code import issue_paper_code
from service.usecases.person.register_applicant import register_applicant
from service.usecases.person.sign_acknowledgement import sign_acknowledgement
from service.usecases.person.view_registration import view_registration
from service.usecases.person.withdraw_registration import withdraw_registration
from service.usecases.ports import Ports
from service.usecases.public.describe_prefecture import (
    PrefectureView,
    describe_prefecture,
)
from service.usecases.public.publish_figures import (
    FiguresView,
    figures_days,
    view_figures,
)
from service.usecases.records import (
    AgentRecord,
    OfferRecord,
    PackedTranscript,
    SlotRecord,
)
from service.usecases.records.papers import (
    AcknowledgementPaper,
    CheckedPaper,
    ConvocationPaper,
    ExplanationPaper,
    PresentedConvocation,
)
from service.usecases.records.public import SuspensionRecord
from service.usecases.views import (
    Acknowledgement,
    NightView,
    RegistrationView,
)


class Calls:
    """Every use case that a person, an agent or anybody may call over HTTP."""

    def __init__(self, ports: Ports) -> None:
        self.ports = ports

    @property
    def today(self) -> date:
        """Return the day it is in Paris."""
        return paris_date(self.ports.clock.now())

    # --- applicants

    async def register(self, command: RegisterApplicant, key: str) -> Acknowledgement:
        """Enter one person; answers alike whether or not they were known."""
        return await register_applicant(command, idempotency_key=key, ports=self.ports)

    async def view(self, access: Access) -> RegistrationView:
        """Show a registration to whoever holds its secret."""
        return await view_registration(access, ports=self.ports)

    async def open_by_link(self, secret: str) -> Access:
        """Return what the link of a message opens."""
        return await open_by_link(secret, ports=self.ports)

    async def ask_for_code(self, asked: Asked) -> str:
        """Send a code to the recorded contact of whoever is found, or to nobody."""
        return await access_code.ask_for_code(asked, ports=self.ports)

    async def open_with_code(self, request: str, typed: str) -> Access:
        """Open a registration in the browser that asked for the code."""
        return await access_code.open_with_code(request, typed, ports=self.ports)

    async def keep_contact(self, secret: str) -> None:
        """Stop a change of contact and close every open access."""
        await keep_contact(secret, ports=self.ports)

    async def amend(self, command: AmendRegistration) -> RegistrationView:
        """Correct a registration."""
        return await amend_registration(command, ports=self.ports)

    async def withdraw(self, access: Access) -> None:
        """End a registration at its person's wish."""
        await withdraw_registration(access, ports=self.ports)

    async def confirm(self, access: Access) -> RegistrationView:
        """Accept the offered place."""
        return await answer_offer.confirm_offer(access, ports=self.ports)

    async def decline(self, access: Access) -> RegistrationView:
        """Give the offered place back."""
        return await answer_offer.decline_offer(access, ports=self.ports)

    async def cancel(self, access: Access) -> RegistrationView:
        """Give a confirmed place back."""
        return await answer_offer.cancel_appointment(access, ports=self.ports)

    async def line(self, access: Access, held_on: date) -> bytes:
        """Return a registration's own line of a published night."""
        return await my_line(access, held_on, ports=self.ports)

    async def acknowledgement(self, access: Access) -> bytes:
        """Return the signed acknowledgement of a registration."""
        return await sign_acknowledgement(access, ports=self.ports)

    async def own_data(self, access: Access) -> bytes:
        """Return what is kept of a person, for them to keep."""
        return await own_data(access, ports=self.ports)

    # --- papers

    async def acknowledgement_paper(self, access: Access) -> AcknowledgementPaper:
        """Return the accusé d'inscription as it stands today."""
        return await issue_acknowledgement(access, ports=self.ports)

    async def convocation(self, access: Access) -> ConvocationPaper:
        """Return the convocation to a confirmed appointment."""
        return await issue_convocation(access, ports=self.ports)

    async def explanation(self, access: Access, held_on: date) -> ExplanationPaper:
        """Return what explains one night's result."""
        return await explain_result(access, held_on, ports=self.ports)

    async def check_paper(
        self, shown: str, names: str, birth_date: BirthDate | None
    ) -> CheckedPaper:
        """Say whether a paper is ours."""
        return await check_paper(
            shown, names=names, birth_date=birth_date, ports=self.ports
        )

    async def present_convocation(
        self, agent: AgentRecord, shown: str
    ) -> PresentedConvocation | None:
        """Tell an agent for whom a convocation is."""
        return await present_convocation(agent, shown, ports=self.ports)

    # --- agents

    async def sign_in(self, login: str, password: str, code: str) -> agents.SignedIn:
        """Open an agent's session."""
        return await agents.sign_in(login, password, code, ports=self.ports)

    async def enter(self, typed: agents.Typed) -> agents.SignedIn | enrolment.Enrolling:
        """Open an agent's session, or let them enrol a second factor."""
        return await agents.enter(typed, ports=self.ports)

    async def view_enrolment(self, token: str) -> enrolment.Enrolment:
        """Return what an agent who enrols needs to see."""
        return await enrolment.view_enrolment(token, ports=self.ports)

    async def enrol(self, token: str, code: str) -> enrolment.EnrolledAgent:
        """Enrol an agent's second factor, and open a session."""
        return await enrolment.enrol_agent(token, code, ports=self.ports)

    async def agent_of(self, token: str) -> AgentRecord:
        """Return the agent of a session."""
        return await agents.agent_of(token, ports=self.ports)

    async def sign_out(self, token: str) -> None:
        """End an agent's session."""
        await agents.sign_out(token, ports=self.ports)

    async def open_slots(
        self,
        agent: AgentRecord,
        command: PublishSlots,
        *,
        expected: int | None = None,
        key: str | None = None,
    ) -> Sequence[SlotRecord]:
        """Publish the slots of one day, once."""
        return await open_slots.open_slots(
            agent, command, expected=expected, idempotency_key=key, ports=self.ports
        )

    async def list_slots(
        self, agent: AgentRecord, first: date, last: date
    ) -> Sequence[SlotRecord]:
        """List the slots of these days."""
        return await open_slots.list_slots(agent, first, last, ports=self.ports)

    async def withdraw_places(self, agent: AgentRecord, code: str, places: int) -> int:
        """Withdraw unused places; returns how many were."""
        return await open_slots.withdraw_places(agent, code, places, ports=self.ports)

    async def offers_to_call(self, agent: AgentRecord) -> Sequence[OfferToCall]:
        """List offers that no message could reach."""
        return await open_slots.offers_to_call(agent, ports=self.ports)

    async def issue_paper_code(self, agent: AgentRecord, reference: str) -> str:
        """Issue a code on paper for a person who showed a document."""
        return await issue_paper_code(agent, reference, ports=self.ports)

    async def slot(self, agent: AgentRecord, code: str) -> SlotRecord:
        """Show one slot of the agent's prefecture."""
        return await slot_of(agent, code, ports=self.ports)

    async def cancel_slot(
        self, agent: AgentRecord, code: str, reason: CancelReason
    ) -> Cancelled:
        """Cancel a slot: who was expected there is told at once."""
        return await cancel_slot(agent, code, reason=reason, ports=self.ports)

    async def auditors(self, agent: AgentRecord) -> Sequence[auditors.AuditorView]:
        """List who is written to at each commitment."""
        return await auditors.list_auditors(agent, ports=self.ports)

    async def subscribe_auditor(
        self, agent: AgentRecord, name: str, email: str
    ) -> UUID:
        """Have every further commitment written to someone outside."""
        return await auditors.subscribe_auditor(
            agent, name=name, email=email, ports=self.ports
        )

    async def end_subscription(self, agent: AgentRecord, auditor: UUID) -> str:
        """End an auditor's subscription."""
        return await end_subscription(agent, auditor, ports=self.ports)

    async def appointment_to_correct(
        self, agent: AgentRecord, reference: str
    ) -> OfferRecord:
        """Return the place whose night would be redrawn."""
        return await appointment_to_correct(agent, reference, ports=self.ports)

    async def correct_date(
        self, agent: AgentRecord, reference: str, facts: DocumentFacts
    ) -> Correction:
        """Redraw a night with the true dates of the papers shown."""
        return await correct_date(agent, reference, facts, ports=self.ports)

    async def suspend(
        self, agent: AgentRecord, motif: str, *, reason: str, meanwhile: str
    ) -> None:
        """Say that nobody is received for a motif."""
        await suspend_motif.suspend_motif(
            agent, motif, reason=reason, meanwhile=meanwhile, ports=self.ports
        )

    async def reopen(self, agent: AgentRecord, motif: str) -> None:
        """Say that people are received for a motif again."""
        await suspend_motif.reopen_motif(agent, motif, ports=self.ports)

    # --- everybody

    async def night(self, prefecture: str, held_on: date) -> NightView:
        """Show one night."""
        return await view_nights.view_night(prefecture, held_on, ports=self.ports)

    async def nights(self, prefecture: str) -> Sequence[NightView]:
        """List the last nights."""
        return await view_nights.list_nights(prefecture, ports=self.ports)

    async def transcript(self, prefecture: str, held_on: date) -> PackedTranscript:
        """Return a published transcript, byte for byte."""
        return await view_nights.transcript_of(prefecture, held_on, ports=self.ports)

    async def annulment(self, prefecture: str, held_on: date) -> bytes:
        """Return the signed document of an annulled night."""
        return await view_nights.annulment_of(prefecture, held_on, ports=self.ports)

    async def keys(self) -> Sequence[KeyView]:
        """List the keys that sign commitments."""
        return await list_keys(ports=self.ports)

    async def rules(self, prefecture: str) -> Sequence[RuleVersion]:
        """List every version of the published rule."""
        return await list_rules(prefecture, ports=self.ports)

    async def suspensions(self, prefecture: str) -> Sequence[SuspensionRecord]:
        """List the suspensions of motifs, standing ones first."""
        return await suspend_motif.list_suspensions(prefecture, ports=self.ports)

    async def figures(
        self, prefecture: str, day: date | None = None
    ) -> FiguresView | None:
        """Return the figures of a morning, None while there are none."""
        return await view_figures(prefecture, day, ports=self.ports)

    async def figures_days(self, prefecture: str) -> Sequence[date]:
        """List the mornings that have figures."""
        return await figures_days(prefecture, ports=self.ports)

    async def home_prefecture(self) -> str:
        """Return the prefecture whose pages these are: the first of the directory.

        Raises:
            UnknownResourceError: No prefecture has been loaded yet.
        """
        async with self.ports.open_uow() as uow:
            codes = await uow.directory.prefectures()
        if not codes:
            raise UnknownResourceError
        return codes[0]

    async def prefecture(self, code: str) -> PrefectureView:
        """Describe a prefecture: sites, motifs, next night, ruleset."""
        return await describe_prefecture(code, ports=self.ports)
