"""Who may do what: every use case against every role, a stranger of the same role, and nobody.

`A` allowed · `E` allowed, but shows nothing of somebody else's · `N` not found · `D` denied.
One letter per column of `WHO`.
"""

WHO = (
    "learner",
    "other learner",
    "company",
    "other company",
    "operator",
    "other operator",
    "coach",
    "other coach",
    "offa",
    "anonymous",
)

TABLE = {
    #                                     l o c o o o c o o a
    "accounts.ask_for_reset": "           A A A A A A A A A A",
    "accounts.change_password": "         A A A A A A A A A D",
    "accounts.demo_accounts": "           E E E E E E E E E E",
    "accounts.my_account": "              A E E E E E E E E D",
    "accounts.rename": "                  A A A A A A A A A D",
    "accounts.reset_password": "          N N N N N N N N N N",
    "accounts.who_am_i": "                A E E E E E E E E E",
    "applications.accept_application": "  D D A N D D D D D D",
    "applications.inbox": "               D D A E D D D D D D",
    "applications.inbox_detail": "        D D A N D D D D D D",
    "applications.my_application": "      A N D D D D D D D D",
    "applications.my_applications": "     A E D D D D D D D D",
    "applications.propose_interview": "   D D A N D D D D D D",
    "applications.refuse_application": "  D D A N D D D D D D",
    "applications.see_application": "     D D A N D D D D D D",
    "applications.send_application": "    A A D D D D D D D D",
    "applications.withdraw_application": "A N D D D D D D D D",
    "enrolment.correct_enrolment": "      D D D D A N D D D D",
    "enrolment.demo_roster": "            D D D D N N D D D D",
    "enrolment.drop_import": "            D D D D A N D D D D",
    "enrolment.end_enrolment": "          D D D D A N D D D D",
    "enrolment.enrolment_detail": "       D D D D A N D D D D",
    "enrolment.hand_in_roster": "         D D D D A A D D D D",
    "enrolment.import_preview": "         D D D D A N D D D D",
    "enrolment.import_problems": "        D D D D A N D D D D",
    "enrolment.import_roster": "          D D D D A N D D D D",
    "enrolment.my_enrolments": "          D D D D A E D D D D",
    "enrolment.open_reports": "           D D D D A E D D D D",
    "enrolment.resume_enrolment": "       D D D D A N D D D D",
    "enrolment.roster_imports": "         D D D D A E D D D D",
    "enrolment.roster_template": "        D D D D A A D D D D",
    "enrolment.settle_reports": "         D D D D A N D D D D",
    "enrolment.undo_import": "            D D D D A N D D D D",
    "factors.my_ways": "                  E E E E E E E E E D",
    "factors.prove_by_password": "        A A A A A A A A A D",
    "followup.followed_learner": "        D D D D A N D D D D",
    "followup.introductions": "           D D D D A E D D D D",
    "followup.my_learners": "             D D D D A E D D D D",
    "followup.take_over": "               D D D D A N D D D D",
    "links.look_at_link": "               E E E E E E E E E E",
    "notifications.demo_mails": "         N N N N N N N N N N",
    "offers.my_search": "                 A E D D D D D D D D",
    "offers.offer_detail": "              A A D D D D D D D D",
    "offers.open_offers": "               A A D D D D D D D D",
    "offers.similar_offers": "            A A D D D D D D D D",
    "postings.close_offer": "             D D A N D D D D D D",
    "postings.edit_offer": "              D D A N D D D D D D",
    "postings.my_offer": "                D D A N D D D D D D",
    "postings.my_offers": "               D D A E D D D D D D",
    "postings.new_offer_form": "          D D A E D D D D D D",
    "postings.publish_offer": "           D D A N D D D D D D",
    "postings.renew_offer": "             D D A N D D D D D D",
    "postings.resume_offer": "            D D A N D D D D D D",
    "postings.save_draft": "              D D A N D D D D D D",
    "postings.suspend_offer": "           D D A N D D D D D D",
    "reporting.offers_of_my_sectors": "   D D D D D D A E D D",
    "reporting.public_totals": "          A A A A A A A A A A",
    "reporting.site_totals": "            D D D D D D D D A D",
}


def expected(use_case: str, who: str) -> str:
    """Read one cell."""
    return TABLE[use_case].split()[WHO.index(who)]
