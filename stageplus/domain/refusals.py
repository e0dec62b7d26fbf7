"""What the rules of offers and applications refuse."""

from datetime import datetime

from stageplus.domain.errors import DomainError


class OfferClosed(DomainError):
    """The offer takes no application any more."""


class OfferOver(DomainError):
    """The offer was filled or closed: its company keeps the answer that it gave, nobody waits for what is over."""


class EnoughApplications(DomainError):
    """The company has enough applications for now; the offer may take some again later."""


class TooManyThisWeek(DomainError):
    """The learner has sent as many applications within seven days as one may; `again` is when there is room."""

    def __init__(self, most: int, again: datetime) -> None:
        super().__init__(f"{most} applications a week, again from {again}")
        self.most = most
        self.again = again


class AlreadyApplied(DomainError):
    """The learner's application to this offer is still there."""


class TooManyKept(DomainError):
    """The learner keeps as many offers as one may: one of them has to go first."""


class TooManyAlerts(DomainError):
    """The learner has as many alerts as one may: one of them has to go first."""


class AnswerTold(DomainError):
    """The time to take an answer back is over: its learner is told."""


class AlreadyThere(DomainError):
    """The learner has applied to that offer as well: both applications go on where they are."""


class AnswersFirst(DomainError):
    """The company left several applications in a row without an answer: it publishes nothing new before it answers."""


class NudgedAlready(DomainError):
    """The learner has already asked the company for a word about this application: once is what the site allows."""


class NudgedTooEarly(DomainError):
    """The company still has time: its silence may be nudged after some days only."""


class AskedAlready(DomainError):
    """The learner has asked for help a short while ago: the staff needs time to answer."""


class StaffNudgedAlready(DomainError):
    """The staff has asked the company for an answer a short while ago."""


class NotSuggestable(DomainError):
    """The offer takes no application at this moment: suggesting it would lead nowhere."""


class AlreadyPlaced(DomainError):
    """A place is noted for the learner already, through Stage+ or elsewhere."""


class NoPlaceLeft(DomainError):
    """The last place was taken, perhaps a moment ago."""


class ApplicantsWait(DomainError):
    """Somebody applied while an offer was being closed: nobody is refused whom the company has not seen."""


class NotApproved(DomainError):
    """The establishment holds no granted approval for the trade at this moment."""


class NotValidated(DomainError):
    """The claim on the company still waits for its validation: drafts may be written, nothing is published."""


class TakenOffLine(DomainError):
    """OFFA has taken the offer off line: only OFFA puts it back."""


class LastFactor(DomainError):
    """The role must have a second factor, and this is the only one left."""


class LinkSpent(DomainError):
    """The link was used already, or its time is over."""


class LinkOfAnother(DomainError):
    """The link was mailed to somebody else than who is signed in here, or who no longer acts for the offer."""


class ApplicationGone(DomainError):
    """The application was answered, ended or withdrawn since the link was mailed: nothing is left to do."""


class OfferMoved(DomainError):
    """The offer was renewed or closed since the link was mailed: nothing is left to do."""


class NotEnrolled(DomainError):
    """The learner's enrolment has ended: the account stays, the right to apply does not."""


class LaterImport(DomainError):
    """Another roster was imported since: that one has to be undone first."""


class TooManyTries(DomainError):
    """Too many tries in a short time; the next one is possible in so many minutes."""

    def __init__(self, minutes: int) -> None:
        super().__init__(f"too many tries, wait {minutes} min")
        self.minutes = minutes


class TooManyMessages(DomainError):
    """The person wrote as many messages in an hour as one may; the next one is possible in so many minutes."""

    def __init__(self, minutes: int) -> None:
        super().__init__(f"too many messages, wait {minutes} min")
        self.minutes = minutes


class ConversationClosed(DomainError):
    """Nobody writes in the conversation at this moment: it is not open yet, or over with its application."""


class AccountSuspended(DomainError):
    """OFFA has suspended this account: it opens no session."""


class LearnerSuspended(DomainError):
    """The learner's account is suspended at this moment: an answer would reach nobody."""


class AddressTaken(DomainError):
    """The address belongs to another account by now."""


class ClaimUnmatched(DomainError):
    """The register does not know the claimed enterprise and establishment together: nobody can be let in there."""


class SchemeOver(DomainError):
    """The dispositif of the offer takes no new offer any more: it neither comes back on line nor goes elsewhere."""


class StartIsOver(DomainError):
    """The offer's last possible first day has passed: nobody could start any more."""


class LastAdministrator(DomainError):
    """A company always has somebody who decides for it: another administrator comes first."""


class ProviderDown(DomainError):
    """The identity provider does not answer, or answers that it cannot."""


class ProviderRefused(DomainError):
    """The identity provider let nobody in: the person gave up, or may not."""


class AnswerNotBelieved(DomainError):
    """What came back from the identity provider is not proved to be its own, for us, for this attempt."""


class AttemptOver(DomainError):
    """Nobody left for the identity provider from this browser with this state, or the way back was used or too long."""


class IdentityUnknown(DomainError):
    """The identity is linked to no account: a provider never makes one."""


class IdentityTaken(DomainError):
    """The identity is linked to another account."""
