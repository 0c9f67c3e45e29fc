"""What one message to an applicant is written from."""

from dataclasses import dataclass, field

from service.usecases.views import RegistrationView


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Everything one message is written from."""

    kind: str
    view: RegistrationView
    to: str = field(repr=False)
    follow_up_url: str
