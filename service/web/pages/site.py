"""What the pages know of this installation."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated

import structlog
from fastapi import Depends, Request

from service.domain.guide import NO_GUIDE, Guide
from service.web.dependencies import CallsDep
from service.web.pages.notices import Notices
from service.web.pages.theme import Theme

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One installation of the pages.

    Attributes:
        prefecture: Code of the prefecture whose pages these are; empty until asked.
        name: Its name.
        phone: Its telephone, as printed.
        demonstration: True when places, people and messages are invented.
        home: Where the demonstration keeps its mailbox.
        theme: What the prefecture brought; None for the neutral theme.
        theme_fault: Why the theme that was named is not used; empty when it is.
        notices: What the law has the prefecture say about itself.
        guide: What it states of its places, papers and delays.
    """

    prefecture: str = ""
    name: str = ""
    phone: str | None = None
    demonstration: bool = False
    home: Path | None = None
    theme: Theme | None = None
    theme_fault: str = ""
    notices: Notices = field(default_factory=Notices)
    guide: Guide = NO_GUIDE


def site_of(request: Request) -> Site:
    """Return what is known of the installation by now."""
    site: Site = request.app.state.site
    return site


async def known_site(request: Request, calls: CallsDep) -> Site:
    """Return the installation, its prefecture looked up once."""
    site = site_of(request)
    if site.prefecture:
        return site
    view = await calls.prefecture(await calls.home_prefecture())
    unknown = site.guide.sites.keys() - {one.code for one in view.sites}
    if unknown:  # its access would be told nowhere, and nobody would know
        log.warning("the guide names no site of ours", sites=sorted(unknown))
    site = replace(site, prefecture=view.code, name=view.name, phone=view.phone)
    request.app.state.site = site
    return site


SiteDep = Annotated[Site, Depends(known_site)]
