"""The forms of the wizard's steps."""

import re
from typing import Any

from django import forms

from console.pages.forms import AwsForm
from console.pages.iam.policy_editor.contexts import encodable
from console.pages.iam.policy_editor.state import with_plain_lines
from console.pages.iam.role_wizard.federated_forms import FederatedForm
from console.pages.iam.role_wizard.trust import CUSTOM_START, as_json
from console.ui.tags import TagsField
from iam.arns import is_account_id
from iam.catalogue.role_use_cases import RoleUseCase, common_services, role_use_cases
from iam.policy_documents import PolicyType, policy_error

_EXTERNAL_ID = re.compile(r"[\w+=,.@:/-]{2,1224}", re.ASCII)
_CHOOSE_SERVICE = "Choose a service or use case."
_CHOOSE_USE_CASE = "Choose a use case for the specified service."


def _services() -> list[Any]:
    """Return the services to choose from, in two groups as in the console."""
    common = common_services()
    others = sorted(set(role_use_cases()) - set(common), key=str.lower)
    return [
        ("", "Choose a service or use case"),
        ("Commonly used services", [(one, one) for one in common]),
        ("Other AWS services", [(one, one) for one in others]),
    ]


class TrustedEntityForm(FederatedForm):
    """Step 1: who may assume the role."""

    entity = forms.ChoiceField(
        choices=[
            ("service", "AWS service"),
            ("account", "AWS account"),
            ("web", "Web identity"),
            ("saml", "SAML 2.0 federation"),
            ("custom", "Custom"),
        ],
        initial="account",
        error_messages={"required": "Choose a trusted entity type."},
    )
    service = forms.ChoiceField(
        label="Service or use case",
        choices=_services(),
        required=False,
        error_messages={"invalid_choice": _CHOOSE_SERVICE},
    )
    use_case = forms.CharField(label="Use case", required=False)
    which = forms.ChoiceField(
        choices=[("this", "This account"), ("other", "Another AWS account")],
        initial="this",
        required=False,
    )
    account_id = forms.CharField(label="Account ID", required=False)
    require_external_id = forms.BooleanField(required=False)
    external_id = forms.CharField(label="External ID", required=False)
    require_mfa = forms.BooleanField(required=False)
    document = forms.CharField(
        label="Custom trust policy",
        required=False,
        widget=forms.Textarea(attrs={"rows": 16}),
        initial=as_json(CUSTOM_START),
    )

    def clean(self) -> dict[str, Any]:
        """Check the fields of the chosen type, and no others."""
        chosen: dict[str, Any] = super().clean() or self.cleaned_data
        entity = chosen.get("entity")
        if entity == "account":
            self._clean_account(chosen)
        elif entity == "custom":
            self._clean_document(chosen)
        elif entity == "web":
            self.clean_web(chosen)
        elif entity == "saml":
            self.clean_saml(chosen)
        elif entity == "service":
            self._clean_service(chosen)
        return chosen

    @property
    def use_cases(self) -> tuple[RoleUseCase, ...]:
        """Return the use cases of the chosen service."""
        return role_use_cases().get(self["service"].value() or "", ())

    @property
    def chosen_use_case(self) -> str:
        """Return the name of the chosen use case; one alone is chosen by itself."""
        names = [one.name for one in self.use_cases]
        chosen = self["use_case"].value()
        if chosen in names:
            return str(chosen)
        return names[0] if len(names) == 1 else ""

    @property
    def use_case_choices(self) -> list[tuple[RoleUseCase, bool]]:
        """Return the use cases, each with whether it is chosen."""
        return [(one, one.name == self.chosen_use_case) for one in self.use_cases]

    def _clean_service(self, chosen: dict[str, Any]) -> None:
        chosen["use_case"] = self.chosen_use_case
        if not chosen.get("service"):
            if "service" not in self.errors:
                self.add_error("service", _CHOOSE_SERVICE)
        elif not chosen["use_case"]:
            self.add_error("use_case", _CHOOSE_USE_CASE)

    def _clean_account(self, chosen: dict[str, Any]) -> None:
        chosen["which"] = chosen.get("which") or "this"
        digits = re.sub(r"[\s-]", "", chosen.get("account_id", ""))
        if chosen["which"] == "other" and not is_account_id(digits):
            self.add_error("account_id", "Account ID is a 12-digit number.")
        chosen["account_id"] = digits
        typed = chosen.get("external_id", "")
        if chosen.get("require_external_id") and not _EXTERNAL_ID.fullmatch(typed):
            message = "An external ID has 2 to 1,224 characters: letters, digits and =,.@:/+_-"
            self.add_error("external_id", message)

    def _clean_document(self, chosen: dict[str, Any]) -> None:
        chosen["document"] = with_plain_lines(chosen.get("document", ""))
        error = policy_error(chosen["document"], PolicyType.TRUST)
        if error is not None:
            place = f"Ln {error.line}, Col {error.column}: " if error.line else ""
            self.add_error("document", encodable(f"{place}{error.message}"))


class RoleDetailsForm(AwsForm):
    """Step 3: name, description, tags."""

    RoleName = forms.CharField(
        label="Role name", error_messages={"required": "Enter a name for the role."}
    )
    Description = forms.CharField(
        required=False, strip=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    Tags = TagsField()
