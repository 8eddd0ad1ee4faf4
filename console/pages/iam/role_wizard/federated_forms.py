"""Step 1 of the wizard for *Web identity* and *SAML 2.0 federation*."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms

from console.pages.iam.policy_editor.contexts import encodable
from console.pages.iam.role_wizard.condition_rows import ConditionRows
from console.pages.iam.role_wizard.providers import (
    GITHUB,
    KNOWN,
    OfferedProviders,
    WebProvider,
    WellKnownProvider,
)
from iam.catalogue.provider_claims import provider_claims
from iam.policy_documents import PolicyType, policy_error

_CLAIMS = ("sub", "aud", "amr")
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


def _keys_of(provider: str, claims: Iterable[str]) -> list[str]:
    return [f"{provider}:{name}" for name in (*claims, *provider_claims(provider))]


class FederatedForm(ConditionRows):
    """The fields of *Web identity* and *SAML 2.0 federation*; `offered` are the providers."""

    web_provider = forms.ChoiceField(label="Identity provider", required=False)
    audience = forms.CharField(label="Audience", required=False, widget=forms.Select)
    app_id = forms.CharField(label="Application ID", max_length=255, required=False)
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

    def __init__(self, *args: Any, offered: OfferedProviders, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        own = [(one.arn, one.name) for one in offered.web]
        known = [(one.domain, one.label) for one in KNOWN]
        self._choices("web_provider", [("", "Choose provider"), *own, *known])
        self._choices("audience", [("", "Choose an audience"), *self._audiences])
        self._choices("saml_provider", [("", "Choose provider"), *offered.saml])
        if self.known:
            self.fields["app_id"].label = self.known.asked

    def _choices(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
        elif isinstance(field.widget, forms.Select):
            field.widget.choices = choices

    @property
    def provider(self) -> WebProvider | None:
        chosen = self["web_provider"].value()
        return next((one for one in self.offered.web if one.arn == chosen), None)

    @property
    def known(self) -> WellKnownProvider | None:
        chosen = self["web_provider"].value()
        return next((one for one in KNOWN if one.domain == chosen), None)

    @property
    def _audiences(self) -> list[tuple[str, str]]:
        one = self.provider
        return [(f"{one.arn} {audience}", audience) for audience in one.audiences] if one else []

    @property
    def condition_keys(self) -> list[str]:
        """Return the condition keys to suggest for the chosen provider."""
        if self["entity"].value() == "saml":
            return list(_SAML_KEYS)
        if self.known:
            return _keys_of(self.known.domain, self.known.keys)
        return _keys_of(self.provider.name, _CLAIMS) if self.provider else []

    def clean_web(self, chosen: dict[str, Any]) -> None:
        """Check the fields of *Web identity*."""
        if not chosen.get("web_provider"):
            self.add_error("web_provider", "Choose an identity provider.")
            return
        self.clean_conditions(chosen)
        if self.known:
            if not chosen.get("app_id"):
                self.add_error("app_id", f"Enter the {self.known.asked} of your application.")
            return
        if chosen.get("audience") not in dict(self._audiences):
            self.add_error("audience", "Choose an audience of this provider.")
        if chosen["web_provider"] == self.offered.github:
            self._clean_github(chosen)

    def _clean_github(self, chosen: dict[str, Any]) -> None:
        organization = chosen.get("github_organization", "")
        if not _ORGANIZATION.fullmatch(organization):
            message = "Enter the organization: letters, digits and dashes, no wildcards."
            self.add_error("github_organization", message)

    def clean_saml(self, chosen: dict[str, Any]) -> None:
        """Check the fields of *SAML 2.0 federation*."""
        if not chosen.get("saml_provider"):
            self.add_error("saml_provider", "Choose a SAML 2.0-based provider.")
        chosen["saml_access"] = chosen.get("saml_access") or "console"
        if chosen["saml_access"] == "programmatic" and not chosen.get("saml_value"):
            self.add_error("saml_value", "Enter the value of the attribute.")
        self.clean_conditions(chosen)

    def accepts(self, policy: str) -> bool:
        """Return whether IAM accepts the policy written from the answers; if not, show why."""
        error = policy_error(policy, PolicyType.TRUST)
        if error is not None:
            self.refuse_conditions(encodable(error.message))
        return error is None


def is_github(provider: str) -> bool:
    return provider.endswith(f":oidc-provider/{GITHUB}")
