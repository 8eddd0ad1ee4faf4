"""Roles assumed by who has no AWS credentials: by SAML assertions and ID tokens, with boto3."""

import json
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.endpoint.clients import keys_of, refusal
from tests.endpoint.federating import (
    HOST,
    OIDC,
    OIDC_TRUST,
    OURS,
    ROLE,
    SAML,
    by_saml,
    by_token,
    real_now,
    response,
    retrust,
    token,
    trusting,
)
from tests.federation.documents import (
    CLIENT,
    ISSUER,
    RECIPIENT,
    ROLE_ATTRIBUTE,
    SESSION_NAME,
    identity,
    posted,
)
from tests.worlds import ACCOUNT_ID, document, make_world


def test_an_assertion_gives_credentials_of_the_role(federated, sts, clients):
    answer = sts.assume_role_with_saml(**by_saml(posted(response())))
    assert answer["Subject"] == "alice@example.com"
    assert answer["SubjectType"] == "persistent"
    assert answer["Audience"] == RECIPIENT
    assert answer["AssumedRoleUser"]["Arn"].endswith("assumed-role/Federated/alice")
    me = clients("sts", keys_of(answer["Credentials"])).get_caller_identity()
    assert me["Arn"] == answer["AssumedRoleUser"]["Arn"]
    clients("s3", keys_of(answer["Credentials"])).list_buckets()


def test_a_token_gives_credentials_of_the_role(federated, sts, clients):
    answer = sts.assume_role_with_web_identity(**by_token(token()))
    assert answer["SubjectFromWebIdentityToken"] == "alice"
    assert (answer["Provider"], answer["Audience"]) == (OIDC, CLIENT)
    clients("s3", keys_of(answer["Credentials"])).list_buckets()


def test_an_issuer_with_a_slash_at_its_end_is_a_provider_of_its_own(federated, sts):
    """Auth0's issuers end so; the provider's ARN and its condition keys then do, too."""
    slashed = by_token(token(iss=f"{ISSUER}/"))
    with pytest.raises(ClientError, match="No OpenIDConnect provider found"):
        sts.assume_role_with_web_identity(**slashed)
    federated.do("CreateOpenIDConnectProvider", Url=f"{ISSUER}/", ClientIDList=[CLIENT])
    named = {"OpenIDConnectProviderArn": f"{OIDC}/"}
    keys = json.dumps(identity().key_set)
    federated.do("UpdateOpenIDConnectProviderKeys", **named, JsonWebKeySet=keys)
    condition = {"StringEquals": {f"{HOST}/:aud": CLIENT}}
    retrust(federated, trusting(f"{OIDC}/", "AssumeRoleWithWebIdentity", condition))
    answer = sts.assume_role_with_web_identity(**slashed)
    assert answer["Provider"] == f"{OIDC}/"
    with pytest.raises(ClientError, match="AccessDenied"):
        sts.assume_role_with_web_identity(**by_token(token()))


def test_both_may_be_signed_by_whoever_sends_them(federated, clients, admin):
    signed = clients("sts", admin)
    assert signed.assume_role_with_saml(**by_saml(posted(response())))["Subject"]
    answer = signed.assume_role_with_web_identity(**by_token(token()))
    assert answer["AssumedRoleUser"]["Arn"].endswith("/alice")


def test_the_role_and_its_provider_may_be_written_either_way_round(federated, sts):
    other_way = response(attributes={ROLE_ATTRIBUTE: [f" {SAML} , {ROLE} "]})
    assert sts.assume_role_with_saml(**by_saml(posted(other_way)))["Credentials"]


@pytest.mark.parametrize(
    ("made", "code", "sentence"),
    [
        (lambda: posted(response(), sign="nothing"), "InvalidIdentityToken", "signature invalid"),
        (lambda: posted(response(), who="mallory"), "InvalidIdentityToken", "signature invalid"),
        (lambda: "AAAA", "InvalidIdentityToken", "valid SAML assertion"),
        (
            lambda: posted(response(audience="https://example.com")),
            "InvalidIdentityToken",
            "required audience",
        ),
        (
            lambda: posted(response(issued=real_now() - timedelta(minutes=6))),
            "ExpiredTokenException",
            "Token must be redeemed within 5 minutes of issuance",
        ),
        (
            lambda: posted(response(attributes={ROLE_ATTRIBUTE: [f"{ROLE}x,{SAML}"]})),
            "InvalidIdentityToken",
            "doesn't contain the requested Role",
        ),
        (
            lambda: posted(response(attributes={SESSION_NAME: []})),
            "InvalidIdentityToken",
            "RoleSessionName is required in AuthnResponse",
        ),
        (
            lambda: posted(response(attributes={SESSION_NAME: ["a b"]})),
            "InvalidIdentityToken",
            "RoleSessionName in AuthnResponse must match",
        ),
        (
            lambda: posted(response(attributes={f"{OURS}SourceIdentity": ["aws:x"]})),
            "InvalidIdentityToken",
            "Source Identity must match",
        ),
    ],
)
def test_an_assertion_that_proves_nothing_is_refused(federated, sts, made, code, sentence):
    found = refusal(sts.assume_role_with_saml, **by_saml(made()))
    assert found[0] == code
    assert sentence in found[1]
    assert found[2] == 400


