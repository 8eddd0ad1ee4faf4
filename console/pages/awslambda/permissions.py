"""*Resource-based policy statements* of a function: shown, added, deleted."""

import json
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.pages.awslambda.frame import lambda_frame, refused_function
from console.pages.calls import CallResult, call
from console.pages.dialogs import ConfirmDialog
from console.pages.forms import AS_TYPED, AwsForm
from console.signin.guard import console_page
from console.ui.flash import flash_success
from console.ui.tables import Column, Empty, RefusedRows, Table

STATEMENTS = Table(
    id="statements",
    title="Resource-based policy statements",
    info="lambda-functions",
    description="Resource-based policies grant other accounts and AWS services permissions to "
    "use your Lambda resources.",
    row_key="sid",
    columns=[
        Column("sid", "Statement ID"),
        Column("principal", "Principal", kind="wrap"),
        Column("action", "Action"),
        Column("conditions", "Conditions", kind="wrap"),
        Column("delete", "", template="lambda/statement_delete.html", sortable=False),
    ],
    empty=Empty("No policy statements", "There is no data to display."),
    refused=RefusedRows(
        "You don't have permission to see the policy", "The policy could not be read"
    ),
)


def statements_part(request: HttpRequest, name: str) -> dict[str, Any]:
    """Return the table of a function's statements; a function without a policy has none."""
    found = call(request, "lambda:GetPolicy", FunctionName=name)
    found = found.without("ResourceNotFoundException")
    policy = json.loads(found.output.get("Policy", "{}"))
    rows = [_row(name, one) for one in policy.get("Statement", ())]
    return {"statements": STATEMENTS.view(request, rows, refused=found)}


def _row(name: str, statement: dict[str, Any]) -> dict[str, str]:
    principal = statement["Principal"]
    conditions = [
        f"{key} {operator} {value}"
        for operator, block in statement.get("Condition", {}).items()
        for key, value in block.items()
    ]
    return {
        "sid": statement["Sid"],
        "principal": principal if isinstance(principal, str) else next(iter(principal.values())),
        "action": statement["Action"],
        "conditions": ", ".join(conditions) or "None",
        "url": reverse("function_permission_delete", args=[name, statement["Sid"]]),
    }


class PermissionForm(AwsForm):
    """*Add permissions*."""

    fields_by_parameter = {
        "StatementId": "sid",
        "Principal": "principal",
        "Action": "action",
        "SourceArn": "source_arn",
        "SourceAccount": "source_account",
        "PrincipalOrgID": "organization",
    }

    sid = forms.CharField(label="Statement ID", widget=forms.TextInput(attrs=AS_TYPED))
    principal = forms.CharField(label="Principal", widget=forms.TextInput(attrs=AS_TYPED))
    action = forms.CharField(
        label="Action", initial="lambda:InvokeFunction", widget=forms.TextInput(attrs=AS_TYPED)
    )
    source_account = forms.CharField(
        label="Source account", required=False, widget=forms.TextInput(attrs=AS_TYPED)
    )
    source_arn = forms.CharField(
        label="Source ARN", required=False, widget=forms.TextInput(attrs=AS_TYPED)
    )
    organization = forms.CharField(
        label="Organization ID", required=False, widget=forms.TextInput(attrs=AS_TYPED)
    )

    def params(self) -> dict[str, str]:
        chosen = self.cleaned_data
        return {
            member: chosen[name]
            for member, name in self.fields_by_parameter.items()
            if chosen[name]
        }


@require_http_methods(["GET", "POST"])
@console_page
def function_permission_add(request: HttpRequest, name: str) -> HttpResponse:
    """*Add permissions*: one more statement."""
    found = call(request, "lambda:GetFunctionConfiguration", FunctionName=name)
    if found.error:
        return refused_function(request, name, found)
    form, back = PermissionForm(request.POST or None), reverse("function", args=[name])
    tried = CallResult()
    if request.method == "POST" and form.is_valid():
        tried = form.send(request, "lambda:AddPermission", FunctionName=name, **form.params())
        if not tried.error:
            flash_success(request, f"Successfully added the statement {form.cleaned_data['sid']}.")
            return redirect("function", name)
    context = {
        **lambda_frame(request, [(name, back), ("Add permissions", "")]),
        "form": form,
        "refused": form.refused,
        "tried": tried,
        "back": back,
    }
    return render(request, "lambda/permission_add.html", context)


@require_http_methods(["GET", "POST"])
@console_page
def function_permission_delete(request: HttpRequest, name: str, sid: str) -> HttpResponse:
    """Ask for confirmation, then remove a statement."""
    back = reverse("function", args=[name])
    dialog = ConfirmDialog(
        f"Delete the statement {sid}?",
        ("Whom it lets use the function may no longer, unless another policy allows it.",),
        "Delete",
        back,
    )
    remove = partial(call, request, "lambda:RemovePermission", FunctionName=name, StatementId=sid)
    frame = lambda_frame(request, [(name, back), ("Delete statement", "")])
    return dialog.carry_out(request, frame, remove, f"Successfully deleted the statement {sid}.")
