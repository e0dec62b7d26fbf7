"""Every page of the site, as data."""

from stageplus.pages.page import Page
from stageplus.pages.public import home

PAGES: tuple[Page, ...] = (home.PAGE,)
