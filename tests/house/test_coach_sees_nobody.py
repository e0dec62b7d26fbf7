"""A coach never reads who a learner is: the modules that serve him cannot reach a table that says it.

Applications are counted in one module, and the only names read are those of other coaches. A new module of these areas,
or a new import, that reaches further fails here; `tests/matrix/test_coach_statements.py` reads what they really ask.
"""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "stageplus"
AREAS = ("coaching", "company_contacts", "saved_views", "outreach", "circulars", "territories")
OF_COMPANIES = frozenset(
    {
        "Approval",
        "ApprovalState",
        "Basin",
        "Circular",
        "CircularStop",
        "CoachLink",
        "CoachLinkClaim",
        "Company",
        "CompanyClaim",
        "CompanyContact",
        "CompanyFollowUp",
        "Establishment",
        "Municipality",
        "Offer",
        "OfferChange",
        "SavedView",
        "Sector",
        "StockDay",
        "Trade",
    }
)
MORE = {
    "coaching/counting.py": {"Application", "ApplicationChange"},
    "coaching/companies.py": {"AnswerRate"},
    "company_contacts/queries.py": {"Person"},
    "saved_views/actions.py": {"Person"},
    "outreach/actions.py": {"Person"},
    "outreach/queries.py": {"Person"},
    "circulars/actions.py": {"CompanyMember", "LinkPurpose", "Person"},
    "circulars/addressees.py": {"CompanyMember", "MemberEstablishment", "Person"},
    "circulars/letters.py": {"LinkPurpose"},
    "circulars/plans.py": {"Person"},
    "circulars/queries.py": {"CompanyMember"},
}
"""What one module alone may reach, each for a reason: counts of applications, a coach's own name, who acts for a
company and is mailed."""
OTHER_AREAS = {
    "accounts.schemas",
    "notifications.live",
    "postings.schemas",
    "registers.queries",
    "spreadsheets.actions",
    "spreadsheets.schemas",
}
"""Words of statuses, parameters and names of places, files, and the news that something changed."""
MAILS = {
    "circulars/actions.py": {"links.actions", "notifications.actions"},
    "circulars/letters.py": {
        "links.actions",
        "notifications.actions",
        "notifications.queries",
        "notifications.schemas",
    },
}
"""What writes to a company enters the outbox and the links too."""
SHAPES = {"saved_views/lists.py": {"followup.schemas"}}
"""The words by which the list of learners is filtered, for the views that an operator's staff keeps of it."""
BESIDE = {"inputs", "numbers", "paging", "threads", "throttle", "accounts.actions"}


def imported(source: str, package: str) -> set[str]:
    """List what a module imports from a package of ours, as `module.name` below it."""
    return {
        f"{node.module}.{alias.name}".removeprefix(f"{package}.")
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(package)
        for alias in node.names
    }


def modules() -> list[Path]:
    return [path for area in AREAS for path in sorted((PACKAGE / "services" / area).glob("*.py"))]


def faces() -> list[Path]:
    return [*sorted((PACKAGE / "states" / "coach").glob("*.py")), PACKAGE / "web" / "sector_files.py"]


def test_the_rule_sees_what_it_should() -> None:
    assert imported("from stageplus.models import Learner, Offer", "stageplus.models") == {"Learner", "Offer"}
    assert imported("from stageplus.models.accounts import Learner", "stageplus.models") == {"accounts.Learner"}


@pytest.mark.parametrize("path", modules(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_tables_are_those_of_companies_and_offers(path: Path) -> None:
    allowed = OF_COMPANIES | MORE.get(f"{path.parent.name}/{path.name}", set())
    source = path.read_text()
    assert imported(source, "stageplus.models") <= allowed
    assert "import stageplus" not in source, "a table is imported by its name"
    assert not {"text", "MetaData", "Table"} & {name.split(".")[-1] for name in imported(source, "sql")}


@pytest.mark.parametrize("path", [*modules(), *faces()], ids=lambda path: f"{path.parent.name}/{path.name}")
def test_other_areas_are_entered_for_nothing_about_people(path: Path) -> None:
    entered = {name.rsplit(".", 1)[0] for name in imported(path.read_text(), "stageplus.services")}
    own = {name for name in entered if name.split(".")[0] in AREAS}
    mails = MAILS.get(f"{path.parent.name}/{path.name}", set())
    own |= SHAPES.get(f"{path.parent.name}/{path.name}", set())
    assert entered - own - {"stageplus.services"} <= OTHER_AREAS | BESIDE | mails
