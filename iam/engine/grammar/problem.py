"""One thing that AWS refuses in a document, and AWS's sentence for it."""

from dataclasses import dataclass

from iam.engine.document.json_text import SYNTAX
from iam.engine.document.places import Path
from iam.engine.terms import PolicyType


@dataclass(frozen=True, slots=True)
class Problem:
    """A refusal: Access Analyzer's issue code, our detail, and where (`key`: at the key)."""

    issue: str
    detail: str
    path: Path
    key: bool = False
    value: str = ""
    """What the sentence quotes."""

    @property
    def phase(self) -> int:
        """When IAM looks for it: of several problems, IAM reports the earliest phase's first."""
        return _PHASES.get(self.issue, 0)

    def sentence(self, policy_type: PolicyType | None) -> str:
        """AWS's sentence when a policy of this type is saved."""
        special = (
            _FIELDS
            if policy_type in {PolicyType.TRUST, PolicyType.RESOURCE, PolicyType.RCP}
            else {}
        )
        text = _BY_TYPE.get((policy_type, self.issue)) or special.get(self.issue)
        return (text or _SENTENCES.get(self.issue, SYNTAX)).replace("{}", self.value)


_SENTENCES = {
    "MISSING_ACTION": "Policy statement must contain actions.",
    "MISSING_RESOURCE": "Policy statement must contain resources.",
    "MISSING_PRINCIPAL": "Missing required field Principal",
    "EMPTY_PRINCIPAL": "Missing required field Principal cannot be empty!",
    "UNSUPPORTED_PRINCIPAL": "Policy document should not specify a principal.",
    "INVALID_PRINCIPAL": "Invalid principal in policy: {}",
    "INVALID_FEDERATED_PRINCIPAL": (
        "Federated principals must be valid domain names or SAML metadata ARNs"
    ),
    "MISSING_VERSION": "Policy document must be version 2012-10-17 or greater.",
    "OLD_VERSION": "Policy document must be version 2012-10-17 or greater.",
    "UNIQUE_SIDS_REQUIRED": "Statement IDs (SID) in a single policy must be unique.",
    "INVALID_SID": (
        "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular "
        "expression [0-9A-Za-z]*"
    ),
    "MISSING_PREFIX": (
        "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."
    ),
    "TOO_MANY_COLONS": "Actions/Condition can contain only one colon.",
    "INVALID_VENDOR": "Vendor {} is not valid",
    "INVALID_ARN_PREFIX": 'Resource {} must be in ARN format or "*".',
    "LEGACY_ARN": "The policy failed legacy parsing",
    "LEGACY_ACCOUNT": "The policy failed legacy parsing",
    "LEGACY_DATE": "The policy failed legacy parsing",
    "ARN_REGION_NOT_ALLOWED": "{}",
    "INVALID_ARN_RESOURCE": "{}",
    "SHARED_PROVIDER": "{}",
    "INVALID_PARTITION": "Partition {}.",
    "INVALID_ARN_VENDOR": "Resource vendor must be fully qualified and cannot contain regexes.",
    "INVALID_EFFECT_CASE": "The policy failed legacy parsing",
    "ALLOW_WITH_NOT_PRINCIPAL": "Allow with NotPrincipal is not allowed.",
    "TRUST_NOT_PRINCIPAL": "AssumeRole policy must not contain NotPrincipal field.",
    "TRUST_RESOURCE": "Has prohibited field Resource",
    "TRUST_ACTION": "AssumeRole policy may only specify STS AssumeRole actions.",
    **dict.fromkeys(
        ("RCP_ALLOW", "RCP_PRINCIPAL", "RCP_NOTACTION", "RCP_ACTION"),
        "The provided policy document does not meet the requirements of the specified policy type.",
    ),
}
_FIELDS = {
    "MISSING_ACTION": "Missing required field Action",
    "MISSING_RESOURCE": "Missing required field Resource",
    "MISSING_EFFECT": "Missing required field Effect",
    "MISSING_STATEMENT": "Missing required field Statement",
}
_BY_TYPE: dict[tuple[PolicyType | None, str], str] = {
    (PolicyType.TRUST, "JSON_SYNTAX_ERROR"): "This policy contains invalid Json",
    (PolicyType.RESOURCE, "JSON_SYNTAX_ERROR"): (
        "Policies must be valid JSON and the first byte must be '{'"
    ),
}
_PHASES = {
    issue: number
    for number, issues in enumerate((
        (),
        ("MISSING_VERSION", "OLD_VERSION"),
        ("INVALID_EFFECT_CASE", "LEGACY_ARN", "LEGACY_ACCOUNT", "LEGACY_DATE"),
        ("UNIQUE_SIDS_REQUIRED", "INVALID_SID"),
        ("MISSING_ACTION",),
        ("INVALID_ARN_PREFIX", "INVALID_PARTITION", "INVALID_ARN_VENDOR",
         "ARN_REGION_NOT_ALLOWED", "INVALID_ARN_RESOURCE"),
        ("MISSING_PREFIX", "TOO_MANY_COLONS", "INVALID_VENDOR"),
        ("MISSING_RESOURCE",),
        ("UNSUPPORTED_PRINCIPAL", "MISSING_PRINCIPAL", "EMPTY_PRINCIPAL", "INVALID_PRINCIPAL",
         "INVALID_FEDERATED_PRINCIPAL",
         "ALLOW_WITH_NOT_PRINCIPAL", "TRUST_NOT_PRINCIPAL", "TRUST_RESOURCE", "TRUST_ACTION",
         "SHARED_PROVIDER", "RCP_ALLOW", "RCP_PRINCIPAL", "RCP_NOTACTION", "RCP_ACTION"),
    ))
    for issue in issues
}  # fmt: skip
"""Phase 0 is the syntax: whatever is not listed."""
