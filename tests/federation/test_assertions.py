"""A SAML response proves what its provider signed, to AWS, in time, and nothing else."""

import base64
import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from signxml.algorithms import SignatureMethod

from iam.federation import (
    Assertion,
    ProofExpired,
    ProofRefused,
    assertions,
    read_metadata,
    verify_assertion,
)
from iam.federation.xml import LARGEST, parsed
from tests.federation.documents import (
    NOW,
    RECIPIENT,
    ROLE_ATTRIBUTE,
    Response,
    encoded,
    id_token,
    metadata,
    posted,
    signed,
)

ROLE = "arn:aws:iam::123456789012:role/R,arn:aws:iam::123456789012:saml-provider/P"
GOOD = Response({ROLE_ATTRIBUTE: [ROLE]})


def verified(posted_text: str, *, at=NOW) -> Assertion:
    return verify_assertion(posted_text, read_metadata(metadata()), at)


def refusal_of(posted_text: str) -> str:
    with pytest.raises(ProofRefused) as refused:
        verified(posted_text)
    return str(refused.value)


@pytest.mark.parametrize("part", ["assertion", "response"])
def test_a_signed_assertion_or_response_is_read(part):
    said = verified(posted(GOOD, sign=part))
    assert said.subject == "alice@example.com"
    assert said.subject_type == "persistent"
    assert said.attributes == {ROLE_ATTRIBUTE: (ROLE,)}
    assert (said.audience, said.recipient) == (RECIPIENT, RECIPIENT)


def test_an_unsigned_response_is_refused():
    assert refusal_of(posted(GOOD, sign="nothing")) == "Response signature invalid"


def test_a_response_of_another_key_is_refused():
    assert refusal_of(posted(GOOD, who="mallory")) == "Response signature invalid"
    assert refusal_of(posted(GOOD, who="mallory", sign="response")) == "Response signature invalid"


def test_a_response_with_sha1_is_refused(monkeypatch):
    monkeypatch.setattr("signxml.signer.XMLSigner.check_deprecated_methods", lambda self: None)
    old = signed(GOOD.assertion(), method=SignatureMethod.RSA_SHA1)
    assert refusal_of(encoded(GOOD.wrapped(old))) == "Response signature invalid"


@given(st.integers(min_value=0), st.integers(1, 255))
def test_a_response_altered_by_one_byte_has_the_same_content_or_is_refused(place, by):
    raw = bytearray(base64.b64decode(posted(GOOD)))
    raw[place % len(raw)] ^= by
    try:
        said = verified(base64.b64encode(bytes(raw)).decode())
    except (ProofRefused, ProofExpired):
        return
    assert said == verified(posted(GOOD))


EVIL = Response({ROLE_ATTRIBUTE: ["arn:evil"]}, subject="mallory")
SIGNED = signed(GOOD.assertion())
SIGNATURE = re.search(r"<ds:Signature.*</ds:Signature>", SIGNED, re.DOTALL)


def _unsigned(document: str) -> str:
    return re.sub(r"<ds:Signature.*</ds:Signature>", "", document, flags=re.DOTALL)


def _evil_with(inside: str) -> str:
    return EVIL.assertion().replace("</saml:Assertion>", f"{inside}</saml:Assertion>")


assert SIGNATURE is not None
WRAPPINGS = {
    "evil beside signed": GOOD.wrapped(EVIL.assertion(), SIGNED),
    "signed beside evil": GOOD.wrapped(SIGNED, EVIL.assertion()),
    "signed within evil": GOOD.wrapped(_evil_with(SIGNED)),
    "signed within evil of another ID": GOOD.wrapped(
        _evil_with(SIGNED).replace('ID="_assertion"', 'ID="_evil"', 1)
    ),
    "evil without an ID around signed": GOOD.wrapped(
        _evil_with(SIGNED).replace('ID="_assertion"', "", 1)
    ),
    "the signature moved to evil": GOOD.wrapped(_evil_with(SIGNATURE[0])),
    "the signature with the signed in an Object": GOOD.wrapped(
        _evil_with(
            SIGNATURE[0].replace(
                "</ds:Signature>", f"<ds:Object>{_unsigned(SIGNED)}</ds:Object></ds:Signature>"
            )
        ).replace('ID="_assertion"', 'ID="_evil"', 1)
    ),
    "signed within the status, evil in place": GOOD.wrapped(EVIL.assertion()).replace(
        "</samlp:Status>", f"<samlp:StatusDetail>{SIGNED}</samlp:StatusDetail></samlp:Status>"
    ),
    "the response's signature over the assertion only": GOOD.wrapped(
        SIGNATURE[0], _unsigned(SIGNED), EVIL.assertion()
    ),
}


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_nothing_is_believed_that_is_wrapped_around_a_signature(wrapping):
    assert refusal_of(encoded(WRAPPINGS[wrapping]))


