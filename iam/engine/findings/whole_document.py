"""Findings about a document as a whole."""

from collections.abc import Iterator
from typing import Any

from iam import quotas
from iam.engine.document.json_text import size_without_whitespace
from iam.engine.findings.finding import UnplacedFinding, finding
from iam.engine.grammar.every_type import LATEST, statements_of
from iam.engine.grammar.policy_types import LATEST_ONLY
from iam.engine.terms import PolicyType

_QUOTAS = {
    PolicyType.IDENTITY: ("POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA", quotas.MANAGED_POLICY_SIZE),
    PolicyType.INLINE: ("POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA", quotas.ROLE_INLINE_SIZE),
    PolicyType.BOUNDARY: ("POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA", quotas.MANAGED_POLICY_SIZE),
    PolicyType.TRUST: ("POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA", quotas.TRUST_POLICY_SIZE),
    PolicyType.RESOURCE: ("POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA", 20_480),
    PolicyType.SESSION: ("POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA", 2_048),
    PolicyType.SCP: ("POLICY_SIZE_EXCEEDS_SCP_QUOTA", 5_120),
    PolicyType.RCP: ("POLICY_SIZE_EXCEEDS_RCP_QUOTA", 5_120),
}


def size_findings(text: str, policy_type: PolicyType) -> Iterator[UnplacedFinding]:
    """Find a text that is longer than its type may be."""
    code, quota = _QUOTAS[policy_type]
    size = size_without_whitespace(text)
    if size > quota:
        yield finding(code, (), size=size, quota=quota)


def document_findings(
    document: dict[str, Any], policy_type: PolicyType
) -> Iterator[UnplacedFinding]:
    """Find what is missing from a document, or repeated in it."""
    if "Version" not in document and policy_type not in LATEST_ONLY:
        hint = f'Without it 2008-10-17 applies. Add "Version": "{LATEST}".'
        yield finding("MISSING_VERSION", (), hint=hint)
    statements = list(statements_of(document))
    if policy_type is PolicyType.TRUST and not any(
        body.get("Effect") == "Allow" for _, body in statements
    ):
        yield finding("NO_ALLOW_STATEMENT", ("Statement",), at_key=True)
    if policy_type is PolicyType.RESOURCE:
        seen: set[str] = set()
        for path, body in statements:
            sid = body.get("Sid", "")
            if sid and sid in seen:
                yield finding("UNIQUE_SIDS_RECOMMENDED", (*path, "Sid"))
            seen.add(sid)
