"""Whether a provider's signed answer is its own, for us, for this attempt and of this moment."""

from datetime import datetime

from authlib.oidc.core import CodeIDToken
from joserfc.errors import JoseError
from joserfc.jwt import Token

from stageplus.domain.refusals import AnswerNotBelieved

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
"""Signatures by a key that only the provider has: never `none`, never a secret that both share."""
CLOCKS_APART = 60
"""How many seconds the provider's clock may differ from ours."""
SIGNED_IN_WITHIN = 600
"""For how many seconds the provider may have known the person: whoever takes over a browser signs in there again."""
LONGEST_SUBJECT = 255


def subject_of(token: Token, *, issuer: str, client_id: str, nonce: str, now: datetime) -> str:
    """Return the identity that a token, its signature checked, is about; raises `AnswerNotBelieved`."""
    moment = int(now.timestamp())
    rules = {"iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": client_id}}
    asked = {"nonce": nonce, "client_id": client_id, "max_age": SIGNED_IN_WITHIN}
    claims = CodeIDToken(token.claims, token.header, rules, asked)
    try:
        claims.validate(now=moment, leeway=CLOCKS_APART)
    except (JoseError, TypeError, ValueError) as error:
        raise AnswerNotBelieved from error
    subject = claims["sub"]
    if moment - claims["auth_time"] > SIGNED_IN_WITHIN + CLOCKS_APART:
        raise AnswerNotBelieved
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise AnswerNotBelieved
    return subject
