"""What the tests of services share: a count of what is asked of the database."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, event


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
