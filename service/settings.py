"""Everything that a deployer may set, read once, handed on as narrow values.

Bands, hours, quotas and windows are not here: they belong to the published
ruleset.
"""

import fcntl
import os
import re
import secrets
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX: Final = "TDR_"
_KEY_BYTES: Final = 32


class SettingsError(Exception):
    """The environment cannot be used; the message says what to set, in one line."""


class Profile(StrEnum):
    """What the program is for; only the demonstration brings its own servers."""

    DEMONSTRATION = "demonstration"
    PRODUCTION = "production"


def _is_key(secret: SecretStr) -> SecretStr:
    try:
        length = len(bytes.fromhex(secret.get_secret_value()))
    except ValueError:
        length = 0
    if length != _KEY_BYTES:
        message = f"must be {_KEY_BYTES} bytes as {2 * _KEY_BYTES} hexadecimal digits"
        raise ValueError(message)
    return secret


Key = Annotated[SecretStr, AfterValidator(_is_key)]
"""32 secret bytes, written as 64 hexadecimal digits."""


def _refuse_odd_port(url: str | None) -> None:
    """Refuse an address whose port no driver could read; its words hold no password."""
    place = re.split(r"[/?#]", (url or "").partition("://")[2].rpartition("@")[2])[0]
    port = place.rpartition("]")[2].partition(":")[2]
    is_port = re.fullmatch(r"0*[1-9][0-9]{0,4}", port, re.ASCII) and int(port) <= 65535
    if port and not is_port:
        message = "must have a number from 1 to 65535 as its port"
        raise ValueError(message)


class BeaconKind(StrEnum):
    """Where the randomness of new nights comes from."""

    LOCAL = "local"
    DRAND = "drand"


PUBLIC_RELAYS: Final = (
    "https://api.drand.sh",
    "https://drand.cloudflare.com",
    "https://api2.drand.sh",
)
"""Two operators first: what one of them breaks, the other one still serves."""

_FEWEST_RELAYS: Final = 2


def _listed(value: object) -> object:
    """Read a list that was written on one line, with commas or spaces between."""
    return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value


Listed = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)]


