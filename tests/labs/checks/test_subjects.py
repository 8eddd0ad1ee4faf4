"""One grammar of who is meant, in checks and in steps: both mean the same."""

import json
from datetime import timedelta

import pytest

from console.labs.checks.subjects import subject_of
from console.labs.trials.steps import perform_step
from tests.labs.checks.labs import ADMINISTRATOR, allow, lab_of, policy, trial_of, trust

pytestmark = pytest.mark.django_db

ANYBODY = {"AWS": ["{you}", "{other}"]}
BY_SAML = {"Federated": "arn:aws:iam::{you}:saml-provider/Corp"}
BY_OIDC = {"Federated": "arn:aws:iam::{you}:oidc-provider/{issuer}"}
EVERY = ("sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity")
WORLD = {
    "accounts": {"you": {}, "other": {}},
    "identity_provider": {
        "people": [{"name": "alice", "email": "alice@example.com", "groups": ["staff"]}],
        "roles": [
            {
                "group": "staff",
                "role": "arn:aws:iam::{you}:role/Sso",
                "provider": "arn:aws:iam::{you}:saml-provider/Corp",
            }
        ],
    },
    "saml_providers": [{"account": "you", "name": "Corp"}, {"account": "you", "name": "Old"}],
    "oidc_providers": [{"account": "you", "client_ids": ["ci"]}],
    "users": [
        {"account": "you", "name": "admin", "managed": [ADMINISTRATOR], "access_keys": ["auto"]},
        {"account": "you", "name": "dev", "inline": {"a": policy(allow("sts:*"))}},
        {"account": "other", "name": "dev", "inline": {"a": policy(allow("sts:*"))}},
    ],
    "roles": [
        {
            "account": "you",
            "name": "Hop",
            "path": "/app/",
            "trust": trust(ANYBODY, *EVERY),
            "inline": {"a": policy(allow("sts:*"))},
        },
        {"account": "other", "name": "Target", "trust": trust(ANYBODY, *EVERY)},
        {
            "account": "you",
            "name": "Guarded",
            "trust": trust(
                ANYBODY,
                Condition={
                    "Bool": {"aws:MultiFactorAuthPresent": "true"},
                    "StringEquals": {"sts:ExternalId": "ours"},
                    "IpAddress": {"aws:SourceIp": "198.51.100.0/24"},
                },
            ),
        },
        {"account": "you", "name": "App", "trust": trust({"Service": "ec2.amazonaws.com"})},
        {
            "account": "you",
            "name": "Sso",
            "trust": trust(BY_SAML, "sts:AssumeRoleWithSAML", "sts:TagSession"),
        },
        {
            "account": "you",
            "name": "Ci",
            "trust": trust(
                BY_OIDC,
                "sts:AssumeRoleWithWebIdentity",
                Condition={"StringEquals": {"{issuer}:sub": "repo:acme/app"}},
            ),
        },
    ],
}
SENT = {
    "tags": {"team": "red"},
    "transitive": ["team"],
    "source_identity": "dev",
    "policy": policy(allow("s3:*")),
}

SUBJECTS = [
    ("you/dev", "user dev of your account", "user/dev"),
    ("other/dev", "user dev of account other", "user/dev"),
    ({"root": "other"}, "root user of account other", ":root"),
    ({"user": "you/dev", "mfa": True}, "user dev of your account with MFA", "user/dev"),
    (
        {"chain": ["you/dev", "you/Hop"]},
        "user dev of your account as Hop",
        "assumed-role/Hop/rolecall-probe",
    ),
    (
        {"chain": ["you/dev", "you/Hop", "other/Target"], **SENT, "session_name": "me"},
        "user dev of your account as Hop as Target with the session tags team = red, which stay "
        "along the chain, with the source identity dev, with a session policy, under the name me",
        "assumed-role/Target/me",
    ),
    (
        {"chain": ["you/dev", {"role": "you/Hop", "tags": {"a": "b"}}, "other/Target"]},
        "user dev of your account as Hop as Target",
        "assumed-role/Target/rolecall-probe",
    ),
    (
        {
            "chain": ["you/dev", "you/Guarded"],
            "mfa": True,
            "external_id": "ours",
            "source_ip": "198.51.100.9",
        },
        "user dev of your account as Guarded with the external ID ours with MFA, from 198.51.100.9",
        "assumed-role/Guarded/rolecall-probe",
    ),
    (
        {"chain": [{"service": "ec2.amazonaws.com", "source_account": "you"}, "you/App"]},
        "ec2.amazonaws.com on behalf of your account as App",
        "assumed-role/App/rolecall-probe",
    ),
    (
        {"person": "alice", "via": "saml", "role": "you/Sso", "tags": {"team": "red"}},
        "alice as Sso with the session tags team = red",
        "assumed-role/Sso/alice",
    ),
    (
        {"person": "alice", "via": "oidc", "role": "you/Ci", "claims": {"sub": "repo:acme/app"}},
        "alice as Ci, whose sub is repo:acme/app,",
        "assumed-role/Ci/rolecall-probe",
    ),
    (
        {"chain": [{"person": "alice", "via": "saml"}, "you/Sso"]},
        "alice as Sso",
        "assumed-role/Sso/alice",
    ),
    ({"session_token": "you/dev"}, "user dev of your account with a session token", "user/dev"),
    (
        {"federated": "guest", "by": "you/dev", "policy": policy(allow("s3:*"))},
        "the federated user guest with a session policy",
        "federated-user/guest",
    ),
    (
        {"chain": ["you/dev", "you/Hop"], "policy_arns": ["arn:aws:iam::aws:policy/IAMFullAccess"]},
        "user dev of your account as Hop with the session policy IAMFullAccess",
        "assumed-role/Hop/rolecall-probe",
    ),
    ({"credentials": "key"}, "the session key", "user/dev"),
    ({"credentials": "session"}, "the session session", "assumed-role/Hop/saved"),
]
SAVING = (
    {"call": {"iam:CreateAccessKey": {"UserName": "dev"}}, "save": "key"},
    {
        "as": "you/dev",
        "call": {
            "sts:AssumeRole": {
                "RoleArn": "arn:aws:iam::{you}:role/app/Hop",
                "RoleSessionName": "saved",
            }
        },
        "save": "session",
    },
)
CHECK = {"name": "checked", "can": {"as": "you/dev", "action": "s3:GetObject", "resource": "*"}}


