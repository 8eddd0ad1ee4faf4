"""The trust policies that the wizard writes for identity providers, as AWS's console does."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from console.pages.iam.role_wizard.federated_forms import FederatedForm, is_github
from console.pages.iam.role_wizard.providers import GITHUB, KNOWN
from iam.policy_documents import as_list

_SIGN_IN = "https://signin.aws.amazon.com/saml"
_BLANK = "(not chosen yet)"
Conditions = Iterable[tuple[str, str, str]]
_Block = dict[str, dict[str, Any]]


def _document(provider: str, action: str, condition: _Block) -> str:
    statement = {
        "Effect": "Allow",
        "Principal": {"Federated": provider},
        "Action": action,
        "Condition": condition,
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]}, indent=2)


def _with(condition: _Block, more: Conditions) -> _Block:
    for operator, key, value in more:
        present = condition.setdefault(operator, {})
        present[key] = [*as_list(present.get(key, [])), value]
    return condition


def _github_subject(chosen: Mapping[str, Any]) -> str:
    organization = chosen["github_organization"]
    repository = chosen.get("github_repository") or "*"
    branch = chosen.get("github_branch") or "*"
    if branch == "*":
        return f"repo:{organization}/{repository}" + ("" if repository == "*" else ":*")
    return f"repo:{organization}/{repository}:ref:refs/heads/{branch}"


def _own(chosen: Mapping[str, Any], provider: str) -> _Block:
    name = provider.partition(":oidc-provider/")[2]
    audience = chosen["audience"].partition(" ")[2]
    condition: _Block = {"StringEquals": {f"{name}:aud": [audience]}}
    if is_github(provider):
        condition["StringLike"] = {f"{GITHUB}:sub": [_github_subject(chosen)]}
    return condition


def web_trust(chosen: Mapping[str, Any], more: Conditions) -> str:
    """Return a trust policy for the identities of an OpenID Connect provider."""
    provider = chosen["web_provider"]
    known = {one.domain: one.key for one in KNOWN}
    if provider in known:
        condition: _Block = {"StringEquals": {f"{provider}:{known[provider]}": chosen["app_id"]}}
    else:
        condition = _own(chosen, provider)
    return _document(provider, "sts:AssumeRoleWithWebIdentity", _with(condition, more))


def saml_trust(chosen: Mapping[str, Any], more: Conditions) -> str:
    """Return a trust policy for the identities of a SAML provider."""
    key, value = "SAML:aud", _SIGN_IN
    if chosen["saml_access"] == "programmatic":
        key, value = chosen["saml_attribute"] or key, chosen["saml_value"]
    condition: _Block = {"StringEquals": {key: value}}
    return _document(chosen["saml_provider"], "sts:AssumeRoleWithSAML", _with(condition, more))


def trust_so_far(form: FederatedForm) -> str:
    """Return the trust policy of what is chosen up to now; empty while no provider is."""
    typed = {name: form[name].value() or "" for name in form.fields}
    for name in ("app_id", "github_organization", "saml_value"):
        typed[name] = typed[name] or _BLANK
    if typed["entity"] == "saml" and typed["saml_provider"] in dict(form.offered.saml):
        return saml_trust(typed, form.conditions(typed))
    if typed["entity"] != "web" or not (form.provider or form.known):
        return ""
    if not typed["audience"].startswith(f"{typed['web_provider']} "):
        typed["audience"] = f"{typed['web_provider']} {_BLANK}"
    return web_trust(typed, form.conditions(typed))
