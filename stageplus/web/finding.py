"""What the doctor found."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is right, what was seen, and how to mend it when it is not."""

    subject: str
    is_right: bool
    seen: str
    remedy: str = ""

    def __str__(self) -> str:
        line = f"{'✓' if self.is_right else '✗'} {self.subject} : {self.seen}"
        return line if self.is_right else f"{line}\n    → {self.remedy}"
