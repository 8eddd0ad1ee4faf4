"""The help topics: titles, groups, what to read next. Their texts are in `templates/help/`."""

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from django.template.loader import get_template

from console.ui.search import matches

_TITLES: dict[str, tuple[str, tuple[str, ...]]] = {
    "access-analyzer": ("Access Analyzer", ("access-map", "trust-policy", "cross-account")),
    "access-keys": ("Access keys", ("temporary-credentials", "role")),
    "access-map": ("The access map", ("policy-simulator", "escalation", "trust-policy")),
    "access-changes": (
        "The access map before and after a change",
        ("access-map", "trust-policy", "policy-simulator"),
    ),
    "access-levels": ("Access levels", ("sts-actions", "over-permissive-wildcard")),
    "account-alias": ("The account alias", ("sign-in", "switch-role")),
    "account-root": ("What :root means in a policy", ("trust-policy", "root-user")),
    "api": ("The API, for programs of yours", ("teaching", "two-logins")),
    "authenticator": ("The authenticator of Rolecall", ("mfa",)),
    "block-public-access": ("Block Public Access", ("bucket-policy",)),
    "bucket-names": ("Names of buckets", ("s3-buckets",)),
    "bucket-policy": ("Bucket policies", ("cross-account", "implicit-and-explicit-deny")),
    "built-in-provider": (
        "The identity provider of the sandbox",
        ("identity-providers", "federation"),
    ),
    "console": ("How this console works", ("notes-vs-aws", "why", "two-logins")),
    "cross-account": ("Cross-account access", ("bucket-policy", "trust-policy", "external-id")),
    "cross-account-buckets": ("Buckets of another account", ("bucket-policy", "cross-account")),
    "display-name": ("Display name and color", ("switch-role",)),
    "effective-permissions": (
        "Effective permissions",
        ("permissions-boundary", "organizations", "policy-simulator"),
    ),
    "escalation": ("Becoming administrator", ("access-map", "permissions-boundary")),
    "event-history": (
        "Event history",
        ("event-timeline", "read-only-events", "event-record", "trails"),
    ),
    "event-timeline": ("The event timeline", ("event-history", "why")),
    "event-record": ("The event record", ("event-history",)),
    "external-id": ("External ID", ("cross-account", "switch-role")),
    "fourth-document": ("The fourth trust policy of the notes", ("notes", "notes-vs-aws")),
    "federation-picture": (
        "From the provider into the role",
        ("federation", "trust-policy", "identity-providers"),
    ),
    "federation": (
        "Signing in without an IAM user",
        ("identity-providers", "built-in-provider", "temporary-credentials"),
    ),
    "identity-providers": ("Identity providers", ("federation", "trust-policy")),
    "iam": ("Identity and Access Management", ("role", "policies", "iam-user")),
    "implicit-and-explicit-deny": ("Implicit and explicit deny", ("why", "policies")),
    "inline-policy": ("Inline policies", ("managed-policy",)),
    "managed-policy": ("Managed policies", ("inline-policy", "policies")),
    "mfa": ("Multi-factor authentication", ("require-mfa", "authenticator")),
    "password-policy": ("Password policies", ("iam-user", "mfa")),
    "notes": ("The documents of the course notes", ("fourth-document", "notes-vs-aws")),
    "notes-vs-aws": ("Where the course notes and AWS differ", ("notes",)),
    "organizations": (
        "Organizations and control policies",
        ("implicit-and-explicit-deny", "permissions-boundary"),
    ),
    "over-permissive-wildcard": ("The warning about *", ("star-in-sts-policy",)),
    "permissions-boundary": ("Permissions boundaries", ("policies",)),
    "policies": ("Policies", ("managed-policy", "inline-policy", "implicit-and-explicit-deny")),
    "policy-document": ("Policy documents", ("policies", "request-conditions")),
    "policy-on-role-not-user": ("Whom the wizard's policy is attached to", ("role",)),
    "policy-simulator": ("The policy simulator", ("access-map", "implicit-and-explicit-deny")),
    "policy-summary": ("The policy summary", ("access-levels",)),
    "policy-versions": ("Versions of a policy", ("managed-policy",)),
    "privacy": ("What is stored, and for how long", ("teaching", "two-logins")),
    "read-only-events": ("Read-only events", ("event-history",)),
    "request-conditions": ("Request conditions", ("require-mfa", "policies")),
    "require-mfa": ("Require MFA", ("request-conditions", "trust-policy")),
    "revoke-sessions": ("Revoking sessions", ("session-duration", "temporary-credentials")),
    "role": ("Roles", ("trust-policy", "switch-role", "temporary-credentials")),
    "root-user": ("The root user", ("account-root",)),
    "ec2-instances": ("Instances and their role", ("role", "trust-policy")),
    "lambda-functions": ("Functions and their role", ("role", "trust-policy", "ec2-instances")),
    "s3": ("S3 in Rolecall", ("s3-buckets", "bucket-policy")),
    "s3-buckets": ("Buckets", ("cross-account-buckets", "bucket-policy")),
    "s3-objects": ("Objects", ("bucket-policy",)),
    "sandbox-clock": ("The sandbox's clock", ("session-duration", "start-again")),
    "session-timeline": (
        "The session timeline",
        ("session-duration", "temporary-credentials", "event-timeline"),
    ),
    "session-duration": ("How long a session lasts", ("sandbox-clock", "switch-role")),
    "sign-in": ("Signing in", ("two-logins", "root-user")),
    "signing-certificates": (
        "Signing certificates and SSH public keys",
        ("access-keys", "iam-user"),
    ),
    "star-in-sts-policy": ("* in an STS policy", ("account-root", "over-permissive-wildcard")),
    "start-again": ("Start again", ("sandbox-clock",)),
    "sts-regions": ("Endpoints of STS", ("temporary-credentials", "sts-actions")),
    "sts-actions": ("The actions of STS", ("temporary-credentials", "access-levels")),
    "switch-role": ("Switching roles", ("role", "trust-policy", "session-duration")),
    "tags": ("Tags", ("request-conditions",)),
    "teaching": ("Teaching with Rolecall", ("api", "privacy", "two-logins")),
    "temporary-credentials": ("Temporary credentials", ("session-duration", "role")),
    "trails": ("Trails", ("event-history", "bucket-policy", "sandbox-clock")),
    "trust-policy": ("Trust policies", ("account-root", "user3-is-not-user3", "cross-account")),
    "two-logins": ("Two logins", ("sign-in",)),
    "iam-user": ("IAM users", ("user-group", "role")),
    "user-group": ("User groups", ("iam-user",)),
    "user3-is-not-user3": ("User3 is not user3", ("trust-policy",)),
    "why": ("Why?", ("implicit-and-explicit-deny",)),
}

