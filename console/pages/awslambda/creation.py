"""*Create function*: its role first if it is a new one, then the function."""

import json
import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.pages.awslambda.forms import CreateFunctionForm, handler_of
from console.pages.awslambda.frame import lambda_frame
from console.pages.calls import call, call_all
from console.pages.outcomes import flash_refused
from console.services.awslambda.calls import package_of
from console.services.awslambda.roles import SERVICE
from console.signin.guard import console_page
from console.ui.flash import flash_success
from iam.arns import aws_policy_arn

_PATH = "/service-role/"
_BASIC = aws_policy_arn("AWSLambdaBasicExecutionRole", _PATH)
_TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"Service": SERVICE}, "Action": "sts:AssumeRole"}
    ],
}


def _new_role(request: HttpRequest, form: CreateFunctionForm) -> str:
    """Create a role with basic Lambda permissions; return its ARN, empty if it was refused."""
    name = f"{form.cleaned_data['name'][:50]}-role-{secrets.token_hex(4)}"
    made = form.send(
        request,
        "iam:CreateRole",
        RoleName=name,
        Path=_PATH,
        AssumeRolePolicyDocument=json.dumps(_TRUST),
    )
    if made.error:
        return ""
    arn: str = made.output["Role"]["Arn"]
    attached = call(request, "iam:AttachRolePolicy", RoleName=name, PolicyArn=_BASIC)
    if attached.error:
        flash_refused(request, attached, f"The role {name} has no permissions")
    return arn


def _create(request: HttpRequest, form: CreateFunctionForm) -> bool:
    chosen = form.cleaned_data
    role = chosen["role"] if chosen["execution_role"] == "existing" else _new_role(request, form)
    if not role:
        return False
    environment: dict[str, Any] = form.environment()
    created = form.send(
        request,
        "lambda:CreateFunction",
        FunctionName=chosen["name"],
        Runtime=chosen["runtime"],
        Handler=handler_of(chosen["runtime"]),
        Role=role,
        Code={"ZipFile": package_of("")},
        Environment=environment,
    )
    return created.error is None


@require_http_methods(["GET", "POST"])
@console_page
def function_create(request: HttpRequest) -> HttpResponse:
    """Create a function with a new role, or with one that there is."""
    roles = call_all(request, "iam:ListRoles", "Roles")
    form = CreateFunctionForm(roles.rows("Roles"), request.POST or None)
    if request.method == "POST" and form.is_valid() and _create(request, form):
        name = form.cleaned_data["name"]
        flash_success(request, f"Successfully created the function {name}.")
        return redirect("function", name)
    context = {
        **lambda_frame(request, [("Create function", "")]),
        "form": form,
        "roles": roles,
        "refused": form.refused,
        "back": reverse("functions"),
        "is_new": form["execution_role"].value() == "new",
    }
    return render(request, "lambda/create.html", context)