def test_a_comment_does_not_cut_a_name_short():
    document = base64.b64decode(posted(Response(subject="alice@example.com.evil.org"))).decode()
    cut = document.replace("alice@example.com.evil", "alice@example.com<!-- -->.evil")
    assert verified(encoded(cut)).subject == "alice@example.com.evil.org"


def test_a_document_type_is_refused():
    bomb = '<!DOCTYPE r [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;">]>' + GOOD.wrapped(SIGNED)
    assert refusal_of(encoded(bomb)) == "Response did not contain a valid SAML assertion"


@pytest.mark.parametrize(
    ("response", "sentence"),
    [
        (Response(audience="https://example.com"), "does not contain the required audience"),
        (Response(recipient="https://example.com/saml"), "recipient"),
        (Response(recipient=RECIPIENT + ".evil.org"), "recipient"),
        (Response(issuer="https://evil.example.com"), "Issuer not present in specified provider"),
        (Response(issued=NOW + timedelta(minutes=1)), "not valid yet"),
        (Response(status="urn:oasis:names:tc:SAML:2.0:status:Requester"), "valid SAML assertion"),
    ],
)
def test_a_response_for_another_audience_is_refused(response, sentence):
    assert sentence in refusal_of(posted(response))


@pytest.mark.parametrize("late", [timedelta(minutes=5), timedelta(days=1)])
def test_a_late_assertion_has_expired(late):
    with pytest.raises(ProofExpired, match="within 5 minutes of issuance"):
        verified(posted(GOOD), at=NOW + late)


def test_an_assertion_of_long_life_has_to_be_redeemed_within_five_minutes_too():
    long_lived = posted(Response(ends=NOW + timedelta(hours=8)))
    verified(long_lived, at=NOW + timedelta(minutes=5))
    with pytest.raises(ProofExpired):
        verified(long_lived, at=NOW + timedelta(minutes=5, seconds=1))


def test_the_same_assertion_may_be_used_again():
    assert verified(posted(GOOD)) == verified(posted(GOOD))


def test_the_end_of_the_session_is_returned():
    ends = NOW + timedelta(hours=2)
    assert verified(posted(Response(session_ends=ends))).session_ends == ends


@given(st.text() | st.binary().map(lambda raw: base64.b64encode(raw).decode()))
def test_no_text_whatever_breaks_the_reader(text):
    refusal_of(text)


def test_a_token_is_no_assertion():
    assert refusal_of(id_token())


@pytest.mark.parametrize("broken", ["<a/>", "<a", "", '<Response xmlns="x"/>'])
def test_other_xml_is_no_response(broken):
    assert refusal_of(encoded(broken)) == "Response did not contain a valid SAML assertion"


def test_a_response_longer_than_aws_takes_is_not_read(monkeypatch):
    whole = posted(GOOD)
    monkeypatch.setattr(assertions, "LONGEST", len(whole))
    assert verified(whole).subject == "alice@example.com"
    assert refusal_of(whole + " ") == "Response did not contain a valid SAML assertion"


def test_xml_larger_than_a_megabyte_is_refused():
    around = b"<a></a>"
    assert parsed(around[:3] + b"x" * (LARGEST - len(around)) + around[3:]).tag == "a"
    with pytest.raises(ValueError, match="larger than one megabyte"):
        parsed(around[:3] + b"x" * (LARGEST - len(around) + 1) + around[3:])
