"""Working hours: what reaches into the night, and which hours can be meant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Self


@dataclass(frozen=True)
class Night:
    """The hours in which minors do not work, from the evening to the next morning."""

    starts: time
    ends: time

    @classmethod
    def in_force(cls, parameters: Mapping[str, str]) -> Self:
        """Read the night from the dated parameters `night_from` and `night_to`, in whole hours."""
        return cls(time(int(parameters["night_from"])), time(int(parameters["night_to"])))

    def touches(self, begin: time, end: time) -> bool:
        """Say whether working hours reach into the night."""
        return begin < self.ends or end > self.starts or end < begin

    def allows(self, begin: time, end: time) -> bool:
        """Say whether the hours can be meant: they end after they begin, unless they begin or end in the night."""
        return begin < end or (begin != end and (begin >= self.starts or end <= self.ends))
