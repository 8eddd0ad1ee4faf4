"""The simulator's form, and the request that it makes."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS

from console.pages.forms import AS_TYPED, AwsForm
from console.pages.iam.simulator.context_rows import ContextRow
from iam.arns import root_arn
from iam.wire.errors import AwsError

ENTITY, CUSTOM = "entity", "custom"
_MODES = [(ENTITY, "A user, group or role"), (CUSTOM, "A policy that I write")]
_LIMITS = (
    "PermissionsBoundaryPolicyInputList",
    "ResourcePolicy",
    "ResourceOwner",
    "CallerArn",
)


def _text(label: str) -> forms.CharField:
    widget = forms.TextInput(attrs=AS_TYPED)
    return forms.CharField(label=label, required=False, widget=widget, strip=True)


def _lines(label: str, rows: int = 3) -> forms.CharField:
    widget = forms.Textarea(attrs={**AS_TYPED, "rows": rows})
    return forms.CharField(label=label, required=False, widget=widget)


class SimulatorForm(AwsForm):
    """A simulation; its fields are named as the parameters of AWS's operations."""

    fields_by_parameter = {"ContextEntries": NON_FIELD_ERRORS}

    mode = forms.ChoiceField(
        label="Simulate", choices=_MODES, widget=forms.RadioSelect, required=False, initial=ENTITY
    )
    PolicySourceArn = _text("User, group or role")
    PolicyInputList = _lines("Policy document", 8)
    service = forms.CharField(label="Service", required=False)
    ActionNames = _lines("Actions")
    ResourceArns = _lines("Resources", 2)
    PermissionsBoundaryPolicyInputList = _lines("Permissions boundary", 6)
    ResourcePolicy = _lines("Resource-based policy", 6)
    ResourceOwner = _text("Owner of the resources")
    CallerArn = _text("Caller")

    def choose_from(self, choices: Sequence[tuple[str, Any]]) -> None:
        if choices:
            self.fields["PolicySourceArn"].widget = forms.Select(choices=list(choices))

    @property
    def operation(self) -> str:
        custom = self.cleaned_data.get("mode") == CUSTOM
        return "iam:SimulateCustomPolicy" if custom else "iam:SimulatePrincipalPolicy"

    @property
    def is_custom(self) -> bool:
        return self.operation.endswith("CustomPolicy")

    def words(self, name: str) -> list[str]:
        text: str = self.cleaned_data.get(name, "")
        return list(dict.fromkeys(text.replace(",", " ").split()))

    def policies(self) -> dict[str, Any]:
        """Return the parameters that name the simulated policies."""
        typed: str = self.cleaned_data["PolicyInputList"]
        given = {"PolicyInputList": [typed]} if typed.strip() else {}
        if self.is_custom:
            return {"PolicyInputList": [], **given}
        return {"PolicySourceArn": self.cleaned_data["PolicySourceArn"], **given}

    def request(self, rows: Sequence[ContextRow]) -> dict[str, Any]:
        """Return the parameters of the simulation."""
        typed = self.cleaned_data
        params: dict[str, Any] = {**self.policies(), "ActionNames": self.words("ActionNames")}
        resources = self.words("ResourceArns")
        if resources:
            params["ResourceArns"] = resources
        if typed["PermissionsBoundaryPolicyInputList"].strip():
            boundary = typed["PermissionsBoundaryPolicyInputList"]
            params["PermissionsBoundaryPolicyInputList"] = [boundary]
        if typed["ResourcePolicy"].strip():
            params["ResourcePolicy"] = typed["ResourcePolicy"]
        if typed["ResourceOwner"]:
            params["ResourceOwner"] = _owner(typed["ResourceOwner"])
        if typed["CallerArn"]:
            params["CallerArn"] = typed["CallerArn"]
        given = [row.entry() for row in rows if row.values]
        if given:
            params["ContextEntries"] = given
        return params

    def lacks(self) -> bool:
        """Require what every simulation needs; return whether something is missing."""
        typed = self.cleaned_data
        if not self.is_custom and not typed["PolicySourceArn"]:
            self.add_error("PolicySourceArn", "Choose whose policies to simulate.")
        if self.is_custom and not typed["PolicyInputList"].strip():
            self.add_error("PolicyInputList", "Write the policy to simulate.")
        return bool(self.errors)

    @property
    def has_limits(self) -> bool:
        return any(self[name].value() or self[name].errors for name in _LIMITS)


def _owner(typed: str) -> str:
    """Return the account's ARN for its number, which people type."""
    return root_arn(typed) if typed.isdigit() else typed


def with_place(error: AwsError) -> AwsError:
    """Return a document's error with the detail and its place in the sentence."""
    detail = getattr(error, "detail", "")
    if not detail:
        return error
    line, column = getattr(error, "line", 0), getattr(error, "column", 0)
    message = f"{error.message}: {detail} (line {line}, column {column})."
    return AwsError(error.code, message, error.status, error.members)
