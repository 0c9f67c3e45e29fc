"""What the web application stands on when a test brings its own ports."""

from dataclasses import dataclass, field

from service.settings import Settings
from service.usecases.ports import Ports


@dataclass
class Standing:
    """A container that stands on a world."""

    ports: Ports
    settings: Settings = field(default_factory=Settings)

    async def healthy(self) -> dict[str, bool]:
        return {"database": True}

    async def close(self) -> None:
        return None
