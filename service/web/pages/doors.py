"""The pages of the other doors, in one list for the application."""

from typing import Final

from fastapi import APIRouter

from service.web.pages.agent import (
    acting,
    cancellations,
    claims,
    day,
    desk,
    intake,
    letters,
    list_files,
    lists,
    pairs,
    ready,
)
from service.web.pages.applicant import urgency

ROUTERS: Final[tuple[APIRouter, ...]] = (
    desk.router,
    cancellations.router,
    acting.router,
    intake.router,
    claims.router,
    day.router,
    pairs.router,
    list_files.router,
    lists.router,
    ready.router,
    letters.router,
    urgency.router,
)
