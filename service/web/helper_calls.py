"""What helpers, and agents who answer for them, may call over HTTP."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends

from service.domain.help_places import HelpPlace
from service.domain.mandate import Ceilings
from service.usecases.commands import Access, AmendRegistration
from service.usecases.helper import (
    change_ceilings,
    helper_accounts,
    helper_acts,
    helper_batch,
    mandates,
    organisations,
    watch_organisations,
)
from service.usecases.helper.change_ceilings import OrganisationHistory
from service.usecases.helper.follow_people import FollowedPeople, follow_people
from service.usecases.helper.mandate_views import MandatesView
from service.usecases.helper.organisations import OrganisationView, PublicOrganisation
from service.usecases.ports import Ports
from service.usecases.ports.help_places import HelpPlaceRecord
from service.usecases.public import help_places
from service.usecases.records import AgentRecord
from service.usecases.records.mandates import HelperRecord
from service.usecases.views import RegistrationView
from service.web.dependencies import CallsDep


class HelperCalls:
    """The use cases around help, bound to the ports once."""

    def __init__(self, ports: Ports) -> None:
        self.ports = ports

    # --- the directory of places

    async def help_places(
        self, prefecture: str, near: str = ""
    ) -> Sequence[HelpPlaceRecord]:
        """List the places that help without appointment."""
        return await help_places.list_help_places(
            prefecture, near=near, ports=self.ports
        )

    async def help_place(self, agent: AgentRecord, place_id: UUID) -> HelpPlaceRecord:
        """Return a place that this agent may correct."""
        return await help_places.help_place_of(agent, place_id, ports=self.ports)

    async def keep_help_place(
        self, agent: AgentRecord, place: HelpPlace, place_id: UUID | None
    ) -> HelpPlaceRecord:
        """Add or correct a place."""
        return await help_places.keep_help_place(
            agent, place, place_id=place_id, ports=self.ports
        )

    async def remove_help_place(self, agent: AgentRecord, place_id: UUID) -> None:
        """Take a place out of the directory."""
        await help_places.remove_help_place(agent, place_id, ports=self.ports)

    # --- organisations, as agents and everybody see them

    async def public_organisations(
        self, prefecture: str
    ) -> Sequence[PublicOrganisation]:
        """List the vetted organisations."""
        return await organisations.list_public_organisations(
            prefecture, ports=self.ports
        )

    async def organisations(self, agent: AgentRecord) -> Sequence[OrganisationView]:
        """List every organisation of the agent's prefecture."""
        return await organisations.list_organisations(agent, ports=self.ports)

    async def organisation(
        self, agent: AgentRecord, organisation_id: UUID
    ) -> OrganisationView:
        """Return one organisation."""
        return await organisations.organisation_for(
            agent, organisation_id, ports=self.ports
        )

    async def propose_organisation(
        self,
        agent: AgentRecord,
        *,
        name: str,
        kind: str,
        contact: str,
        ceilings: Ceilings,
    ) -> UUID:
        """Enter an organisation; another agent accepts it."""
        return await organisations.propose_organisation(
            agent,
            name=name,
            kind=kind,
            contact=contact,
            ceilings=ceilings,
            ports=self.ports,
        )

    async def decide_organisation(
        self, agent: AgentRecord, organisation_id: UUID, *, accept: bool
    ) -> None:
        """Accept or refuse what another agent entered."""
        await organisations.decide_organisation(
            agent, organisation_id, accept=accept, ports=self.ports
        )

    async def suspend_organisation(
        self, agent: AgentRecord, organisation_id: UUID, reason: str
    ) -> None:
        """Stop an organisation at once."""
        await organisations.suspend_organisation(
            agent, organisation_id, reason=reason, ports=self.ports
        )

    async def resume_organisation(
        self, agent: AgentRecord, organisation_id: UUID
    ) -> None:
        """Let a suspended organisation act again."""
        await organisations.resume_organisation(
            agent, organisation_id, ports=self.ports
        )

    async def change_ceilings(
        self, agent: AgentRecord, which: UUID, ceilings: Ceilings, reason: str
    ) -> int:
        """Change how much an organisation may do; it is told."""
        return await change_ceilings.change_ceilings(
            agent, which, ceilings, reason=reason, ports=self.ports
        )

    async def organisation_history(
        self, agent: AgentRecord, which: UUID
    ) -> OrganisationHistory:
        """Return changed ceilings and messages."""
        return await change_ceilings.history_of(agent, which, ports=self.ports)

    async def invite_lead(
        self, agent: AgentRecord, organisation_id: UUID, name: str, login: str
    ) -> str:
        """Invite the person who answers for an organisation."""
        return await helper_accounts.invite_lead(
            agent, organisation_id, name=name, login=login, ports=self.ports
        )

    async def watch(self, agent: AgentRecord) -> watch_organisations.Watch:
        """Report what is unusual, organisation by organisation."""
        return await watch_organisations.watch_organisations(agent, ports=self.ports)

    async def end_at_the_guichet(self, agent: AgentRecord, reference: str) -> int:
        """End the mandates of a person who asks for it by voice."""
        return await mandates.end_mandates_at_the_guichet(
            agent, reference, ports=self.ports
        )

    # --- helpers

    async def invitation(self, token: str) -> helper_accounts.Invitation:
        """Show an invitation."""
        return await helper_accounts.view_invitation(token, ports=self.ports)

    async def enrol(self, token: str, password: str, code: str) -> tuple[str, ...]:
        """Open an account; returns its recovery codes."""
        return await helper_accounts.enrol(
            token, password=password, code=code, ports=self.ports
        )

    async def sign_in(self, login: str, password: str, code: str) -> str:
        """Open a helper's session; returns its token."""
        return await helper_accounts.sign_in_helper(
            login, password, code, ports=self.ports
        )

    async def helper_of(self, token: str) -> helper_accounts.SignedInHelper:
        """Return who is signed in."""
        return await helper_accounts.helper_of(token, ports=self.ports)

    async def sign_out(self, token: str) -> None:
        """End a helper's session."""
        await helper_accounts.sign_out_helper(token, ports=self.ports)

    async def colleagues(self, helper: HelperRecord) -> Sequence[HelperRecord]:
        """List the helpers of one's organisation."""
        return await helper_accounts.colleagues(helper, ports=self.ports)

    async def invite_helper(self, lead: HelperRecord, name: str, login: str) -> str:
        """Invite a colleague."""
        return await helper_accounts.invite_helper(
            lead, name=name, login=login, ports=self.ports
        )

    async def close_helper(self, lead: HelperRecord, helper_id: UUID) -> None:
        """Close a colleague's account."""
        await helper_accounts.close_helper(lead, helper_id, ports=self.ports)

    async def people(self, helper: HelperRecord) -> FollowedPeople:
        """List the people of one's organisation."""
        return await follow_people(helper, ports=self.ports)

    async def keep_batch(
        self, helper: HelperRecord, lines: Sequence[tuple[int, helper_batch.Cells]]
    ) -> UUID:
        """Keep the lines of a file, sealed, until they are confirmed."""
        return await helper_batch.keep_batch(helper, lines, ports=self.ports)

    async def open_batch(
        self, helper: HelperRecord, batch_id: UUID
    ) -> Sequence[tuple[int, helper_batch.Cells]]:
        """Return the lines of a file that waits."""
        return await helper_batch.open_batch(helper, batch_id, ports=self.ports)

    async def try_batch(
        self, helper: HelperRecord, lines: Sequence[helper_batch.BatchLine]
    ) -> helper_batch.DryRun:
        """Say what a confirmation would do."""
        return await helper_batch.try_batch(helper, lines, ports=self.ports)

    async def confirm_batch(
        self,
        helper: HelperRecord,
        batch_id: UUID,
        lines: Sequence[helper_batch.BatchLine],
        *,
        scopes: Sequence[str],
        ends_on: date,
    ) -> Sequence[helper_batch.LineOutcome]:
        """Register the lines of a file, each by itself."""
        return await helper_batch.confirm_batch(
            helper,
            batch_id,
            lines,
            scopes=scopes,
            ends_on=ends_on,
            ports=self.ports,
        )

    # --- what a helper does in a person's name

    async def view(self, helper: HelperRecord, reference: str) -> RegistrationView:
        """Show a registration under a mandate."""
        return await helper_acts.view_as_helper(helper, reference, ports=self.ports)

    async def correct(
        self, helper: HelperRecord, command: AmendRegistration
    ) -> RegistrationView:
        """Correct a registration under a mandate."""
        return await helper_acts.correct_as_helper(helper, command, ports=self.ports)

    async def confirm(self, helper: HelperRecord, reference: str) -> RegistrationView:
        """Confirm an offer under a mandate."""
        return await helper_acts.confirm_as_helper(helper, reference, ports=self.ports)

    async def decline(self, helper: HelperRecord, reference: str) -> RegistrationView:
        """Decline an offer under a mandate."""
        return await helper_acts.decline_as_helper(helper, reference, ports=self.ports)

    async def cancel(self, helper: HelperRecord, reference: str) -> RegistrationView:
        """Give a confirmed place back under a mandate."""
        return await helper_acts.cancel_as_helper(helper, reference, ports=self.ports)

    async def give_up(self, helper: HelperRecord, reference: str) -> None:
        """End a mandate on the organisation's side."""
        await mandates.give_up_mandate(helper, reference, ports=self.ports)

    # --- the person's side

    async def mandates(self, access: Access) -> MandatesView:
        """Show who acts for a person."""
        return await mandates.my_mandates(access, ports=self.ports)

    async def revoke(self, access: Access, mandate_id: UUID) -> None:
        """Take a mandate back."""
        await mandates.revoke_mandate(access, mandate_id, ports=self.ports)

    async def accept(self, access: Access, mandate_id: UUID) -> None:
        """Say yes to an organisation that says it acts for the person."""
        await mandates.accept_mandate(access, mandate_id, ports=self.ports)


def helper_calls_of(calls: CallsDep) -> HelperCalls:
    """Return the use cases around help, on the ports of this deployment."""
    return HelperCalls(calls.ports)


HelperCallsDep = Annotated[HelperCalls, Depends(helper_calls_of)]
