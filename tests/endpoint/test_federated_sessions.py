"""What a session is that an identity provider vouched for: tags, keys, time, record."""

import json
import re
from base64 import b64decode
from datetime import timedelta

from iam.models import Event
from tests.endpoint.clients import keys_of, refusal
from tests.endpoint.federating import (
    HOST,
    OIDC,
    OURS,
    ROLE,
    SAML,
    SAML_TRUST,
    by_saml,
    by_token,
    real_now,
    response,
    retrust,
    token,
    trusting,
)
from tests.federation.documents import (
    posted,
)
from tests.worlds import allow


def test_tags_and_source_identity_need_actions_of_their_own(federated, sts, clients):
    tag = {f"{OURS}PrincipalTag:team": ["blue"]}
    tagged = posted(response(attributes=tag))
    named = posted(response(attributes={f"{OURS}SourceIdentity": ["alice"]}))
    assert sts.assume_role_with_saml(**by_saml(named))["SourceIdentity"] == "alice"
    only_blue = allow(
        "s3:ListAllMyBuckets", Condition={"StringEquals": {"aws:PrincipalTag/team": "blue"}}
    )
    federated.do("PutRolePolicy", RoleName="Federated", PolicyName="p", PolicyDocument=only_blue)
    blue = keys_of(sts.assume_role_with_saml(**by_saml(tagged))["Credentials"])
    clients("s3", blue).list_buckets()
    claims = {"https://aws.amazon.com/tags": {"principal_tags": {"team": ["blue"]}}}
    blue = keys_of(sts.assume_role_with_web_identity(**by_token(token(**claims)))["Credentials"])
    clients("s3", blue).list_buckets()
    plain = keys_of(sts.assume_role_with_web_identity(**by_token(token()))["Credentials"])
    assert refusal(clients("s3", plain).list_buckets)[0] == "AccessDenied"
    retrust(federated, trusting(*SAML_TRUST))
    for assertion, action in ((tagged, "TagSession"), (named, "SetSourceIdentity")):
        found = refusal(sts.assume_role_with_saml, **by_saml(assertion))
        assert found[:2] == ("AccessDenied", f"Not authorized to perform sts:{action}")


def test_policies_see_the_provider_of_the_session(federated, sts, clients):
    for condition in (
        {"StringEquals": {"aws:FederatedProvider": OIDC, f"{HOST}:sub": "alice"}},
        {"ForAnyValue:StringEquals": {f"{HOST}:amr": ["mfa"]}},
    ):
        policy = allow("s3:ListAllMyBuckets", Condition=condition)
        federated.do("PutRolePolicy", RoleName="Federated", PolicyName="p", PolicyDocument=policy)
        answer = sts.assume_role_with_web_identity(**by_token(token(amr=["pwd", "mfa"])))
        clients("s3", keys_of(answer["Credentials"])).list_buckets()
        answer = sts.assume_role_with_web_identity(**by_token(token(sub="bob")))
        stranger = clients("s3", keys_of(answer["Credentials"]))
        assert refusal(stranger.list_buckets)[0] == "AccessDenied"


def test_a_session_lives_no_longer_than_the_providers_own(federated, sts):
    ends = real_now() + timedelta(minutes=20)
    answer = sts.assume_role_with_saml(**by_saml(posted(response(session_ends=ends))))
    assert answer["Credentials"]["Expiration"] == ends
    for call, params in (
        (sts.assume_role_with_saml, by_saml(posted(response()))),
        (sts.assume_role_with_web_identity, by_token(token())),
    ):
        short = call(**params, DurationSeconds=900)["Credentials"]["Expiration"]
        assert short <= real_now() + timedelta(seconds=900)
        assert refusal(call, **params, DurationSeconds=43200) == (
            "ValidationError",
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
            400,
        )


def test_a_session_policy_limits_the_session(federated, sts, clients):
    nothing = allow("ec2:*")
    answer = sts.assume_role_with_saml(**by_saml(posted(response()), Policy=nothing))
    assert answer["PackedPolicySize"] > 0
    limited = clients("s3", keys_of(answer["Credentials"]))
    assert refusal(limited.list_buckets)[0] == "AccessDenied"


def test_a_record_shows_the_tags_and_the_source_identity_of_a_token(federated, sts):
    """IAM user guide, *Example web identity AWS STS API event*: principalTags."""
    ours = "https://aws.amazon.com"
    tags = {"principal_tags": {"Project": ["Pegasus"]}, "transitive_tag_keys": ["Project"]}
    claims = {f"{ours}/tags": tags, f"{ours}/source_identity": "alice"}
    sts.assume_role_with_web_identity(**by_token(token(**claims)))
    request = Event.in_sandbox(federated.sandbox).latest("id").record["requestParameters"]
    assert request["principalTags"] == {"Project": "Pegasus"}
    assert request["transitiveTagKeys"] == ["Project"]
    assert request["sourceIdentity"] == "alice"


def test_the_record_names_whom_the_provider_vouches_for_and_shows_no_proof(federated, sts):
    assertion, text = posted(response()), token()
    sts.assume_role_with_saml(**by_saml(assertion))
    sts.assume_role_with_web_identity(**by_token(text))
    events = Event.in_sandbox(federated.sandbox).order_by("id")
    saml, web = (one.record for one in events.filter(name__startswith="AssumeRoleWith"))
    assert saml["userIdentity"]["type"] == "SAMLUser"
    assert saml["userIdentity"]["userName"] == "alice@example.com"
    assert saml["readOnly"] is True
    assert saml["responseElements"]["assumedRoleUser"]["arn"].endswith("/alice")
    assert web["userIdentity"]["type"] == "WebIdentityUser"
    assert web["userIdentity"]["identityProvider"] == OIDC
    assert saml["requestParameters"]["roleSessionName"] == "alice"
    # IAM user guide, *Example SAML AWS STS API event*: the assertion's own ID.
    (assertion_id,) = re.findall(r'Assertion [^>]*ID="(_[^"]+)"', b64decode(assertion).decode())
    assert saml["requestParameters"]["sAMLAssertionID"] == assertion_id
    named = [(one["ARN"], one["type"]) for one in saml["resources"]]
    assert named == [(ROLE, "AWS::IAM::Role"), (SAML, "AWS::IAM::SAMLProvider")]
    assert [one["type"] for one in web["resources"]] == ["AWS::IAM::Role"]
    told = json.dumps([saml, web])
    assert assertion not in told
    assert text not in told
