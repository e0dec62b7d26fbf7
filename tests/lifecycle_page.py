"""The page of the docs on the life of an application, written from its table: `python -m tests.lifecycle_page`."""

from pathlib import Path

from stageplus.domain.applications import APPLICATION_LIFE, ApplicationStatus
from stageplus.domain.diagrams import state_diagram, step_table

PAGE = Path(__file__).parents[1] / "docs" / "applications.md"
WORDS = """# The life of an application

Made from `stageplus/domain/applications.py` by `python -m tests.lifecycle_page`; a test fails when they differ. What
each company or learner may do is read from this table (`services/applications/steps.py`), and every state × action ×
role × guard is tried in `tests/domain/test_application_life.py`.

```mermaid
{diagram}
```

{table}

An answer of the company may be taken back for some seconds ([ADR 16](adr/0016-an-answer-waits-before-it-is-told.md)):
that is no step, the answer is then as if never given.
"""


def page() -> str:
    """Return the whole page."""
    diagram = state_diagram(APPLICATION_LIFE, ApplicationStatus)
    return WORDS.format(diagram=diagram, table=step_table(APPLICATION_LIFE, ApplicationStatus))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
