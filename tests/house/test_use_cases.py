"""A use case takes its actor first and starts by asking what the actor may.

A public function of an area's actions or queries that forgets the actor lets any caller act for anybody. The few that
need no actor are listed here with the reason.
"""

import ast
from pathlib import Path

SERVICES = Path(__file__).resolve().parents[2] / "stageplus" / "services"
WITHOUT_ACTOR = {
    "accounts.register_person": "from the terminal and the demo world, until registration opens",
    "accounts.sign_in": "nobody is signed in yet",
    "accounts.recognise": "says who the actor is",
    "accounts.sign_out": "holding the token is the right",
    "notifications.note_bounce": "from the terminal",
    "accounts.end_sessions_of": "from the terminal",
    "accounts.create_administrator": "from the terminal",
    "factors.sign_in_with_passkey": "nobody is signed in yet",
    "federation.sign_in_with_provider": "nobody is signed in yet",
    "factors.reset_factor_from_terminal": "from the terminal",
    "registers.import_reference": "from the terminal",
    "alerts.watch_offers": "the clock",
    "answers.tell_answers": "the clock",
    "applications.remind_companies": "the clock",
    "applications.give_up_waiting": "the clock",
    "consultations.forget_consultations": "the clock",
    "documents.examine_documents": "the clock",
    "documents.forget_documents": "the clock",
    "drafts.forget_drafts": "the clock",
    "conversations.mail_of_messages": "the clock",
    "enrolment.forget_rosters": "the clock",
    "erasure.erase_applications": "the clock",
    "erasure.forget_logs": "the clock",
    "erasure.tidy_accounts": "the clock",
    "interviews.remind_of_interviews": "the clock",
    "offers.count_answers": "the clock",
    "offers.forget_fruitless_searches": "the clock",
    "postings.expire_offers": "the clock",
    "figures.fold_sights": "the clock",
    "facts.count_facts": "the clock",
    "facts.rebuild_facts": "from the terminal",
    "renewals.remind_of_endings": "the clock",
    "statistics.publish_months": "the clock",
    "claims.tidy_claims": "the clock",
    "people.forget_invitations": "the clock",
    "teams.forget_invitations": "the clock",
    "notifications.send_due_mails": "the clock",
    "notices.mail_digests": "the clock",
    "notices.forget_notices": "the clock",
}


def use_cases() -> dict[str, ast.FunctionDef]:
    return acts() | _public_functions("queries")


def acts() -> dict[str, ast.FunctionDef]:
    return _public_functions("actions")


def _public_functions(door: str) -> dict[str, ast.FunctionDef]:
    found = {}
    for path in sorted(SERVICES.glob(f"*/{door}.py")):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                found[f"{path.parent.name}.{node.name}"] = node
    return found


def first_argument(node: ast.FunctionDef) -> str:
    return node.args.args[0].arg if node.args.args else ""


def opens_the_database(node: ast.FunctionDef) -> bool:
    arguments = [*node.args.args, *node.args.kwonlyargs]
    return any(each.arg == "on" and "Engine" in ast.unparse(each.annotation or each) for each in arguments)


def test_whatever_opens_the_database_takes_an_actor_first() -> None:
    opening = {name: node for name, node in use_cases().items() if opens_the_database(node)}
    wrong = {name for name, node in opening.items() if first_argument(node) != "actor"}
    assert wrong - set(WITHOUT_ACTOR) == set(), "take `actor: Actor | None` first, or say here why not"


def test_the_list_of_exceptions_is_true() -> None:
    assert set(WITHOUT_ACTOR) <= set(use_cases())
