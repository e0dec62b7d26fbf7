"""What can go wrong in business words; the seam turns each into a French message."""


class DomainError(Exception):
    """A rule of the field refuses what was asked; nothing was saved."""


class Denied(DomainError):
    """The actor's role may never do this."""


class FreshFactorNeeded(DomainError):
    """This act needs a proof of who acts that is a few minutes old at most; the page asks for it and comes back."""


class NotFound(DomainError):
    """The object does not exist, or is outside what this actor may see: both answer alike."""


class AlreadyDone(DomainError):
    """Somebody, perhaps the same person a moment ago, has already done this."""


class NotPossible(DomainError):
    """The object's present status does not allow this step."""

    def __init__(self, step: str, status: str) -> None:
        super().__init__(f"{step} is not possible from {status}")
        self.step = step
        self.status = status


class InvalidInput(DomainError):
    """One or more fields do not fit; `fields` maps each field's name to its message."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields
