"""Hypothesis strategies: small worlds of documents and requests in which statements often meet."""

import json
from typing import Any

from hypothesis import strategies as st

from iam.engine import LayeredPolicies, PolicySource, Principal, Request, parse_policy

ACCOUNT = "111122223333"
USER = Principal("user", ACCOUNT, f"arn:aws:iam::{ACCOUNT}:user/u", "AIDAU")
SESSION = Principal(
    "role",
    ACCOUNT,
    f"arn:aws:sts::{ACCOUNT}:assumed-role/R/s",
    "AROAR:s",
    role_arn=f"arn:aws:iam::{ACCOUNT}:role/R",
    role_id="AROAR",
)
PRINCIPALS = [
    USER,
    SESSION,
    Principal("root", ACCOUNT, f"arn:aws:iam::{ACCOUNT}:root"),
    Principal("user", "444455556666", "arn:aws:iam::444455556666:user/x"),
    Principal("service", arn="ec2.amazonaws.com", services=("ec2.amazonaws.com",)),
    Principal("anonymous"),
]

_actions = st.sampled_from(["s3:GetObject", "s3:PutObject", "s3:*", "s3:Get*", "*", "iam:*"])
_resources = st.sampled_from(
    [
        "*",
        "arn:aws:s3:::b/*",
        "arn:aws:s3:::b/k",
        "arn:aws:s3:::c/*",
        "arn:aws:s3:::${aws:username}/*",
    ]
)
_named = st.sampled_from(
    ["*", {"AWS": ACCOUNT}, {"AWS": USER.arn}, {"AWS": SESSION.role_arn}, {"AWS": SESSION.arn},
     {"Service": "ec2.amazonaws.com"}, {"AWS": [USER.arn, ACCOUNT], "Service": []}]
)  # fmt: skip
_conditions = st.sampled_from(
    [{}, {"StringEquals": {"aws:username": "u"}}, {"Bool": {"aws:SecureTransport": "true"}},
     {"Null": {"aws:username": "true"}}, {"StringNotLike": {"aws:username": "v*"}},
     {"ForAllValues:StringEquals": {"aws:TagKeys": ["a"]}},
     {"ForAnyValue:StringLike": {"aws:TagKeys": ["a*", "${aws:username}"]}},
     {"NumericLessThan": {"s3:max-keys": [5, "10"]}, "StringEqualsIfExists": {"aws:username": "v"}},
     {"DateGreaterThan": {"aws:CurrentTime": "2026-01-01"}},
     {"NotIpAddress": {"aws:SourceIp": ["10.0.0.0/8", "2001:db8::/32"]}},
     {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:user/${aws:username, 'u'}"}},
     {"BinaryEquals": {"svc:blob": "QQ=="}}, {"StringEquals": {"aws:username": []}}]
)  # fmt: skip


@st.composite
def statements(draw: st.DrawFn, *, resource_policy: bool = False) -> dict[str, Any]:
    """One statement of an identity or a resource policy."""
    body: dict[str, Any] = {
        "Effect": draw(st.sampled_from(["Allow", "Deny"])),
        draw(st.sampled_from(["Action", "Action", "NotAction"])): draw(
            st.lists(_actions, min_size=1, max_size=3)
        ),
        draw(st.sampled_from(["Resource", "Resource", "NotResource"])): draw(
            st.lists(_resources, min_size=1, max_size=2)
        ),
        "Condition": draw(_conditions),
    }
    if resource_policy:
        left_out = body["Effect"] == "Deny" and draw(st.booleans())
        body["NotPrincipal" if left_out else "Principal"] = draw(_named)
    return body


def source(bodies: list[dict[str, Any]], name: str = "p") -> PolicySource:
    """A source of some statements."""
    return PolicySource(
        parse_policy(json.dumps({"Version": "2012-10-17", "Statement": bodies})), name
    )


identity_statements = st.lists(statements(), max_size=4)
resource_statements = st.lists(statements(resource_policy=True), max_size=3)
identity_sources = st.lists(identity_statements.map(source), max_size=3).map(tuple)
sources = identity_statements.map(source)
requests = st.builds(
    Request,
    principal=st.sampled_from(PRINCIPALS),
    action=st.sampled_from(["s3:GetObject", "s3:PutObject", "iam:GetUser"]),
    resource=st.sampled_from(["*", "arn:aws:s3:::b/k", "arn:aws:s3:::u/k"]),
    resource_account=st.sampled_from([ACCOUNT, "444455556666"]),
    context=st.fixed_dictionaries(
        {},
        optional={
            "aws:username": st.sampled_from(["u", "v", "*"]),
            "aws:SecureTransport": st.sampled_from(["true", "false"]),
            "aws:TagKeys": st.lists(st.sampled_from(["a", "b"]), max_size=2).map(tuple),
            "aws:CurrentTime": st.sampled_from(["2025-12-31", "1767312000"]),
            "aws:SourceIp": st.sampled_from(["10.0.0.1", "192.0.2.1", "odd"]),
            "aws:PrincipalArn": st.sampled_from([USER.arn, SESSION.role_arn]),
            "s3:max-keys": st.sampled_from(["7", "x"]),
        },
    ),
)
policies = st.builds(
    LayeredPolicies,
    identity=identity_sources,
    resource=st.none() | resource_statements.map(source),
    trust=st.booleans(),
    boundary=st.none() | sources,
    session=st.lists(sources, max_size=2).map(tuple),
    scps=st.lists(st.lists(sources, max_size=2).map(tuple), max_size=2).map(tuple),
)
