"""Step 1 of the wizard for whom an identity provider vouches for."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms

from console.pages.iam.policy_editor.page import encodable
from console.pages.iam.role_wizard.providers import GITHUB, KNOWN, Offered
from iam.engine import Kind, PolicyError, validate_policy

OPERATORS = ("StringEquals", "StringLike", "StringNotEquals", "StringNotLike")
CONDITIONS = 3
_ORGANIZATION = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})", re.ASCII)
_SAML_KEYS = (
    "SAML:aud",
    "SAML:iss",
    "SAML:sub",
    "SAML:sub_type",
    "SAML:namequalifier",
    "SAML:doc",
    "SAML:eduPersonAffiliation",
    "SAML:eduPersonOrgDN",
    "SAML:eduPersonPrincipalName",
    "SAML:mail",
    "SAML:uid",
)


class FederatedForm(forms.Form):
    """The fields of *Web identity* and *SAML 2.0 federation*; `offered` are the providers."""

    web_provider = forms.ChoiceField(label="Identity provider", required=False)
    audience = forms.ChoiceField(label="Audience", required=False)
    app_id = forms.CharField(label="Application ID or audience", max_length=255, required=False)
    github_organization = forms.CharField(
        label="GitHub organization", max_length=100, required=False
    )
    github_repository = forms.CharField(label="GitHub repository", max_length=100, required=False)
    github_branch = forms.CharField(label="GitHub branch", max_length=255, required=False)
    saml_provider = forms.ChoiceField(label="SAML 2.0-based provider", required=False)
    saml_access = forms.ChoiceField(
        label="Access to be allowed",
        choices=[
            ("programmatic", "Allow programmatic access only"),
            ("console", "Allow programmatic and Amazon Web Services Management Console access"),
        ],
        initial="console",
        required=False,
    )
    saml_attribute = forms.ChoiceField(
        label="Attribute", choices=[(key, key) for key in _SAML_KEYS], required=False
    )
    saml_value = forms.CharField(label="Value", max_length=255, required=False)

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        for number in range(CONDITIONS):
            self._add_condition(number)
        own = [(one.arn, one.name) for one in offered.web]
        known = [(domain, label) for domain, label, _, _ in KNOWN]
        self._choices("web_provider", [("", "Choose provider"), *own, *known])
        audiences = [
            (one.name, [(f"{one.arn} {audience}", audience) for audience in one.audiences])
            for one in offered.web
        ]
        self._choices("audience", [("", "Choose an audience"), *audiences])
        self._choices("saml_provider", [("", "Choose provider"), *offered.saml])

    def _choices(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def _add_condition(self, number: int) -> None:
        self.fields[f"condition{number}_key"] = forms.CharField(
            label="Key", max_length=255, required=False
        )
        self.fields[f"condition{number}_operator"] = forms.ChoiceField(
            label="Condition", choices=[(one, one) for one in OPERATORS], required=False
        )
        self.fields[f"condition{number}_value"] = forms.CharField(
            label="Value", max_length=1000, required=False
        )

    @property
    def condition_rows(self) -> list[tuple[Any, Any, Any]]:
        """Return the fields of each condition."""
        return [
            (
                self[f"condition{number}_key"],
                self[f"condition{number}_operator"],
                self[f"condition{number}_value"],
            )
            for number in range(CONDITIONS)
        ]

    def conditions(self, chosen: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
        """Yield what was entered: operator, key, value."""
        for number in range(CONDITIONS):
            key, value = chosen[f"condition{number}_key"], chosen[f"condition{number}_value"]
            if key or value:
                yield chosen[f"condition{number}_operator"] or OPERATORS[0], key, value

    def _clean_conditions(self, chosen: dict[str, Any]) -> None:
        for number in range(CONDITIONS):
            key, value = f"condition{number}_key", f"condition{number}_value"
            if chosen.get(key) and not chosen.get(value):
                self.add_error(value, "Enter a value for the condition.")
            if chosen.get(value) and not chosen.get(key):
                self.add_error(key, "Enter the key of the condition.")

    def clean_web(self, chosen: dict[str, Any]) -> None:
        """Check what belongs to *Web identity*."""
        provider = chosen.get("web_provider", "")
        if not provider:
            self.add_error("web_provider", "Choose an identity provider.")
            return
        self._clean_conditions(chosen)
        if provider in {domain for domain, *_ in KNOWN}:
            if not chosen.get("app_id"):
                self.add_error("app_id", "Enter the ID of your application.")
            return
        if not chosen.get("audience", "").startswith(f"{provider} "):
            self.add_error("audience", "Choose an audience of this provider.")
        if provider == self.offered.github:
            self._clean_github(chosen)

    def _clean_github(self, chosen: dict[str, Any]) -> None:
        organization = chosen.get("github_organization", "")
        if not _ORGANIZATION.fullmatch(organization):
            message = "Enter the organization: letters, digits and dashes, no wildcards."
            self.add_error("github_organization", message)

    def clean_saml(self, chosen: dict[str, Any]) -> None:
        """Check what belongs to *SAML 2.0 federation*."""
        if not chosen.get("saml_provider"):
            self.add_error("saml_provider", "Choose a SAML 2.0-based provider.")
        chosen["saml_access"] = chosen.get("saml_access") or "console"
        if chosen["saml_access"] == "programmatic" and not chosen.get("saml_value"):
            self.add_error("saml_value", "Enter the value of the attribute.")
        self._clean_conditions(chosen)

    def accepts(self, policy: str) -> bool:
        """Tell whether IAM would take what was written of the answers; say at them why not."""
        try:
            validate_policy(policy, Kind.TRUST)
        except PolicyError as error:
            self.add_error("condition0_key", encodable(error.message))
            return False
        return True


def is_github(provider: str) -> bool:
    """Tell whether a provider's ARN is GitHub's."""
    return provider.endswith(f":oidc-provider/{GITHUB}")