@pytest.fixture
def trial(tmp_path):
    return trial_of(lab_of(tmp_path, WORLD, CHECK), *SAVING)


@pytest.mark.parametrize(("who", "called", "arn"), SUBJECTS, ids=str)
def test_a_check_and_a_step_mean_the_same(trial, who, called, arn):
    subject = subject_of(trial.case(), {"as": who}, {})
    step = {"as": who, "call": {"sts:GetCallerIdentity": {}}, "save": "identity"}

    perform_step(trial, step, "you/admin")

    assert subject.missing == ""
    assert subject.called == called
    assert subject.principal is not None
    assert subject.principal.caller.arn.endswith(arn)
    assert trial.refused == []
    assert trial.saved["identity"]["Arn"] == subject.principal.caller.arn


NOBODY = [
    ({"chain": ["you/dev", "{reader}"]}, "There is no role."),
    ("you/nobody", "There is no you/nobody."),
    ({"root": "nowhere"}, "There is no account nowhere."),
    ({"chain": ["you/dev", "you/App"]}, "user dev of your account gets no session of App"),
    ({"chain": ["you/dev", "you/Guarded"], "external_id": "ours"}, "no session of Guarded"),
    (
        {"chain": ["you/dev", "you/None", "you/Hop"]},
        "user dev of your account gets no session of None",
    ),
    # A session tag that is transitive cannot be set again along the chain.
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
    (
        {
            "chain": [
                "you/dev",
                {"role": "you/Hop", "tags": {"a": "b"}, "transitive": ["a"]},
                {"role": "other/Target", "tags": {"a": "c"}},
            ]
        },
        "user dev of your account as Hop gets no session of Target",
    ),
    ({"person": "bob", "via": "saml", "role": "you/Sso"}, "bob gets no session of Sso"),
    ({"person": "alice", "via": "oidc", "role": "you/Ci"}, "alice gets no session of Ci"),
    (
        {"person": "alice", "via": "saml", "role": "you/Sso", "provider": "Old"},
        "alice gets no session of Sso",
    ),
    ({"credentials": "nothing"}, "The credentials nothing are dead"),
]


@pytest.mark.parametrize(("who", "missing"), NOBODY, ids=str)
def test_where_there_is_nobody_both_say_so(trial, who, missing):
    subject = subject_of(trial.case(), {"as": who}, {})
    step = {"as": who, "call": {"sts:GetCallerIdentity": {}}}

    perform_step(trial, step, "you/admin")

    assert subject.principal is None
    assert missing in subject.missing
    assert len(trial.refused) == 1


def test_a_session_of_a_chain_has_what_the_calls_carried(trial):
    who = {"chain": ["you/dev", "you/Hop", "other/Target"], **SENT}
    subject = subject_of(trial.case(), {"as": who}, {})

    assert subject.principal is not None
    caller = subject.principal.caller
    assert (caller.session_tags, caller.source_identity) == ({"team": "red"}, "dev")
    assert [json.loads(one) for one in caller.session_policies] == [SENT["policy"]]


def test_the_second_factor_of_a_way_in_is_not_the_sessions_own(trial):
    who = {"chain": ["you/dev", "you/Guarded"], "external_id": "ours"}
    asks = {"as": who, "mfa": True, "source_ip": "198.51.100.9", "at": "+2h"}
    subject = subject_of(trial.case(), asks, {})

    assert subject.principal is not None
    now = subject.circumstances
    assert (now.mfa, now.source_ip) == (False, "198.51.100.9")
    assert now.at is not None


def test_saved_credentials_die_with_their_key_and_a_session_when_it_ends(trial):
    case = trial.case()
    asks = {"as": {"credentials": "session", "ends": True}}
    assert subject_of(case, asks, {}).principal
    trial.sandbox.clock_offset += timedelta(hours=2)
    trial.sandbox.save()
    assert subject_of(trial.case(), {"as": {"credentials": "session"}}, {}).principal
    ended = subject_of(trial.case(), asks, {})
    assert ended.principal is None
    assert "expired" in ended.missing

    key = "{key.AccessKey.AccessKeyId}"
    off = {"iam:UpdateAccessKey": {"UserName": "dev", "AccessKeyId": key, "Status": "Inactive"}}
    perform_step(trial, {"call": off}, "you/admin")
    assert subject_of(trial.case(), {"as": {"credentials": "key"}}, {}).principal is None
