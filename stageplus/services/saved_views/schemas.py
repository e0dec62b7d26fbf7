"""What is typed and read of the views that somebody keeps."""

from dataclasses import dataclass, field
from typing import Annotated

from pydantic import BeforeValidator, StringConstraints

from stageplus.domain.coaching import ViewList
from stageplus.services.inputs import Input, cleaned

LONGEST_NAME, LONGEST_QUERY = 60, 500


def _one_line(typed: object) -> object:
    plain = cleaned(typed)
    return " ".join(plain.split()) if isinstance(plain, str) else plain


ViewName = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NAME), BeforeValidator(_one_line)]


class ViewInput(Input):
    """A view to keep: its name, its list, and the filters as that list's address holds them."""

    view_name: ViewName
    of_list: ViewList
    query: Annotated[str, StringConstraints(max_length=2000)] = ""


@dataclass(frozen=True)
class ViewRow:
    """A kept view, and the address that opens it."""

    view_id: int
    name: str
    href: str


@dataclass(frozen=True)
class Views:
    """The views that somebody keeps of one list, in the order of their names."""

    of_list: str = ""
    rows: list[ViewRow] = field(default_factory=list)
