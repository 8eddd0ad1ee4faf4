"""Elements of a role's trust policy that belong together."""

from collections.abc import Iterator

from iam.arns import parse_arn
from iam.engine.findings.finding import UnplacedFinding, finding
from iam.engine.findings.statement_reading import StatementReading, covers, is_wild
from iam.engine.grammar.shared_providers import GITHUB, is_shared, provider_of
from iam.engine.terms import PolicyType

_ANYWHERE = "rolesanywhere.amazonaws.com"
_NEEDED_ANYWHERE = ("sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession")
_SETTING = {
    "sts:sourceidentity": "sts:SetSourceIdentity",
    "sts:transitivetagkeys": "sts:TagSession",
    "aws:tagkeys": "sts:TagSession",
}
_WITH_SAML, _WITH_WEB_IDENTITY = "sts:assumerolewithsaml", "sts:assumerolewithwebidentity"


def statement_findings(statement: StatementReading) -> Iterator[UnplacedFinding]:
    """Find what a statement of a trust policy asks for in vain."""
    if statement.policy_type is not PolicyType.TRUST or not statement.allows:
        return
    yield from _mismatched(statement)
    yield from _missing_actions(statement)
    yield from _providers(statement)
    yield from _redundant_sessions(statement)


def _mismatched(statement: StatementReading) -> Iterator[UnplacedFinding]:
    federated = [text for _, text in statement.principals("Federated")]
    principals = {
        "saml": [text for text in federated if ":saml-provider/" in text],
        "oidc": [text for text in federated if ":saml-provider/" not in text],
        "other": [text for type_ in ("AWS", "Service") for _, text in statement.principals(type_)],
    }
    unsuited = {_WITH_SAML: ("oidc", "other"), _WITH_WEB_IDENTITY: ("saml", "other")}
    unsuited["sts:assumerole"] = ("saml", "oidc")
    for path, action in statement.located("Action"):
        wrong = [text for kind in unsuited.get(action.lower(), ()) for text in principals[kind]]
        if wrong:
            yield finding(
                "MISMATCHED_ACTION_FOR_PRINCIPAL", path, action=action, principals=", ".join(wrong)
            )


def _missing_actions(statement: StatementReading) -> Iterator[UnplacedFinding]:
    actions = statement.texts("Action")
    for path, text in statement.principals("Service"):
        if text == _ANYWHERE and not all(covers(actions, one) for one in _NEEDED_ANYWHERE):
            yield finding("MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY", path)
    for condition in statement.conditions():
        needed = _SETTING.get(condition.name, "")
        if condition.name.startswith("aws:requesttag/"):
            needed = "sts:TagSession"
        if needed and not covers(actions, needed):
            code = "MISSING_ACTION_FOR_CONDITION_KEY"
            yield finding(code, condition.path, at_key=True, action=needed, key=condition.key)


def _providers(statement: StatementReading) -> Iterator[UnplacedFinding]:
    keys = statement.condition_keys()
    for path, text in statement.principals("Federated"):
        provider = provider_of(text)
        own = any(key.startswith(f"{provider.lower()}:") for key in keys)
        # A shared provider without its claim is refused, which is another finding.
        if ":saml-provider/" not in text and not own and not is_shared(provider):
            yield finding("MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL", path)
    if f"{GITHUB}:ref" in keys:
        return
    for condition in statement.conditions():
        if condition.name == f"{GITHUB}:sub" and any(map(is_wild, condition.values)):
            yield finding("SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED", condition.path)


def _redundant_sessions(statement: StatementReading) -> Iterator[UnplacedFinding]:
    named = [(path, parse_arn(text)) for path, text in statement.principals("AWS")]
    arns = [(path, arn) for path, arn in named if arn is not None]
    roles = {(arn.account, arn.name): arn for _, arn in arns if arn.type == "role"}
    for path, session in arns:
        role = roles.get((session.account, session.id.partition("/")[0]))
        if role is not None and session.type == "assumed-role":
            code = "REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY"
            yield finding(code, path, session=str(session), role=str(role))
