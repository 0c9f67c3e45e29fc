"""Ready permits, papers renewed without a visit, holders called before expiry."""

from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import func, select

from service.adapters.postgres import tables as t
from service.domain.contact import Contact
from service.domain.errors import DayOutOfReachError, InvalidListError, UnknownSiteError
from service.domain.lists import MOST_LINES, column_of, iso_day, read_list
from service.domain.permits import DocumentFacts
from service.usecases.desk.call_holders import call_holders, lists_called
from service.usecases.desk.ready_permits import (
    list_ready,
    mark_collected,
    mark_told,
    say_ready,
    say_ready_all,
    set_hours,
)
from service.usecases.desk.renew_papers import list_ending, mark_renewed
from service.usecases.errors import UnknownResourceError
from service.usecases.message.send_messages import send_messages
from service.usecases.person.access import open_by_link
from service.usecases.person.view_registration import view_registration
from service.usecases.person.withdraw_registration import withdraw_registration
from service.usecases.records.doors import CollectionHours
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio

NOBODY = Contact(None, None, "fr")


async def registrations(world: World) -> int:
    async with world.engine.connect() as connection:
        found = await connection.execute(
            select(func.count()).select_from(t.registration)
        )
        return int(found.scalar_one())


# --- the list itself


@pytest.mark.parametrize("delimiter", ["\t", ";", ","])
def test_a_list_is_read_as_a_spreadsheet_pastes_it(delimiter: str) -> None:
    text = "\ufeffNuméro étranger;Nom;Né le\r\n\r\n9900000001;Diallo;04/05/1990\r\n"

    [line] = read_list(text.replace(";", delimiter), needed=("numero", "nom"))

    assert (line.number, line["numero"], line["nom"]) == (3, "9900000001", "Diallo")
    assert (iso_day(line["naissance"]), line["motif"]) == ("1990-05-04", "")
    assert "Diallo" not in repr(line)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", "lines"),
        ("nom;numero", "lines"),
        ("nom;prenom\nA;B", "heading"),
        ("nom;numero;numero\nA;1;2", "heading"),
        ("nom;numero;salaire\nA;1;2", "heading"),
        ("nom;numero\nA;1;2;3", "line.2"),
        (f"nom;numero\n{'A' * 300};1", "line.2"),
        ("nom;numero\n" + "A;1\n" * (MOST_LINES + 1), "lines"),
        ('nom;numero\n"' + "A" * 200_000, "lines"),
    ],
)
def test_a_list_that_cannot_be_read_says_where(text: str, where: str) -> None:
    with pytest.raises(InvalidListError) as refused:
        read_list(text, needed=("nom", "numero"))

    assert refused.value.field == where


def test_headings_are_known_with_and_without_accents() -> None:
    assert column_of("N° étranger") == "numero"
    assert column_of("PRÉNOMS") == "prenoms"
    assert column_of("Valable jusqu'au") == "fin"
    assert column_of("salaire") is None


# --- ready permits (A18)


async def test_a_ready_permit_is_told_at_the_recorded_contact_outside_the_draw(
    world: World,
) -> None:
    access = await world.register()
    hours = [
        CollectionHours(site="grenoble", weekday=day, opens=time(9), closes=time(11))
        for day in (1, 2)
    ]
    await set_hours(world.agent, "grenoble", hours, ports=world.ports)

    async def say() -> str:
        return await say_ready(
            world.agent,
            world.person().identity,
            NOBODY,
            site="grenoble",
            collect_at=None,
            ports=world.ports,
        )

    assert [await say(), await say()] == ["told", "known"]
    await send_messages(ports=world.ports)
    mails = [
        m for m in world.mailbox.to("p1@example.org") if "titre est prêt" in m.subject
    ]
    assert len(mails) == 1
    assert "lundi, de 9\u00a0h à 11\u00a0h" in mails[0].text
    view = await view_registration(access, ports=world.ports)
    assert view.doors.ready is not None
    assert view.takes_part_next  # another motif: its own registration goes on


async def test_whoever_cannot_be_written_to_is_called_and_then_forgotten(
    world: World,
) -> None:
    said = await say_ready(
        world.agent,
        world.person(7).identity,
        Contact.parse(email=None, phone="06 39 98 00 01", language="fr"),
        site="grenoble",
        collect_at=datetime.fromisoformat("2026-12-01T09:30"),
        ports=world.ports,
    )
    assert said == "to-call"
    [waiting], _ = await list_ready(world.agent, ports=world.ports)
    assert (waiting.phone, waiting.told_at) == ("+33639980001", None)

    await mark_told(world.agent, waiting.id, "phone", ports=world.ports)
    await mark_collected(world.agent, waiting.id, ports=world.ports)

    assert (await list_ready(world.agent, ports=world.ports))[0] == []
    with pytest.raises(UnknownResourceError):
        await mark_collected(world.agent, waiting.id, ports=world.ports)
    async with world.ports.open_uow() as uow:
        kept = await uow.doors.lists.ready_by_id(waiting.id)
    assert kept is not None
    assert (kept.sealed_identity, kept.sealed_contact) == (None, None)


