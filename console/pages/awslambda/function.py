"""The page of a function, its settings, and running it once."""

import json
from base64 import b64decode
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.pages.awslambda.forms import CALLS, EditFunctionForm
from console.pages.awslambda.frame import lambda_frame, refused_function
from console.pages.awslambda.permissions import statements_part
from console.pages.awslambda.rows import row_of
from console.pages.calls import CallResult, call, call_all
from console.signin.guard import console_page
from console.ui.flash import flash_success


def _shown(request: HttpRequest, name: str, found: CallResult, **more: Any) -> HttpResponse:
    row = row_of(found.output["Configuration"])
    context = {
        **lambda_frame(request, [(name, "")]),
        "function": row,
        "name": name,
        "calls": row.get("Environment", {}).get("Variables", {}).get(CALLS, ""),
        "tags": found.output.get("Tags", {}),
        **statements_part(request, name),
        **more,
    }
    return render(request, "lambda/function.html", context)


@console_page
def function(request: HttpRequest, name: str) -> HttpResponse:
    """Show a function."""
    found = call(request, "lambda:GetFunction", FunctionName=name)
    return refused_function(request, name, found) if found.error else _shown(request, name, found)


@require_http_methods(["GET", "POST"])
@console_page
def function_edit(request: HttpRequest, name: str) -> HttpResponse:
    """Change a function's description, its role, and what it does."""
    found = call(request, "lambda:GetFunctionConfiguration", FunctionName=name)
    if found.error:
        return refused_function(request, name, found)
    roles = call_all(request, "iam:ListRoles", "Roles")
    form = EditFunctionForm(roles.rows("Roles"), found.output, request.POST or None)
    if request.method == "POST" and form.is_valid() and not _change(request, form, found).error:
        flash_success(request, f"Successfully updated the function {name}.")
        return redirect("function", name)
    back = reverse("function", args=[name])
    context = {
        **lambda_frame(request, [(name, back), ("Edit basic settings", "")]),
        "form": form,
        "roles": roles,
        "refused": form.refused,
        "back": back,
    }
    return render(request, "lambda/edit.html", context)


def _change(request: HttpRequest, form: EditFunctionForm, found: CallResult) -> CallResult:
    """Make the call; a role that stays is not passed again."""
    present, chosen = found.output, form.cleaned_data
    variables = present.get("Environment", {}).get("Variables", {})
    role = {} if chosen["role"] == present["Role"] else {"Role": chosen["role"]}
    return form.send(
        request,
        "lambda:UpdateFunctionConfiguration",
        FunctionName=present["FunctionName"],
        Description=chosen["description"],
        Environment=form.environment(variables),
        **role,
    )


@require_http_methods(["GET", "POST"])
@console_page
def function_test(request: HttpRequest, name: str) -> HttpResponse:
    """*Test*: run the function once, and show what it returned."""
    if request.method == "GET":
        return redirect("function", name)
    found = call(request, "lambda:GetFunction", FunctionName=name)
    if found.error:
        return refused_function(request, name, found)
    ran = call(request, "lambda:Invoke", FunctionName=name, LogType="Tail", Payload=b"{}")
    output = ran.output
    returned = json.loads(output.get("Payload") or b"null")
    response = json.dumps(returned, indent=2)
    log = b64decode(output.get("LogResult", "")).decode()
    failed = returned["errorMessage"] if "FunctionError" in output else ""
    return _shown(request, name, found, ran=ran, response=response, log=log, failed=failed)