class Settings(BaseSettings):
    """One frozen set of values; a wrong or missing one stops the start."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
        env_ignore_empty=True,
    )

    profile: Profile = Profile.DEMONSTRATION
    home: Path = Field(default_factory=lambda: Path.cwd() / ".tdr")
    database_url: str | None = Field(default=None, repr=False)
    owner_database_url: str | None = Field(default=None, repr=False)
    redis_url: str | None = Field(default=None, repr=False)

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    web_workers: int = Field(default=1, ge=1, le=64)
    public_url: str | None = None
    theme_dir: Path | None = None
    notices_file: Path | None = None
    guide_file: Path | None = None

    applicant_key: Key | None = None
    sealing_key: Key | None = None
    sealing_keys_before: Annotated[
        tuple[Key, ...], NoDecode, BeforeValidator(_listed)
    ] = ()
    signing_key: Key | None = None

    smtp_host: str = "127.0.0.1"
    smtp_port: int = Field(default=25, ge=1, le=65535)
    smtp_from: str = "Tour de rôle <ne-pas-repondre@localhost>"
    smtp_start_tls: bool = False
    smtp_login: str = ""
    smtp_password: SecretStr | None = None
    smtp_timeout: timedelta = timedelta(seconds=10)

    sms_url: str | None = None
    sms_token: SecretStr | None = None
    sms_from: str = Field(default="Prefecture", pattern=r"^[A-Za-z0-9+ ]{3,16}$")
    sms_timeout: timedelta = timedelta(seconds=10)

    lab_port: int = Field(default=8001, ge=0, le=65535)
    demonstration_people: int = Field(default=3_000, ge=0, le=50_000)

    beacon: BeaconKind | None = None
    beacon_relays: Listed = PUBLIC_RELAYS
    beacon_timeout: timedelta = timedelta(seconds=5)
    beacon_patience: timedelta = timedelta(hours=6)

    witness_dir: Path | None = None

    log_level: str = Field(default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$")

    @field_validator("database_url", "owner_database_url")
    @classmethod
    def _names_postgres(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(("postgresql://", "postgres://")):
            message = "must begin with postgresql://"
            raise ValueError(message)
        _refuse_odd_port(url)
        return url

    @field_validator("redis_url")
    @classmethod
    def _names_redis(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(("redis://", "rediss://", "unix://")):
            message = "must begin with redis://, rediss:// or unix://"
            raise ValueError(message)
        if url is not None and not url.startswith("unix://"):
            _refuse_odd_port(url)
        return url

    @field_validator("home")
    @classmethod
    def _is_absolute(cls, home: Path) -> Path:
        return home.expanduser().absolute()

    @model_validator(mode="after")
    def _production_brings_its_own(self) -> Self:
        if self.profile is Profile.PRODUCTION:
            missing = [
                PREFIX + name.upper() for name in _NEEDED if not _has(self, name)
            ]
            if missing:
                message = f"the production profile needs {', '.join(missing)}"
                raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _mail_signs_in_under_tls(self) -> Self:
        if bool(self.smtp_login) != (self.smtp_password is not None):
            message = "TDR_SMTP_LOGIN and TDR_SMTP_PASSWORD go together"
            raise ValueError(message)
        if self.smtp_login and not self.smtp_start_tls:
            message = (
                "TDR_SMTP_LOGIN needs TDR_SMTP_START_TLS=true: a password never leaves "
                "in clear"
            )
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _texts_have_a_carrier(self) -> Self:
        if self.sms_url is None:
            return self
        if self.sms_token is None:
            message = "TDR_SMS_URL needs TDR_SMS_TOKEN beside it"
            raise ValueError(message)
        schemes = ["https://"]
        if self.profile is not Profile.PRODUCTION:
            schemes.append("http://")
        if not self.sms_url.startswith(tuple(schemes)):
            message = "TDR_SMS_URL must begin with https://"
            raise ValueError(message)
        return self

    @field_validator("beacon_relays")
    @classmethod
    def _are_addresses(cls, relays: tuple[str, ...]) -> tuple[str, ...]:
        if not all(relay.startswith(("https://", "http://")) for relay in relays):
            message = "each relay must begin with https:// or http://"
            raise ValueError(message)
        return relays

    @model_validator(mode="after")
    def _production_chooses_no_luck(self) -> Self:
        if self.profile is not Profile.PRODUCTION:
            return self
        if self.beacon is BeaconKind.LOCAL:
            message = (
                "the production profile needs TDR_BEACON=drand: whoever holds a local "
                "chain knows every round of it"
            )
            raise ValueError(message)
        if len(set(self.beacon_relays)) < _FEWEST_RELAYS:
            message = "the production profile needs two relays in TDR_BEACON_RELAYS"
            raise ValueError(message)
        return self

    @property
    def beacon_in_use(self) -> BeaconKind:
        """The beacon of new nights: drand, or the demonstration's own chain."""
        if self.beacon is not None:
            return self.beacon
        is_production = self.profile is Profile.PRODUCTION
        return BeaconKind.DRAND if is_production else BeaconKind.LOCAL

    @property
    def address(self) -> str:
        """Where people find the service: the public address, or the local one."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


_SECRETS: Final = ("applicant_key", "sealing_key", "signing_key")
_NEEDED: Final = ("database_url", "redis_url", "public_url", *_SECRETS)


def _has(settings: Settings, name: str) -> bool:
    return getattr(settings, name) is not None


def key_bytes(key: SecretStr | None) -> bytes:
    """The 32 bytes of a key.

    Raises:
        SettingsError: The key is not set.
    """
    if key is None:
        message = (
            "a key is not set: TDR_APPLICANT_KEY, TDR_SEALING_KEY, TDR_SIGNING_KEY"
        )
        raise SettingsError(message)
    return bytes.fromhex(key.get_secret_value())


def load_settings() -> Settings:
    """Read the environment; in the demonstration, add the secrets kept at home.

    Raises:
        SettingsError: One line naming what is wrong, never the value.
    """
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    unknown = sorted(
        name for name in os.environ if name.startswith(PREFIX) and name not in known
    )
    if unknown:  # a misspelt name would be ignored in silence
        message = f"unknown variable {', '.join(unknown)}: see service/.env.example"
        raise SettingsError(message)
    try:
        settings = Settings()
    except ValidationError as error:
        raise SettingsError(_in_one_line(error)) from None
    if settings.profile is Profile.PRODUCTION:
        return settings
    return _with_kept_secrets(settings)


def _in_one_line(error: ValidationError) -> str:
    parts: list[str] = []
    for problem in error.errors(include_input=False, include_url=False):
        name = "".join(str(part) for part in problem["loc"]).upper()
        place = PREFIX + name.removeprefix(PREFIX) + ": " if name else ""
        parts.append(place + problem["msg"].removeprefix("Value error, "))
    return "; ".join(parts)


def _with_kept_secrets(settings: Settings) -> Settings:
    """The demonstration's own keys, made once and kept under ``home``.

    Two processes starting at once agree: they take turns.
    """
    missing = [name for name in _SECRETS if not _has(settings, name)]
    if not missing:
        return settings
    try:
        kept = {name: SecretStr(_kept(settings.home, name)) for name in missing}
    except OSError as error:
        message = (
            f"cannot write to {settings.home} ({error.strerror}): "
            "set TDR_HOME to a directory of yours"
        )
        raise SettingsError(message) from error
    return settings.model_copy(update=kept)


def _kept(home: Path, name: str) -> str:
    folder = home / "secrets"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / name
    with (folder / "lock").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not path.exists():
            fresh = path.with_suffix(".new")
            fresh.unlink(missing_ok=True)
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_hex(_KEY_BYTES), encoding="ascii")
            fresh.replace(path)  # whole or not at all
    return path.read_text(encoding="ascii").strip()
