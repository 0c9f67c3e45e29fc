"""What an agent may do at the desk, bound to the ports once; see ``calls``."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends

from service.domain.channels import Channel
from service.domain.checks import CheckedFacts, SeenDocument
from service.domain.claims import ClaimAnswer
from service.domain.contact import Contact
from service.domain.identity import Identity
from service.usecases.commands import Access, RegisterApplicant
from service.usecases.desk import (
    agent_files,
    call_holders,
    check_dates,
    confirm_cancellations,
    day_list,
    desk_waits,
    enrolment,
    list_checks,
    ready_permits,
    renew_papers,
    reopen_pair,
    take_in,
)
from service.usecases.desk import compare_registrations as compare
from service.usecases.desk.list_lines import LineResult
from service.usecases.paper import notice_letters
from service.usecases.person import urgency_claims
from service.usecases.ports import Ports
from service.usecases.ports.desk import Wait
from service.usecases.records import AgentRecord
from service.usecases.records.doors import (
    CalledListRecord,
    ClaimCount,
    CollectionHours,
)
from service.usecases.records.papers import CalledLetter, ReadyLetter
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

    async def cancellations_to_confirm(
        self, agent: AgentRecord
    ) -> Sequence[confirm_cancellations.CancellationToConfirm]:
        """Return what was cancelled and awaits a second agent."""
        return await confirm_cancellations.cancellations_to_confirm(
            agent, ports=self.ports
        )

    async def decide_cancellations(
        self, agent: AgentRecord, acts: Sequence[UUID], *, confirm: bool
    ) -> int:
        """Confirm why slots were taken back, or refuse to."""
        return await confirm_cancellations.decide_cancellations(
            agent, acts, confirm=confirm, ports=self.ports
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

    async def recovery_left(self, agent: AgentRecord) -> int | None:
        """Count the agent's own recovery codes."""
        return await enrolment.recovery_left(agent, ports=self.ports)

    async def what_waits(self, agent: AgentRecord) -> tuple[Wait, ...]:
        """Count what waits, the most urgent first."""
        return await desk_waits.what_waits(agent, ports=self.ports)

    # --- pairs of registrations

    async def pairs(self, agent: AgentRecord) -> Sequence[compare.Pair]:
        """Return registrations that may be one person's."""
        return await compare.list_pairs(agent, ports=self.ports)

    async def say_different(
        self, agent: AgentRecord, references: tuple[str, str]
    ) -> None:
        """Note that a pair are two people."""
        await compare.say_different(agent, references, ports=self.ports)

    async def ask_both(self, agent: AgentRecord, references: tuple[str, str]) -> None:
        """Ask both contacts of a pair."""
        await compare.ask_both(agent, references, ports=self.ports)

    async def close_newer(
        self, agent: AgentRecord, references: tuple[str, str]
    ) -> None:
        """Close the newer registration of a pair."""
        await compare.close_newer(agent, references, ports=self.ports)

    async def closed_pairs(
        self, agent: AgentRecord
    ) -> Sequence[reopen_pair.ClosedPair]:
        """Return the pairs that were closed."""
        return await reopen_pair.closed_pairs(agent, ports=self.ports)

    async def reopen_pair(
        self,
        agent: AgentRecord,
        references: tuple[str, str],
        reason: reopen_pair.ReopenReason,
    ) -> str:
        """Let a registration that was closed by mistake take part again."""
        return await reopen_pair.reopen_pair(
            agent, references, reason, ports=self.ports
        )

    async def object_to(self, access: Access) -> None:
        """Let a person say that they are two."""
        await compare.object_to(access, ports=self.ports)

    # --- the day

    async def day(
        self, agent: AgentRecord, day: date, site: str | None
    ) -> tuple[day_list.Appointment, ...]:
        """Return the appointments of a day."""
        return tuple(await day_list.list_day(agent, day, site=site, ports=self.ports))

    async def note_visit(self, agent: AgentRecord, offer: UUID, outcome: str) -> None:
        """Note who came."""
        await day_list.note_visit(agent, offer, outcome, ports=self.ports)

    async def excuse(
        self, agent: AgentRecord, offer: UUID, excuse: day_list.Excuse
    ) -> None:
        """Excuse an absence."""
        await day_list.excuse_absence(agent, offer, excuse, ports=self.ports)

    # --- lists

    async def call_holders(
        self, agent: AgentRecord, text: str, *, dry_run: bool
    ) -> call_holders.CalledList:
        """Register the holders of a list, or try to."""
        return await call_holders.call_holders(
            agent, text, dry_run=dry_run, ports=self.ports
        )

    async def lists_called(self, agent: AgentRecord) -> Sequence[CalledListRecord]:
        """Return the lists so far."""
        return await call_holders.lists_called(agent, ports=self.ports)

    async def papers_ending(
        self, agent: AgentRecord, days: int
    ) -> Sequence[renew_papers.EndingPaper]:
        """Return provisional papers that end soon."""
        return await renew_papers.list_ending(agent, days, ports=self.ports)

    async def mark_renewed(
        self, agent: AgentRecord, references: Sequence[str], until: date
    ) -> renew_papers.Renewed:
        """Note renewed papers."""
        return await renew_papers.mark_renewed(
            agent, references, until, ports=self.ports
        )

    async def renew_list(
        self, agent: AgentRecord, text: str, *, dry_run: bool
    ) -> Sequence[LineResult]:
        """Note the renewed papers of a list, or try to."""
        return await renew_papers.renew_list(
            agent, text, dry_run=dry_run, ports=self.ports
        )

    async def ready(
        self, agent: AgentRecord
    ) -> tuple[Sequence[ready_permits.ReadyPermit], Sequence[CollectionHours]]:
        """Return permits that wait, and collection hours."""
        return await ready_permits.list_ready(agent, ports=self.ports)

    async def say_ready(
        self,
        agent: AgentRecord,
        identity: Identity,
        contact: Contact,
        site: str,
        collect_at: datetime | None,
    ) -> str:
        """Say that a permit is ready."""
        return await ready_permits.say_ready(
            agent,
            identity,
            contact,
            site=site,
            collect_at=collect_at,
            ports=self.ports,
        )

    async def say_ready_all(
        self, agent: AgentRecord, text: str, site: str
    ) -> Sequence[LineResult]:
        """Say it of a list."""
        return await ready_permits.say_ready_all(
            agent, text, site=site, ports=self.ports
        )

    async def ready_letter(
        self, agent: AgentRecord, ready: UUID
    ) -> tuple[ReadyLetter, str]:
        """Return the letter of a permit that is ready, and its language."""
        return await notice_letters.ready_letter(agent, ready, ports=self.ports)

    async def called_letter(
        self, agent: AgentRecord, reference: str
    ) -> tuple[CalledLetter, str]:
        """Return the letter of a called holder, and its language."""
        return await notice_letters.called_letter(agent, reference, ports=self.ports)

    async def list_untold(self, agent: AgentRecord) -> Sequence[notice_letters.Untold]:
        """Return called holders whom no message reaches."""
        return await notice_letters.list_untold(agent, ports=self.ports)

    async def mark_told(self, agent: AgentRecord, ready: UUID, how: str) -> None:
        """Note that somebody was told."""
        await ready_permits.mark_told(agent, ready, how, ports=self.ports)

    async def mark_collected(self, agent: AgentRecord, ready: UUID) -> None:
        """Note that a permit was handed over."""
        await ready_permits.mark_collected(agent, ready, ports=self.ports)

    async def set_hours(
        self, agent: AgentRecord, site: str, hours: Sequence[CollectionHours]
    ) -> None:
        """Store collection hours."""
        await ready_permits.set_hours(agent, site, hours, ports=self.ports)


def desk_of(calls: CallsDep) -> DeskCalls:
    """Return the desk's use cases, on the ports the composition root chose."""
    return DeskCalls(calls.ports)


DeskDep = Annotated[DeskCalls, Depends(desk_of)]
