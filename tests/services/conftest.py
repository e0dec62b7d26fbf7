"""What the tests of services share: quick passwords, and a count of what is asked of the database."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, event

from stageplus.services.accounts import passwords


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Check passwords with the least work that bcrypt knows; what they cost in earnest is tested with them."""
    quick = passwords.settings().model_copy(update={"bcrypt_cost": 4})
    monkeypatch.setattr(passwords, "settings", lambda: quick)


@pytest.fixture
def statements(database: Engine) -> Callable[[Callable[[], object]], int]:
    """Count the statements of a read, the second time: by then the lexicon is remembered."""

    def counted(read: Callable[[], object]) -> int:
        seen: list[str] = []

        def note(*told: Any) -> None:
            seen.append(told[2])

        read()
        event.listen(database, "before_cursor_execute", note)
        read()
        event.remove(database, "before_cursor_execute", note)
        return sum(statement.startswith("SELECT") for statement in seen)

    return counted