_GROUPS = {
    "Start here": "console why sign-in two-logins iam",
    "The course notes": (
        "notes notes-vs-aws fourth-document policy-on-role-not-user user3-is-not-user3"
    ),
    "Roles and STS": (
        "role trust-policy switch-role display-name session-duration session-timeline "
        "revoke-sessions cross-account account-root external-id temporary-credentials sts-actions "
        "star-in-sts-policy sts-regions"
    ),
    "Policies": (
        "policies policy-document implicit-and-explicit-deny managed-policy inline-policy "
        "policy-versions policy-summary access-levels over-permissive-wildcard request-conditions "
        "permissions-boundary effective-permissions organizations tags policy-simulator "
        "access-map access-changes access-analyzer escalation"
    ),
    "Users and credentials": (
        "iam-user user-group root-user account-alias password-policy access-keys "
        "signing-certificates mfa require-mfa authenticator"
    ),
    "Federation": "federation federation-picture identity-providers built-in-provider",
    "S3, EC2, Lambda and CloudTrail": (
        "s3 s3-buckets s3-objects bucket-names bucket-policy block-public-access "
        "cross-account-buckets ec2-instances lambda-functions event-history event-timeline "
        "event-record read-only-events trails"
    ),
    "Rolecall": "sandbox-clock start-again teaching api privacy",
}


@dataclass(frozen=True)
class Topic:
    """One topic of the help."""

    slug: str
    title: str
    related_slugs: tuple[str, ...] = ()

    @property
    def template(self) -> str:
        return f"help/{self.slug}.html"

    @property
    def related(self) -> list["Topic"]:
        return [TOPICS[slug] for slug in self.related_slugs]


TOPICS = {slug: Topic(slug, title, related) for slug, (title, related) in _TITLES.items()}


@dataclass(frozen=True)
class TopicGroup:
    """Topics about one subject."""

    title: str
    topics: tuple[Topic, ...]


@lru_cache
def _words_of(topic: Topic) -> str:
    source: str = get_template(topic.template).template.source  # type: ignore[attr-defined]
    return f"{topic.title} {unescape(re.sub(r'<[^>]+>|{[%{].*?[%}]}', ' ', source))}"


def topic_groups(query: str = "") -> list[TopicGroup]:
    """Return the groups of topics in reading order; with a query, of those that have its words."""
    grouped = {title: slugs.split() for title, slugs in _GROUPS.items()}
    named = {slug for slugs in grouped.values() for slug in slugs}
    grouped["More"] = [slug for slug in TOPICS if slug not in named]
    groups = []
    for title, slugs in grouped.items():
        topics = [TOPICS[slug] for slug in slugs]
        found = [one for one in topics if all(matches(_words_of(one), w) for w in query.split())]
        if found:
            groups.append(TopicGroup(title, tuple(found)))
    return groups
