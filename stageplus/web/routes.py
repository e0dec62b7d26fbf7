"""Every HTTP route beside the reactive pages, as data."""

from starlette.routing import BaseRoute

from stageplus.web.activation import ACTIVATION_ROUTES
from stageplus.web.approvals import APPROVAL_ROUTES
from stageplus.web.auth import AUTH_ROUTES
from stageplus.web.calendars import CALENDAR_ROUTES
from stageplus.web.documents import DOCUMENT_ROUTES
from stageplus.web.extracts import EXTRACT_ROUTES
from stageplus.web.factors import FACTOR_ROUTES
from stageplus.web.federation import FEDERATION_ROUTES
from stageplus.web.open_data import OPEN_DATA_ROUTES
from stageplus.web.outreach import OUTREACH_ROUTES
from stageplus.web.personal_data import PERSONAL_DATA_ROUTES
from stageplus.web.poster import POSTER_ROUTES
from stageplus.web.rosters import ROSTER_ROUTES
from stageplus.web.teams import TEAM_ROUTES
from stageplus.web.term_report import REPORT_ROUTES

HTTP_ROUTES: list[BaseRoute] = [
    *AUTH_ROUTES,
    *FACTOR_ROUTES,
    *FEDERATION_ROUTES,
    *TEAM_ROUTES,
    *PERSONAL_DATA_ROUTES,
    *POSTER_ROUTES,
    *OUTREACH_ROUTES,
    *ROSTER_ROUTES,
    *ACTIVATION_ROUTES,
    *APPROVAL_ROUTES,
    *DOCUMENT_ROUTES,
    *CALENDAR_ROUTES,
    *OPEN_DATA_ROUTES,
    *EXTRACT_ROUTES,
    *REPORT_ROUTES,
]
