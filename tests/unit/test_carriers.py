"""Who carries texts is chosen once; production never meets the demonstration's."""

import pytest
from pydantic import ValidationError

from service.adapters.text.http import HttpTexts
from service.adapters.text.mailbox import MailboxTexts
from service.bootstrap import texter_of
from service.settings import Settings
from tests.world import Mailbox

KEYS = dict.fromkeys(("applicant_key", "sealing_key", "signing_key"), "ab" * 32)
PRODUCTION = {
    "profile": "production",
    "database_url": "postgresql://db/x",
    "redis_url": "redis://r/0",
    "public_url": "https://rdv.example.org",
    **KEYS,
}
PROVIDER = {"sms_url": "https://sms.example.org/texts", "sms_token": "t0ken"}


def settings(**values: object) -> Settings:
    return Settings.model_validate(values)


def test_production_without_a_provider_sends_no_text() -> None:
    assert texter_of(settings(**PRODUCTION), Mailbox()) is None


def test_production_with_a_provider_uses_it() -> None:
    chosen = texter_of(settings(**PRODUCTION, **PROVIDER), Mailbox())

    assert isinstance(chosen, HttpTexts)


def test_the_demonstration_shows_its_texts_unless_it_is_given_a_provider() -> None:
    assert isinstance(texter_of(settings(), Mailbox()), MailboxTexts)
    assert isinstance(texter_of(settings(**PROVIDER), Mailbox()), HttpTexts)


@pytest.mark.parametrize(
    "wrong",
    [
        {"sms_url": "https://sms.example.org"},
        {**PROVIDER, "sms_url": "http://sms.example.org"},
        {**PROVIDER, "sms_url": "sms.example.org"},
        {**PROVIDER, "sms_from": "a"},
        {**PROVIDER, "sms_from": "Préfecture de l'Isère, Grenoble"},
    ],
)
def test_production_refuses_half_a_provider_or_a_token_in_clear(
    wrong: dict[str, str],
) -> None:
    with pytest.raises(ValidationError):
        settings(**PRODUCTION, **wrong)


def test_the_token_is_in_no_repr() -> None:
    assert "t0ken" not in repr(settings(**PROVIDER))


SIGNED_IN = {"smtp_login": "rdv", "smtp_password": "m0t", "smtp_start_tls": True}


def test_a_mail_server_that_asks_for_a_login_gets_it_under_tls_alone() -> None:
    assert settings(**PRODUCTION, **SIGNED_IN).smtp_login == "rdv"
    for wrong in ({"smtp_start_tls": False}, {"smtp_login": ""}):
        with pytest.raises(ValidationError):
            settings(**PRODUCTION, **(SIGNED_IN | wrong))
    assert "m0t" not in repr(settings(**SIGNED_IN))
