"""Claims in words."""

from stageplus.domain.claims import ClaimState
from stageplus.models import CompanyClaim, Person
from stageplus.services.claims.schemas import REASON_WORDS, STATE_TONES, STATE_WORDS, ClaimRow
from stageplus.services.numbers import shown
from stageplus.texts import _
from stageplus.texts.formats import moment_words


def claim_row(claim: CompanyClaim, *, is_open: bool = False) -> ClaimRow:
    """Build the line of a claim."""
    return ClaimRow(
        claim_id=claim.id or 0,
        company=claim.company_name,
        establishment_number=shown(claim.establishment_number),
        person=f"{claim.first_name} {claim.last_name}",
        function=claim.function,
        when=moment_words(claim.confirmed_at or claim.created_at),
        state=claim.state.value,
        state_words=STATE_WORDS[claim.state],
        tone=STATE_TONES[claim.state],
        reason=reason_words(claim),
        words=claim.words,
        is_open=is_open,
        may_contest=claim.state is ClaimState.REFUSED,
    )


def reason_words(claim: CompanyClaim) -> str:
    """Say why a claim was refused, in the words of the list and of whoever refused; empty when it was not."""
    listed = REASON_WORDS[claim.reason] if claim.reason else ""
    return " — ".join(part for part in (listed, claim.words) if part)


def decided_words(claim: CompanyClaim, decider: Person | None) -> str:
    """Say who decided and when; empty before."""
    if claim.decided_at is None:
        return ""
    name = f"{decider.first_name} {decider.last_name}" if decider else _("une personne dont le compte a disparu")
    return _("{state}, {moment}, par {name}").format(
        state=STATE_WORDS[claim.state], moment=moment_words(claim.decided_at), name=name
    )