async def test_a_stranger_who_repeated_a_registration_is_not_told_of_the_permit(
    world: World,
) -> None:
    await world.register(1)
    thief = Contact.parse(email="thief@example.org", phone=None, language="fr")
    await world.register(1, contact=thief)

    await say_ready(
        world.agent,
        world.person(1).identity,
        NOBODY,
        site="grenoble",
        collect_at=None,
        ports=world.ports,
    )
    await send_messages(ports=world.ports)

    assert world.mailbox.to("thief@example.org") == []


async def test_a_list_of_ready_permits_refuses_line_by_line(world: World) -> None:
    await world.register(1)
    text = (
        "numero;nom;prenom;naissance\n"
        "9900000001;Diallo;Awa;04/05/1990\n"
        "12;Sow;Omar;1991\n"
        "9900000003;Sow;Omar;31/02/1991\n"
        "9900000004;Sow;Omar;1991\n"
    )

    results = await say_ready_all(world.agent, text, site="grenoble", ports=world.ports)

    assert [(r.number, r.result, r.column) for r in results] == [
        (2, "told", ""),
        (3, "refused", "numero"),
        (4, "refused", "naissance"),
        (5, "to-call", ""),
    ]


async def test_a_place_or_hours_that_cannot_be_are_refused(world: World) -> None:
    identity = world.person().identity
    with pytest.raises(UnknownSiteError):
        await say_ready(
            world.agent,
            identity,
            NOBODY,
            site="paris",
            collect_at=None,
            ports=world.ports,
        )
    with pytest.raises(DayOutOfReachError):
        await say_ready(
            world.agent,
            identity,
            NOBODY,
            site="grenoble",
            collect_at=datetime.fromisoformat("2026-11-23T11:59"),
            ports=world.ports,
        )
    wrong = CollectionHours(site="grenoble", weekday=1, opens=time(11), closes=time(9))
    with pytest.raises(InvalidListError):
        await set_hours(world.agent, "grenoble", [wrong], ports=world.ports)


# --- papers renewed without a visit (A19)


def paper(days: int, kind: str = "recepisse_renewal") -> DocumentFacts:
    return DocumentFacts(
        held_document=kind, permit_expires_on=TONIGHT + timedelta(days=days)
    )


async def test_papers_that_end_within_n_days_are_listed_first_to_end_first(
    world: World,
) -> None:
    later = await world.register(1, motif="recepisse", facts=paper(20))
    sooner = await world.register(2, motif="recepisse", facts=paper(5))
    await world.register(3, motif="recepisse", facts=paper(60))
    await world.register(4)  # a card is not renewed in a batch

    listed = await list_ending(world.agent, 30, ports=world.ports)

    assert [one.reference for one in listed] == [sooner.reference, later.reference]
    assert (listed[0].number, listed[0].ends_registration) == ("9900000002", True)


async def test_a_renewed_recepisse_is_told_and_leaves_the_draw(world: World) -> None:
    access = await world.register(1, motif="recepisse", facts=paper(5))
    until = TONIGHT + timedelta(days=90)

    counts = [
        await mark_renewed(
            world.agent,
            [access.reference, access.reference, "nothing"],
            until,
            ports=world.ports,
        )
        for _ in range(2)
    ]

    assert [one.count for one in counts] == [1, 0]
    assert {one.refused for one in counts} == {("nothing",)}
    view = await view_registration(access, ports=world.ports)
    assert (view.state, view.takes_part_next) == ("served", False)
    assert (view.doors.renewed_until, view.doors.renewal_ended_it) == (until, True)
    async with world.ports.open_uow() as uow:
        assert await uow.registrations.standing("isere", TONIGHT) == []
    await send_messages(ports=world.ports)
    assert "votre inscription est terminée" in world.mailbox.to("p1@example.org")[
        -1
    ].text.replace("\u2019", "'")
    await world.register(1, motif="recepisse", facts=paper(90))  # free to come back


async def test_another_registration_goes_on_with_the_new_date(world: World) -> None:
    access = await world.register(1, facts=paper(5))
    until = TONIGHT + timedelta(days=90)

    await mark_renewed(world.agent, [access.reference], until, ports=world.ports)

    view = await view_registration(access, ports=world.ports)
    assert (view.state, view.permit_expires_on, view.band) == ("live", until, 3)
    assert (view.doors.dates.standing, view.doors.dates.seen) == (
        "verified",
        "prefecture-file",
    )
    await send_messages(ports=world.ports)
    assert len(world.mailbox.to("p1@example.org")) == 2  # registered, renewed


