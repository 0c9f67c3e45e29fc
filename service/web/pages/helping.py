"""The pages around help, in one list for the application."""

from typing import Final

from fastapi import APIRouter

from service.web.pages.agent import help_places, organisations
from service.web.pages.applicant import mandates
from service.web.pages.helper import batch, people, sign_in, team

ROUTERS: Final[tuple[APIRouter, ...]] = (
    help_places.router,
    organisations.router,
    mandates.router,
    people.router,
    team.router,
    batch.router,
    sign_in.router,
)
