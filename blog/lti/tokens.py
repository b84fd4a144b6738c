"""JSON Web Tokens: verify those of an LMS by its keys, and sign our own by ours."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from jwt.types import Options

from blog.lookup import Unavailable
from blog.lookup.http_client import get_json
from blog.lti.claims import BadLaunch

ALGORITHM = "RS256"
KEYS_KEPT = 3600  # seconds
ASKED_AGAIN_AFTER = 60  # seconds, for a key that nobody knows: a forged token names any
MAX_TOKEN_CHARS = 60_000
KEY_BITS = 2048
# What is checked by ``claims``, where the reasons are told apart.
UNCHECKED: Options = {
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
    "verify_aud": False,
    "verify_iss": False,
    "verify_sub": False,
    "verify_jti": False,
}


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One of our private keys, in PEM, with the name by which an LMS finds its public part."""

    kid: str
    pem: str


def read_token(token: str, keys_url: str) -> dict[str, Any]:
    """Return the claims of a token that is signed by a key of an LMS; nothing else is checked.

    Raise BadLaunch for any other, and Unavailable if the keys cannot be read.
    """
    try:
        header = jwt.get_unverified_header(token) if len(token) <= MAX_TOKEN_CHARS else {}
    except (jwt.PyJWTError, ValueError, RecursionError):
        header = {}
    if header.get("alg") != ALGORITHM or not isinstance(header.get("kid", ""), str):
        raise BadLaunch("signature")
    for key in _keys(keys_url, header.get("kid", "")):
        try:
            return jwt.decode(
                token, jwt.PyJWK(key, ALGORITHM).key, algorithms=[ALGORITHM], options=UNCHECKED
            )
        except (jwt.PyJWTError, ValueError, TypeError, KeyError, RecursionError):
            continue
    raise BadLaunch("signature")


def _keys(url: str, kid: str) -> list[dict]:
    """Return the keys that may have signed a token: the one it names, fetched again if needed."""
    name = hashlib.sha256(url.encode()).hexdigest()
    keys = cache.get(f"lti-keys:{name}")
    fitting = _fitting(keys or [], kid)
    if fitting or (keys is not None and not cache.add(f"lti-asked:{name}", 1, ASKED_AGAIN_AFTER)):
        return fitting
    answer = get_json(url, accept="application/json")
    document = answer.document
    if not isinstance(document, dict) or not isinstance(document.get("keys"), list):
        raise Unavailable(f"no keys, status {answer.status}")
    cache.set(f"lti-keys:{name}", document["keys"], KEYS_KEPT)
    return _fitting(document["keys"], kid)


def _fitting(keys: list[Any], kid: str) -> list[dict]:
    rsa_keys = [key for key in keys if isinstance(key, dict) and key.get("kty") == "RSA"]
    return [key for key in rsa_keys if not kid or key.get("kid") == kid]


def sign(claims: Mapping[str, Any], key: SigningKey) -> str:
    """Return a token of our own."""
    private = _private_key(key.pem)
    return jwt.encode(dict(claims), private, algorithm=ALGORITHM, headers={"kid": key.kid})


def new_key() -> SigningKey:
    """Return a new key, named by its thumbprint (RFC 7638)."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    pem = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()
    return SigningKey(_thumbprint(_public(pem)), pem)


def public_jwk(key: SigningKey) -> dict[str, str]:
    """Return the public part of a key, as our own list of keys has it."""
    return {**_public(key.pem), "kid": key.kid, "alg": ALGORITHM, "use": "sig"}


@lru_cache(maxsize=16)
def _private_key(pem: str) -> rsa.RSAPrivateKey:
    """Return a key of ours; to read it checks its primes, which takes longer than to sign."""
    private = serialization.load_pem_private_key(pem.encode(), password=None)
    assert isinstance(private, rsa.RSAPrivateKey)  # as ``new_key`` made it
    return private


def _public(pem: str) -> dict[str, str]:
    jwk = jwt.algorithms.RSAAlgorithm.to_jwk(_private_key(pem).public_key(), as_dict=True)
    return {name: str(jwk[name]) for name in ("e", "kty", "n")}


def _thumbprint(jwk: Mapping[str, str]) -> str:
    text = json.dumps(dict(sorted(jwk.items())), separators=(",", ":"))
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")