async def test_a_renewal_into_the_past_is_a_slip_of_the_finger(world: World) -> None:
    for days in (0, -3, 400):
        with pytest.raises(DayOutOfReachError):
            await mark_renewed(
                world.agent, [], TONIGHT + timedelta(days=days), ports=world.ports
            )


# --- holders called before expiry (A20)

HEADING = "numero;nom;prenoms;naissance;document;fin;motif;lieu;courriel\n"
STUDENT = (
    "9900000011;Benali;Karim;01/02/2001;student;31/01/2027;renouvellement-titre;"
    "grenoble+vienne;karim@example.org\n"
)
WORKER = "9900000012;Silva;Ana;1990;cst;15/01/2027;renouvellement-titre;grenoble;\n"


async def test_a_dry_run_says_what_would_come_and_stores_nothing(world: World) -> None:
    called = await call_holders(
        world.agent, HEADING + STUDENT + WORKER, dry_run=True, ports=world.ports
    )

    assert called.count("to-create") == 2
    assert await registrations(world) == 0


async def test_students_and_workers_are_registered_and_neutrally_told(
    world: World,
) -> None:
    called = await call_holders(
        world.agent, HEADING + STUDENT + WORKER, dry_run=False, ports=world.ports
    )

    assert called.count("created") == 2
    await send_messages(ports=world.ports)
    [mail] = world.mailbox.to("karim@example.org")
    assert mail.subject == "La préfecture vous a inscrit pour un rendez-vous"
    async with world.ports.open_uow() as uow:
        assert len(await uow.registrations.standing("isere", TONIGHT)) == 2
    [stored] = await lists_called(world.agent, ports=world.ports)
    assert (stored.created, stored.known, stored.refused) == (2, 0, 0)


async def test_the_same_list_again_and_the_registered_are_not_duplicated(
    world: World,
) -> None:
    await world.register(1)
    known = "9900000001;Diallo;Awa;1990;cst;31/01/2027;renouvellement-titre;grenoble;\n"
    text = HEADING + STUDENT + known
    await call_holders(world.agent, text, dry_run=False, ports=world.ports)

    again = await call_holders(world.agent, text, dry_run=False, ports=world.ports)

    assert (again.count("known"), again.count("created")) == (2, 0)
    assert await registrations(world) == 2
    await send_messages(ports=world.ports)
    assert len(world.mailbox.to("p1@example.org")) == 1  # nothing new for who was there


async def test_whoever_declined_in_one_tap_is_not_called_again(world: World) -> None:
    await call_holders(world.agent, HEADING + STUDENT, dry_run=False, ports=world.ports)
    await send_messages(ports=world.ports)
    [mail] = world.mailbox.to("karim@example.org")
    link = next(line for line in mail.text.splitlines() if "/a/" in line)
    access = await open_by_link(link.rpartition("/")[2], ports=world.ports)
    view = await view_registration(access, ports=world.ports)
    assert view.doors.channel == "called"
    await withdraw_registration(access, ports=world.ports)

    again = await call_holders(
        world.agent, HEADING + STUDENT, dry_run=False, ports=world.ports
    )

    assert again.count("declined") == 1
    assert await registrations(world) == 1


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("1;Silva;Ana;1990;cst;15/01/2027;renouvellement-titre;grenoble;", "numero"),
        ("9900000012;;;1990;cst;15/01/2027;renouvellement-titre;grenoble;", "nom"),
        (
            "9900000012;S;A;2090;cst;15/01/2027;renouvellement-titre;grenoble;",
            "naissance",
        ),
        (
            "9900000012;S;A;1990;carte;15/01/2027;renouvellement-titre;grenoble;",
            "document",
        ),
        ("9900000012;S;A;1990;cst;15/01/2099;renouvellement-titre;grenoble;", "fin"),
        ("9900000012;S;A;1990;cst;;renouvellement-titre;grenoble;", "fin"),
        ("9900000012;S;A;1990;cst;15/01/2027;tourisme;grenoble;", "motif"),
        ("9900000012;S;A;1990;cst;15/01/2027;renouvellement-titre;paris;", "lieu"),
        ("9900000012;S;A;1990;cst;15/01/2027;renouvellement-titre;;", "lieu"),
        (
            "9900000012;S;A;1990;cst;15/01/2027;renouvellement-titre;grenoble;x",
            "courriel",
        ),
    ],
)
async def test_a_line_that_cannot_be_read_names_its_column_and_stops_no_other(
    world: World, line: str, column: str
) -> None:
    called = await call_holders(
        world.agent, f"{HEADING}{line}\n{STUDENT}", dry_run=False, ports=world.ports
    )

    assert [(one.result, one.column) for one in called.lines] == [
        ("refused", column),
        ("created", ""),
    ]
