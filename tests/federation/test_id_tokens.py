"""An ID token proves what its provider's keys signed, to a known client, in time."""

import base64
import hmac
import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import serialization
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws

from iam.federation import (
    BadKeySet,
    ProofExpired,
    ProofRefused,
    checked_key_set,
    issuer_in,
    verify_id_token,
)
from tests.federation.documents import CLIENT, ISSUER, NOW, id_token, identity


def verified(token: str, *, at=NOW, clients=(CLIENT,)):
    return verify_id_token(token, ISSUER, clients, identity().key_set, at)


def refusal_of(token: str) -> str:
    with pytest.raises(ProofRefused) as refused:
        verified(token)
    return str(refused.value)


def _part(data: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(data).encode()).decode().rstrip("=")


def _payload(token: str) -> bytes:
    part = token.split(".")[1]
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


@pytest.mark.parametrize("alg", ["RS256", "RS384", "RS512"])
def test_a_signed_token_is_read(alg):
    said = verified(id_token(alg=alg, amr=["mfa"]))
    assert (said.issuer, said.subject, said.audience) == (ISSUER, "alice", CLIENT)
    assert said.claims["amr"] == ["mfa"]


def test_a_token_without_a_signature_is_refused():
    body = _part(json.loads(_payload(id_token())))
    for alg in ("none", "None", "NONE", ""):
        assert "signed by one of" in refusal_of(f"{_part({'alg': alg})}.{body}.")


def test_the_public_key_as_an_hmac_secret_is_refused():
    pem = (
        identity()
        .certificate.public_key()
        .public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    body = f"{_part({'alg': 'HS256', 'kid': identity().jwk.kid})}.{id_token().split('.')[1]}"
    digest = hmac.digest(pem, body.encode(), "sha256")
    forged = f"{body}.{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"
    assert "signed by one of" in refusal_of(forged)


def test_a_key_that_the_token_brings_along_is_not_used():
    mallory = identity("mallory").jwk
    header = {"alg": "RS256", "jwk": mallory.as_dict(private=False), "kid": mallory.kid}
    forged = jws.serialize_compact(header, _payload(id_token()), mallory, algorithms=["RS256"])
    assert refusal_of(forged)


def test_a_token_of_another_key_is_refused():
    assert "verify the signature" in refusal_of(id_token("mallory"))


@given(st.integers(min_value=0), st.integers(1, 127))
def test_a_token_altered_by_one_character_has_the_same_content_or_is_refused(place, by):
    raw = bytearray(id_token().encode())
    raw[place % len(raw)] ^= by
    try:
        said = verified(raw.decode())
    except (ProofRefused, ProofExpired):
        return
    assert said == verified(id_token())


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        ({"aud": "another"}, "Incorrect token audience"),
        ({"aud": None}, "Incorrect token audience"),
        ({"aud": [CLIENT], "azp": "another"}, "Incorrect token audience"),
        ({"aud": [{"a": 1}, 7]}, "Incorrect token audience"),
        ({"iss": ISSUER + "/"}, "issuer"),
        ({"iss": None}, "issuer"),
        ({"sub": None}, "Missing a required claim: sub"),
        ({"sub": ["alice"]}, "Missing a required claim: sub"),
        ({"exp": None}, "Missing a required claim: exp"),
        ({"iat": None}, "Missing a required claim: iat"),
        ({"exp": "soon"}, "exp is no time"),
        ({"exp": True}, "exp is no time"),
        ({"exp": 1e300}, "exp is no time"),
        ({"nbf": int((NOW + timedelta(hours=1)).timestamp())}, "not valid yet"),
        ({"iat": int((NOW + timedelta(hours=1)).timestamp())}, "not valid yet"),
    ],
)
def test_the_required_claims_of_a_token(claims, sentence):
    assert sentence in refusal_of(id_token(**claims))


def test_of_several_audiences_the_known_one_counts():
    assert verified(id_token(aud=["another", CLIENT])).audience == CLIENT


def test_azp_names_the_client_of_a_token():
    said = verified(id_token(aud="someone-else", azp=CLIENT))
    assert said.audience == CLIENT


def test_a_token_ends_five_minutes_after_its_expiration_to_the_second():
    """IAM user guide, *OIDC federation*: five minutes for clocks that differ."""
    ends = NOW + timedelta(hours=1, minutes=5)
    verified(id_token(), at=ends - timedelta(seconds=1))
    with pytest.raises(ProofExpired, match="must be before the expiration"):
        verified(id_token(), at=ends)


@given(
    st.text()
    | st.lists(st.binary(max_size=60), min_size=3, max_size=3).map(
        lambda parts: ".".join(base64.urlsafe_b64encode(one).decode() for one in parts)
    )
)
def test_no_text_whatever_breaks_the_reader(text):
    refusal_of(text)
    with pytest.raises(ProofRefused):
        issuer_in(text)


def test_a_payload_that_is_no_object_is_refused():
    key = identity().jwk
    for payload in (b"[]", b'"text"', b"7", b"\xff", b"[" * 100_000):
        token = jws.serialize_compact({"alg": "RS256"}, payload, key, algorithms=["RS256"])
        assert "not a valid JWT" in refusal_of(token)


def test_the_issuer_of_a_token_is_read_before_it_is_verified():
    assert issuer_in(id_token("mallory")) == ISSUER


def test_a_key_set_of_public_keys_is_kept():
    assert checked_key_set(json.dumps(identity().key_set)) == identity().key_set


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", 'no "keys"'),
        ('{"keys": []}', 'no "keys"'),
        ('{"keys": [1]}', 'no "keys"'),
        ('{"keys": [{"kty": "RSA"}]}', "cannot be read"),
        ('{"keys": [{"kty": "OKP", "crv": "Ed25519", "x": "AA"}]}', "RSA or EC"),
        ('{"keys": [{"kty": "oct", "k": "c2VjcmV0"}]}', "private key"),
    ],
)
def test_a_malformed_key_set_is_refused(text, sentence):
    with pytest.raises(BadKeySet, match=sentence):
        checked_key_set(text)


def test_private_keys_are_refused():
    private = json.dumps({"keys": [identity().jwk.as_dict(private=True)]})
    with pytest.raises(BadKeySet, match="public keys only"):
        checked_key_set(private)
