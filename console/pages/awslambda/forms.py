"""The forms of the Lambda pages; the operations judge the values."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from console.pages.forms import AS_TYPED, AwsForm

CALLS = "CALLS"
CUSTOM = "custom"
RUNTIMES = (
    ("python3.13", "Python 3.13"),
    ("python3.12", "Python 3.12"),
    ("nodejs22.x", "Node.js 22.x"),
    ("java21", "Java 21"),
    ("ruby3.3", "Ruby 3.3"),
)
HANDLERS = {"java": "example.Hello::handleRequest", "nodejs": "index.handler"}
_USUAL_HANDLER = "lambda_function.lambda_handler"
PRESETS = (
    ("sts:GetCallerIdentity", "Ask who it is (sts get-caller-identity)"),
    ("s3:ListBuckets", "List buckets (s3 list-buckets)"),
    ("iam:ListUsers", "List users (iam list-users)"),
    ("iam:ListRoles", "List roles (iam list-roles)"),
    ("ec2:DescribeInstances", "List instances (ec2 describe-instances)"),
)


def handler_of(runtime: str) -> str:
    """Return the handler that the console fills in for a runtime."""
    return next((HANDLERS[one] for one in HANDLERS if runtime.startswith(one)), _USUAL_HANDLER)


class WorkForm(AwsForm):
    """What a function does: one of the usual calls, or a list of calls."""

    work = forms.ChoiceField(
        label="Calls to make",
        choices=[*PRESETS, (CUSTOM, "The calls listed below")],
        initial=PRESETS[0][0],
    )
    calls = forms.CharField(
        label="List of calls",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={**AS_TYPED, "rows": 5}),
    )

    def environment(self, present: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Return the environment with the chosen calls; other variables stay."""
        given = self.cleaned_data
        chosen = given["calls"].replace("\r\n", "\n") if given["work"] == CUSTOM else given["work"]
        return {"Variables": {**(present or {}), CALLS: chosen}}


def work_of(calls: str) -> dict[str, str]:
    """Return the initial values for what a function calls now."""
    return {"work": calls if calls in dict(PRESETS) else CUSTOM, "calls": calls}


def _role_choices(roles: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    return [("", "Choose a role"), *((one["Arn"], one["RoleName"]) for one in roles)]


class CreateFunctionForm(WorkForm):
    """*Create function*."""

    fields_by_parameter = {
        "FunctionName": "name",
        "Role": "role",
        "RoleName": "name",
        "Runtime": "runtime",
        "Environment": "calls",
    }

    name = forms.CharField(
        label="Function name",
        widget=forms.TextInput(attrs=AS_TYPED),
        error_messages={"required": "Enter a name for the function."},
    )
    runtime = forms.ChoiceField(label="Runtime", choices=RUNTIMES)
    execution_role = forms.ChoiceField(
        label="Execution role",
        choices=[
            ("new", "Create a new role with basic Lambda permissions"),
            ("existing", "Use an existing role"),
        ],
        initial="new",
    )
    role = forms.ChoiceField(label="Existing role", required=False)

    def __init__(self, roles: Iterable[Mapping[str, Any]], data: Any = None) -> None:
        super().__init__(data)
        self.fields["role"].choices = _role_choices(roles)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Check that a role is chosen where one is to be."""
        chosen: dict[str, Any] = super().clean() or self.cleaned_data
        wants_one = chosen.get("execution_role") == "existing" and "role" not in self.errors
        if wants_one and not chosen.get("role"):
            self.add_error("role", "Choose a role.")
        return chosen


class EditFunctionForm(WorkForm):
    """*Edit basic settings*: description, execution role, and what the function does."""

    fields_by_parameter = {"Role": "role", "Description": "description", "Environment": "calls"}

    description = forms.CharField(required=False, widget=forms.TextInput(attrs=AS_TYPED))
    role = forms.ChoiceField(label="Existing role")

    def __init__(
        self, roles: Iterable[Mapping[str, Any]], present: Mapping[str, Any], data: Any = None
    ) -> None:
        calls = present.get("Environment", {}).get("Variables", {}).get(CALLS, "")
        initial = {
            "description": present.get("Description", ""),
            "role": present["Role"],
            **work_of(calls),
        }
        super().__init__(data, initial=initial)
        choices = _role_choices(roles)
        if present["Role"] not in dict(choices):
            choices.append((present["Role"], present["Role"]))
        self.fields["role"].choices = choices  # type: ignore[attr-defined]
