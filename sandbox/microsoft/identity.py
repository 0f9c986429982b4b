"""The id_token: who signed in, signed with keys of this sandbox's own, and the page of those keys."""

import base64
import hashlib
import json
from datetime import datetime, timedelta
from functools import cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from sandbox.microsoft.directory import Account
from sandbox.microsoft.scopes import EMAIL, OPENID, PROFILE

AUTHORITY = "https://login.microsoftonline.com"


def unpadded(raw: bytes) -> str:
    """Encode as base64url without padding (RFC 7515 appendix C)."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def issuer(tenant_id: str) -> str:
    return f"{AUTHORITY}/{tenant_id}/v2.0"


def _new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def _first_key() -> rsa.RSAPrivateKey:
    """Make the key of this process: there is one Microsoft, and a key costs more than a whole sign-in."""
    return _new_key()


class IdTokens:
    """Make id_tokens (OpenID Connect Core 2), RS256. `rotate` changes the key, the old one stays listed."""

    def __init__(self) -> None:
        self._older: list[rsa.RSAPrivateKey] = []
        self._key = _first_key()

    def rotate(self) -> None:
        """Sign with a new key from now on."""
        self._older.append(self._key)
        self._key = _new_key()

    def keys(self) -> dict[str, object]:
        """Write the JSON Web Key Set (RFC 7517)."""
        return {"keys": [_jwk(one) for one in (self._key, *self._older)]}

    def make(
        self, account: Account, client_id: str, scopes: frozenset[str], nonce: str, now: datetime
    ) -> str:
        """Sign who this is. `sub` is another for each app, `oid` is not."""
        pair = hashlib.sha256(f"{client_id}:{account.oid}".encode()).digest()
        claims: dict[str, object] = {
            "aud": client_id,
            "iss": issuer(account.tenant.id),
            "iat": int(now.timestamp()),
            "nbf": int(now.timestamp()),
            "exp": int((now + timedelta(hours=1)).timestamp()),
            "sub": unpadded(pair),
            "tid": account.tenant.id,
            "ver": "2.0",
        }
        if nonce:
            claims["nonce"] = nonce
        if PROFILE in scopes:
            claims |= {"name": account.name, "oid": account.oid, "preferred_username": account.address}
        if EMAIL in scopes:
            claims["email"] = account.address
        head = {"typ": "JWT", "alg": "RS256", "kid": _kid(self._key)}
        signed = ".".join(unpadded(json.dumps(part).encode()) for part in (head, claims))
        return signed + "." + unpadded(self._key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256()))


def client_info(account: Account) -> str:
    """Write uid and utid as clients ask for them with client_info=1."""
    uid, utid = account.home_id
    return unpadded(json.dumps({"uid": uid, "utid": utid}).encode())


def wants_id_token(scopes: frozenset[str]) -> bool:
    return OPENID in scopes


def _number(value: int) -> str:
    return unpadded(value.to_bytes((value.bit_length() + 7) // 8, "big"))


def _kid(key: rsa.RSAPrivateKey) -> str:
    return unpadded(hashlib.sha256(_number(key.public_key().public_numbers().n).encode()).digest()[:20])


def _jwk(key: rsa.RSAPrivateKey) -> dict[str, str]:
    numbers = key.public_key().public_numbers()
    made = {"kty": "RSA", "use": "sig", "kid": _kid(key), "n": _number(numbers.n), "e": _number(numbers.e)}
    return made | {"issuer": f"{AUTHORITY}/{{tenantid}}/v2.0"}
