"""Every page of the site, as data."""

from stageplus.pages.admin import (
    announcements,
    invitations,
    journal,
    mergers,
    message_reports,
    moderation,
    networks,
    parameters,
    people,
    reference,
    reference_lists,
    schemes,
    suspects,
)
from stageplus.pages.admin import home as offa_home
from stageplus.pages.coach import circular as coach_circular
from stageplus.pages.coach import companies as coach_companies
from stageplus.pages.coach import company as coach_company
from stageplus.pages.coach import home as coach_home
from stageplus.pages.coach import offers as coach_offers
from stageplus.pages.coach import outreach as coach_outreach
from stageplus.pages.coach import territory as coach_territory
from stageplus.pages.company import agenda as company_agenda
from stageplus.pages.company import applications as company_applications
from stageplus.pages.company import claim as company_claim
from stageplus.pages.company import establishments as company_establishments
from stageplus.pages.company import home as company_home
from stageplus.pages.company import offer as company_offer
from stageplus.pages.company import offers as company_offers
from stageplus.pages.company import preview as company_preview
from stageplus.pages.company import team as company_team
from stageplus.pages.learner import alerts, applications, favourites, messages, offer, offers
from stageplus.pages.operator import codes, importer, introductions, learners
from stageplus.pages.operator import home as operator_home
from stageplus.pages.operator import learner as operator_learner
from stageplus.pages.operator import offers as operator_offers
from stageplus.pages.page import Page
from stageplus.pages.public import (
    account,
    activation,
    demo_mailbox,
    forgotten,
    home,
    mail_link,
    my_factors,
    notices,
    privacy,
    questions,
    register,
    register_company,
    second_factor,
    sign_in,
    statistics,
    texts,
)
from stageplus.pages.registers import approval_files, approvals, claims

PAGES: tuple[Page, ...] = (
    home.PAGE,
    register.CHOICE,
    register.LEARNER,
    activation.PAGE,
    sign_in.PAGE,
    second_factor.PROOF,
    forgotten.PAGE,
    mail_link.PAGE,
    register_company.PAGE,
    register_company.HOW,
    account.PAGE,
    notices.PAGE,
    my_factors.FACTORS,
    questions.PAGE,
    *statistics.PAGES,
    texts.ACCESSIBILITY,
    privacy.PAGE,
    texts.CONDITIONS,
    texts.UNKNOWN,
    demo_mailbox.PAGE,
    offers.PAGE,
    offer.PAGE,
    favourites.PAGE,
    alerts.PAGE,
    applications.LIST,
    applications.DETAIL,
    messages.LIST,
    messages.DETAIL,
    company_home.PAGE,
    company_claim.PAGE,
    company_establishments.PAGE,
    *company_team.PAGES,
    company_offers.LIST,
    company_offer.NEW,
    company_offer.DETAIL,
    company_preview.PAGE,
    company_applications.LIST,
    company_applications.DETAIL,
    company_agenda.PAGE,
    operator_home.PAGE,
    introductions.PAGE,
    learners.LIST,
    operator_learner.DETAIL,
    operator_offers.LIST,
    operator_offers.DETAIL,
    codes.LIST,
    codes.DETAIL,
    importer.LIST,
    importer.PREVIEW,
    coach_home.PAGE,
    coach_offers.PAGE,
    coach_companies.PAGE,
    coach_company.PAGE,
    coach_territory.PAGE,
    coach_outreach.PAGE,
    coach_circular.PAGE,
    offa_home.PAGE,
    invitations.PAGE,
    *people.PAGES,
    suspects.PAGE,
    mergers.PAGE,
    announcements.PAGE,
    journal.PAGE,
    *moderation.PAGES,
    *message_reports.PAGES,
    *reference.PAGES,
    *reference_lists.PAGES,
    *schemes.PAGES,
    *networks.PAGES,
    *parameters.PAGES,
    *approvals.PAGES,
    *approval_files.PAGES,
    *claims.PAGES,
)
