"""What an agent may do at the desk, bound to the ports once; see ``calls``."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends

from service.domain.channels import Channel
from service.domain.checks import CheckedFacts, SeenDocument
from service.domain.claims import ClaimAnswer
from service.domain.identity import Identity
from service.usecases import (
    agent_files,
    check_dates,
    list_checks,
    take_in,
    urgency_claims,
)
from service.usecases.commands import RegisterApplicant
from service.usecases.doors_records import ClaimCount
from service.usecases.ports import Ports
from service.usecases.records import AgentRecord
from service.web.dependencies import CallsDep


class DeskCalls:
    """Every use case of the other doors that agents, or persons, may call."""

    def __init__(self, ports: Ports) -> None:
        self.ports = ports

    async def open_file(
        self, agent: AgentRecord, reference: str
    ) -> agent_files.FileView:
        """Open one registration."""
        return await agent_files.open_file(agent, reference, ports=self.ports)

    async def find_person(
        self, agent: AgentRecord, identity: Identity
    ) -> Sequence[str]:
        """Return the references of somebody who shows a paper."""
        return await agent_files.find_person(agent, identity, ports=self.ports)

    async def check_dates(
        self,
        agent: AgentRecord,
        reference: str,
        seen: CheckedFacts,
        document: SeenDocument,
    ) -> check_dates.CheckResult:
        """Note what was read on paper."""
        return await check_dates.check_dates(
            agent, reference, seen, document, ports=self.ports
        )

    async def checks_to_certify(
        self, agent: AgentRecord
    ) -> Sequence[list_checks.CheckToCertify]:
        """Return what a second agent has to certify."""
        return await list_checks.checks_to_certify(agent, ports=self.ports)

    async def decide_check(
        self, agent: AgentRecord, check_id: UUID, *, certify: bool
    ) -> None:
        """Certify what another agent read, or set it aside."""
        await urgency_claims.decide_check_and_claim(
            agent, check_id, certify=certify, ports=self.ports
        )

    async def take_in(
        self,
        agent: AgentRecord,
        command: RegisterApplicant,
        *,
        channel: Channel,
        seen: SeenDocument | None,
        key: str,
    ) -> take_in.TakenIn:
        """Register somebody at the desk, by telephone or from paper."""
        return await take_in.take_in(
            agent,
            command,
            channel=channel,
            seen=seen,
            idempotency_key=key,
            ports=self.ports,
        )

    async def make_claim(self, command: urgency_claims.MakeClaim) -> None:
        """Store an urgency claim."""
        await urgency_claims.make_claim(command, ports=self.ports)

    async def claims_to_answer(
        self, agent: AgentRecord
    ) -> Sequence[urgency_claims.ClaimToAnswer]:
        """Return the claims without an answer."""
        return await urgency_claims.claims_to_answer(agent, ports=self.ports)

    async def claim_of(
        self, agent: AgentRecord, claim_id: UUID
    ) -> urgency_claims.ClaimToAnswer:
        """Return one of them."""
        return await urgency_claims.claim_of(agent, claim_id, ports=self.ports)

    async def answer_claim(
        self, agent: AgentRecord, command: urgency_claims.GiveAnswer
    ) -> ClaimAnswer:
        """Answer a claim."""
        return await urgency_claims.answer_claim(agent, command, ports=self.ports)

    async def count_claims(self, prefecture: str, since: date) -> Sequence[ClaimCount]:
        """Count claims for everybody."""
        return await urgency_claims.count_claims(prefecture, since, ports=self.ports)


def desk_of(calls: CallsDep) -> DeskCalls:
    """Return the desk's use cases, on the ports the composition root chose."""
    return DeskCalls(calls.ports)


DeskDep = Annotated[DeskCalls, Depends(desk_of)]
