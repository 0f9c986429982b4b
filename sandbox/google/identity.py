"""The id_token: who signed in, signed with a key of this process's own."""

import base64
import hashlib
import json
from datetime import datetime, timedelta
from functools import cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from sandbox.google.scopes import EMAIL, PROFILE
from sandbox.mail.people import Person

ISSUER = "https://accounts.google.com"


def unpadded(raw: bytes) -> str:
    """Encode as base64url without padding (RFC 7515 appendix C)."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@cache
def _only_key() -> rsa.RSAPrivateKey:
    """Make the key of this process: there is one Google, and a key costs more than a whole sign-in."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class IdTokens:
    """Make id_tokens (OpenID Connect Core 2), RS256."""

    def __init__(self) -> None:
        self._key = _only_key()

    def make(
        self,
        person: Person,
        client_id: str,
        scopes: frozenset[str],
        access_token: str,
        nonce: str,
        now: datetime,
    ) -> str:
        claims: dict[str, object] = {"iss": ISSUER, "azp": client_id, "aud": client_id, "sub": person.subject}
        claims |= claims_of(person, scopes)
        claims["at_hash"] = unpadded(hashlib.sha256(access_token.encode()).digest()[:16])
        if nonce:
            claims["nonce"] = nonce
        claims["iat"] = int(now.timestamp())
        claims["exp"] = int((now + timedelta(hours=1)).timestamp())
        head = {"alg": "RS256", "kid": "sandbox", "typ": "JWT"}
        signed = ".".join(unpadded(json.dumps(part).encode()) for part in (head, claims))
        return signed + "." + unpadded(self._key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256()))


def claims_of(person: Person, scopes: frozenset[str]) -> dict[str, object]:
    """List what these scopes let an app know about a person, besides `sub`."""
    claims: dict[str, object] = {}
    if person.hosted_domain:
        claims["hd"] = person.hosted_domain
    if EMAIL in scopes:
        claims |= {"email": person.address, "email_verified": person.verified}
    if PROFILE in scopes:
        given, _, family = person.name.partition(" ")
        claims |= {"name": person.name, "given_name": given, "family_name": family}
    return claims
