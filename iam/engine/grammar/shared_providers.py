"""Identity providers that many organizations share: a trust policy must name one's own."""

from collections.abc import Iterator, Mapping
from typing import Any

from iam.arns import is_account_id, parse_arn
from iam.engine.document.places import Path
from iam.engine.document.quotes import quoted
from iam.engine.grammar.every_type import as_texts
from iam.engine.grammar.problem import Problem
from iam.engine.matching.operators.registry import used_operator

_BY_SUBJECT = (
    "token.actions.githubusercontent.com", "vstoken.actions.githubusercontent.com",
    "oidc-configuration.audit-log.githubusercontent.com", "gitlab.com", "app.terraform.io",
    "agent.buildkite.com", "oidc.codefresh.io", "studio.datachain.ai/api", "scalr.io",
    "tokens.cloud.shisho.dev", "proidc.upbound.io",
)  # fmt: skip
_BY_AUDIENCE = (
    "cognito-identity.amazonaws.com", "oidc.vercel.com", "api.pulumi.com/oidc", "sandboxes.cloud",
)  # fmt: skip
_CLAIMS = {
    **{provider: (f"{provider}:sub",) for provider in _BY_SUBJECT},
    **{provider: (f"{provider}:aud",) for provider in _BY_AUDIENCE},
}
GITHUB = "token.actions.githubusercontent.com"
_OPERATORS = {"StringEquals", "StringLike", "StringEqualsIgnoreCase"}


def provider_of(value: str) -> str:
    """The domain (and path) of an identity provider, as its condition keys begin."""
    arn = parse_arn(value)
    if arn is None or (arn.service, arn.region, arn.type) != ("iam", "", "oidc-provider"):
        return value
    return arn.id if is_account_id(arn.account) else value


def is_shared(provider: str) -> bool:
    """Whether many organizations share a provider, so that a claim must distinguish them."""
    return bool(_claims(provider))


def shared_provider_problems(path: Path, body: Mapping[str, Any]) -> Iterator[Problem]:
    """Refuse a statement that lets in whomever a shared provider knows."""
    principal = body.get("Principal")
    if body.get("Effect") != "Allow" or not isinstance(principal, dict):
        return
    checked = _checked_keys(body)
    for value in as_texts(principal.get("Federated", [])):
        claims = _claims(provider_of(value))
        if claims and not checked & {claim.lower() for claim in claims}:
            sentence = (
                f"Trust policy with trusted principal {quoted(value)} must evaluate, using "
                "StringEquals, StringLike or StringEqualsIgnoreCase, "
                f"{' or '.join(map(quoted, claims))} which is not scoped to all."
            )
            detail = f"Add a condition on `{quoted(claims[0])}`: others use this provider too"
            yield Problem("SHARED_PROVIDER", detail, (*path, "Principal"), value=sentence)


def _claims(provider: str) -> tuple[str, ...]:
    if provider == GITHUB or provider.startswith(f"{GITHUB}/"):
        return f"{provider}:sub", f"{provider}:job_workflow_ref"
    return _CLAIMS.get(provider, ())


def _checked_keys(body: Mapping[str, Any]) -> set[str]:
    """The keys that a statement compares with something narrower than `*`."""
    checked = set()
    for name, keys in body.get("Condition", {}).items():
        used = used_operator(name)
        if used is not None and used.operator.name in _OPERATORS and not used.if_exists:
            for key, values in keys.items():
                if as_texts(values) and all(text.strip("*") for text in as_texts(values)):
                    checked.add(key.lower())
    return checked
