"""When two companies of the register may be one: an enterprise has one number, so a double has another, mistaken one.

That happens when a file or a form bore a wrong number, or after a change of legal form or a takeover (our own rule).
"""

from stageplus.domain.plain_text import plain

LEGAL_FORMS = frozenset(
    {"sa", "nv", "srl", "bv", "sprl", "bvba", "scrl", "cvba", "sc", "cv", "snc", "scs", "asbl", "vzw", "aisbl"}
    | {"ets", "etablissements", "entreprise", "societe", "cie"}
)
SHORTEST = 3


def likeness_key(name: str) -> str:
    """Return what is left of a company's name without its legal form; nothing when that says too little."""
    words = [word for word in plain(name.replace(".", "")).split() if word not in LEGAL_FORMS]
    key = " ".join(words)
    return key if len(key) >= SHORTEST else ""
