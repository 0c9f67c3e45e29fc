"""Settings → what this installation runs."""

import sys
from dataclasses import dataclass, field

from service.settings import Profile, Settings
from service.supervisor.child import Child, Plan

HEALTH_PATH = "/v1/health/ready"
_WEB_PATIENCE_S = 25.0
_GRACEFUL_S = 20
_BOUNDS = (
    *("--http", "h11", "--h11-max-incomplete-event-size", "32768"),
    *("--limit-concurrency", "600"),
)
"""h11 refuses headers beyond 32 KiB; httptools keeps whatever a stranger sends.
Beyond 600 connections a process answers 503 rather than run out of descriptors."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What stands before any child starts: addresses and listening sockets."""

    settings: Settings
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    web_descriptor: int
    mail_descriptor: int | None
    lab_descriptor: int | None
    mail_port: int
    owner_database_url: str | None = field(default=None, repr=False)

    def environment(self) -> dict[str, str]:
        """What the children must know beyond the supervisor's own environment."""
        settings = self.settings
        return {
            "TDR_PROFILE": settings.profile.value,
            "TDR_HOME": str(settings.home),
            "TDR_HOST": settings.host,
            "TDR_PORT": str(settings.port),
            "TDR_DATABASE_URL": self.database_url,
            "TDR_OWNER_DATABASE_URL": "",  # for the step that migrates, for no child
            "TDR_REDIS_URL": self.redis_url,
            "TDR_SMTP_HOST": self._mail_host(),
            "TDR_SMTP_PORT": str(self.mail_port),
        }

    def _mail_host(self) -> str:
        return self.settings.smtp_host if self.mail_descriptor is None else "127.0.0.1"


def plan_of(ground: Ground) -> Plan:
    """Migrate and load, then mailbox, worker and web processes, in this order."""
    environment = ground.environment()
    mailbox = (
        []
        if ground.mail_descriptor is None
        else [
            Child(
                name="mailbox",
                command=_python("service.mailbox", "--fd", str(ground.mail_descriptor)),
                environment=environment,
                descriptors=(ground.mail_descriptor,),
                patience_s=5.0,
            )
        ]
    )
    worker = Child(
        name="worker", command=_python("service.worker"), environment=environment
    )
    return Plan(
        steps=_steps(ground, environment),
        children=(*mailbox, worker, *_web(ground, environment), *_lab(ground)),
        health_path=HEALTH_PATH,
    )


def _steps(ground: Ground, environment: dict[str, str]) -> tuple[Child, ...]:
    owner = {"TDR_OWNER_DATABASE_URL": ground.owner_database_url or ""}
    prepare = Child(
        name="prepare",
        command=_python("service.supervisor.prepare"),
        environment=environment | owner,
    )
    return (prepare,)


def _web(ground: Ground, environment: dict[str, str]) -> tuple[Child, ...]:
    """One process per worker, all accepting on the supervisor's one socket.

    The socket outlives a web process: while one restarts, callers wait instead of
    being refused.
    """
    command = _python(
        *("uvicorn", "service.web.app:create_app", "--factory"),
        *("--fd", str(ground.web_descriptor)),
        *("--timeout-graceful-shutdown", str(_GRACEFUL_S)),
        *("--no-access-log", "--no-server-header", "--log-level", "warning"),
        *_BOUNDS,
    )
    count = ground.settings.web_workers
    return tuple(
        Child(
            name="web" if count == 1 else f"web {number}",
            command=command,
            environment=environment,
            descriptors=(ground.web_descriptor,),
            patience_s=_WEB_PATIENCE_S,
        )
        for number in range(1, count + 1)
    )


def _lab(ground: Ground) -> tuple[Child, ...]:
    """The laboratory, which knows nothing of the service and of its addresses."""
    if ground.lab_descriptor is None:
        return ()
    command = _python(
        *("uvicorn", "simulation.lab.app:create_app", "--factory"),
        *("--fd", str(ground.lab_descriptor)),
        *("--no-access-log", "--no-server-header", "--log-level", "warning"),
    )
    return (
        Child(
            name="lab",
            command=command,
            environment={},
            descriptors=(ground.lab_descriptor,),
            patience_s=5.0,
        ),
    )


def _python(module: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", module, *arguments)


def brings_a_lab(settings: Settings) -> bool:
    """The laboratory is a room of the demonstration; a port of 0 closes it."""
    return settings.profile is Profile.DEMONSTRATION and settings.lab_port > 0


def brings_a_mailbox(settings: Settings) -> bool:
    """Only the demonstration keeps its messages at home."""
    return settings.profile is Profile.DEMONSTRATION
