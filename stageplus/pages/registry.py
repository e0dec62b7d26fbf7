"""Every page of the site, as data."""

from stageplus.pages.learner import applications, offer, offers
from stageplus.pages.page import Page
from stageplus.pages.public import home, sign_in

PAGES: tuple[Page, ...] = (
    home.PAGE,
    sign_in.PAGE,
    offers.PAGE,
    offer.PAGE,
    applications.LIST,
    applications.DETAIL,
)