@pytest.mark.parametrize(
    ("claims", "code", "sentence"),
    [
        ({"aud": "another"}, "InvalidIdentityToken", "Incorrect token audience"),
        (
            {"iss": "https://evil.example.com"},
            "InvalidIdentityToken",
            "No OpenIDConnect provider found in your account for https://evil.example.com",
        ),
        ({"iss": f"http://{HOST}"}, "InvalidIdentityToken", "No OpenIDConnect provider found"),
        ({"iat": 1, "exp": 2}, "ExpiredTokenException", "Token expired"),
        ({"https://aws.amazon.com/tags": 7}, "InvalidIdentityToken", "tags"),
        ({"https://aws.amazon.com/source_identity": 7}, "InvalidIdentityToken", "Source Identity"),
        ({"sub": "a\0b"}, "InvalidIdentityToken", "sub"),
    ],
)
def test_a_token_that_proves_nothing_is_refused(federated, sts, claims, code, sentence):
    found = refusal(sts.assume_role_with_web_identity, **by_token(token(**claims)))
    assert found[0] == code
    assert sentence in found[1]


def test_a_provider_without_keys_vouches_for_nobody(federated, sts):
    federated.do("UpdateOpenIDConnectProviderKeys", OpenIDConnectProviderArn=OIDC)
    code, message, _ = refusal(sts.assume_role_with_web_identity, **by_token(token()))
    assert code == "InvalidIdentityToken"
    assert message.startswith("Couldn't retrieve verification key from your identity provider")


def test_an_access_token_of_another_kind_of_provider_cannot_be_asked_about(federated, sts):
    asked = by_token("opaque", ProviderId="www.amazon.com")
    assert refusal(sts.assume_role_with_web_identity, **asked)[0] == "IDPCommunicationError"


def test_a_provider_that_is_gone_vouches_for_nobody(federated, sts):
    federated.do("DeleteSAMLProvider", SAMLProviderArn=SAML)
    found = refusal(sts.assume_role_with_saml, **by_saml(posted(response())))
    assert found[:2] == ("InvalidIdentityToken", "Specified provider doesn't exist")


@pytest.mark.parametrize(
    ("trust", "call"),
    [
        ((SAML, "AssumeRoleWithSAML", {"StringEquals": {"saml:sub": "bob"}}), "saml"),
        ((SAML, "AssumeRoleWithWebIdentity", {}), "saml"),
        ((OIDC, "AssumeRoleWithWebIdentity", {"StringEquals": {f"{HOST}:sub": "bob"}}), "token"),
        ((SAML, "AssumeRoleWithSAML", {}), "token"),
    ],
)
def test_the_trust_policy_decides(federated, sts, trust, call):
    retrust(federated, trusting(*trust))
    if call == "saml":
        found = refusal(sts.assume_role_with_saml, **by_saml(posted(response())))
        assert found == ("AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML", 403)
    else:
        found = refusal(sts.assume_role_with_web_identity, **by_token(token()))
        message = "Not authorized to perform sts:AssumeRoleWithWebIdentity"
        assert found == ("AccessDenied", message, 403)


def test_a_role_that_trusts_the_account_lets_no_provider_in(federated, sts):
    root = {"AWS": f"arn:aws:iam::{ACCOUNT_ID}:root"}
    actions = ["sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"]
    retrust(federated, document({"Effect": "Allow", "Principal": root, "Action": actions}))
    assert refusal(sts.assume_role_with_saml, **by_saml(posted(response())))[0] == "AccessDenied"
    found = refusal(sts.assume_role_with_web_identity, **by_token(token()))
    assert found[0] == "AccessDenied"


def test_an_account_that_is_not_here_lets_nobody_in(db, sts):
    elsewhere = by_token(token(), RoleArn="arn:aws:iam::111122223333:role/R")
    assert refusal(sts.assume_role_with_web_identity, **elsewhere) == (
        "AccessDenied",
        "Not authorized to perform sts:AssumeRoleWithWebIdentity",
        403,
    )


def test_a_provider_of_another_sandbox_vouches_for_nobody_here(federated, sts):
    other = make_world("bob", "210987654321")
    other.do("CreateRole", RoleName="Federated", AssumeRolePolicyDocument=trusting(*OIDC_TRUST))
    theirs = by_token(token(), RoleArn="arn:aws:iam::210987654321:role/Federated")
    code, message, _ = refusal(sts.assume_role_with_web_identity, **theirs)
    assert code == "InvalidIdentityToken"
    assert "No OpenIDConnect provider found in your account" in message


def test_other_operations_refuse_an_unsigned_request(federated, sts):
    assert refusal(sts.get_caller_identity)[0] == "MissingAuthenticationToken"


@settings(suppress_health_check=list(HealthCheck), max_examples=60)
@given(text=st.text(min_size=4, max_size=200))
def test_no_text_whatever_is_more_than_refused(federated, sts, text):
    for call, params in (
        (sts.assume_role_with_saml, by_saml(text)),
        (sts.assume_role_with_web_identity, by_token(text)),
    ):
        with pytest.raises(ClientError) as refused:
            call(**params)
        assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


@pytest.mark.parametrize("account_id", ["\0", "12345678901\0", "x" * 12, ""])
def test_a_role_of_no_account_is_refused_as_one_of_an_unknown_account(db, sts, account_id):
    asked = {"RoleSessionName": "session", "WebIdentityToken": "token"}
    codes = {
        refusal(sts.assume_role_with_web_identity, RoleArn=f"arn:aws:iam::{one}:role/x", **asked)
        for one in (account_id, "999999999999")
    }
    assert {code for code, _, _ in codes} == {"AccessDenied"}
