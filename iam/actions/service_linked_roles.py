"""Service-linked roles: created for a service, deleted by a task, never changed."""

import json
import re
from uuid import UUID

from iam.actions.refusals import invalid_input, no_such_entity
from iam.actions.resource_kinds import ROLE
from iam.actions.shapes import role_changed
from iam.actions.subjects import named_one
from iam.arns import SERVICE_LINKED_NAME, SERVICE_LINKED_PATH
from iam.catalogue import OF_EVERY_ACCOUNT, ServiceLinkedRole, service_linked_role
from iam.models import Attachment, Document, Role
from iam.models.seals import derived_secret
from iam.perform import Call, Params, PermissionCheck, Resolution, Result, reads, writes

_TASK = re.compile(
    rf"task{SERVICE_LINKED_PATH}([\w.-]{{1,128}})/([\w+=,.@-]{{1,64}})/([0-9a-f-]{{36}})"
)

_IN_USE = "is in use in this account, so its role cannot be deleted."


def _path(service: str) -> str:
    return f"{SERVICE_LINKED_PATH}{service}/"


def _name(template: ServiceLinkedRole | None, params: Params) -> str:
    suffix = f"_{params['CustomSuffix']}" if "CustomSuffix" in params else ""
    return f"{template.role_name if template else SERVICE_LINKED_NAME}{suffix}"


def on_new_linked_role(call: Call, params: Params) -> Resolution:
    """Resolve the service-linked role of a service."""
    service = params["AWSServiceName"]
    template = service_linked_role(service)
    name = _name(template, params)
    arn = ROLE.arn(call.caller.account_id, name, _path(service))
    missing = invalid_input(
        f"Cannot find Service Linked Role template for {service}", "AWSServiceName"
    )
    return Resolution(
        checks=(PermissionCheck(call.operation, arn, context={"iam:AWSServiceName": service}),),
        subject=template,
        missing=None if template else missing,
        resources=(ROLE.resource(name),),
    )


def _trust(service: str) -> str:
    statement = {
        "Action": ["sts:AssumeRole"],
        "Effect": "Allow",
        "Principal": {"Service": [service]},
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def free_name(call: Call, params: Params, template: ServiceLinkedRole) -> ServiceLinkedRole:
    """Prepare to create a service's role: its name with the suffix must be free."""
    sandbox, name = call.caller.sandbox, _name(template, params)
    if "CustomSuffix" in params and not template.takes_suffix:
        raise invalid_input(f"Custom suffix is not allowed for {template.service}", "CustomSuffix")
    if Role.in_sandbox(sandbox).filter(account=call.account, name__iexact=name).exists():
        raise invalid_input(
            f"Service role name {name} has been taken in this account, "
            "please try a different suffix.",
            "CustomSuffix",
        )
    return template


@writes("iam:CreateServiceLinkedRole", on=on_new_linked_role, prepare=free_name)
def create_service_linked_role(call: Call, params: Params, template: ServiceLinkedRole) -> Result:
    """Create a service's role with its trust policy and its permissions."""
    sandbox, name = call.caller.sandbox, _name(template, params)
    trust = Document.of(sandbox, _trust(template.service))
    role = Role.add(
        sandbox,
        account=call.account,
        path=_path(template.service),
        name=name,
        trust=trust,
        description=params.get("Description", ""),
        created_at=call.caller.now,
    )
    Attachment.add(sandbox, role=role, policy_arn=template.policy_arn)
    return {"Role": role_changed(role, trust.text)}


def _task_id(call: Call, service: str, name: str) -> str:
    """Return the task's name, which can be verified without being stored."""
    sandbox = call.caller.sandbox
    secret = derived_secret("role-deletion", str(sandbox.pk), call.caller.account_id, service, name)
    return f"task{_path(service)}{name}/{UUID(bytes=secret.encode()[:16])}"


def linked(call: Call, params: Params, role: Role) -> Role:
    """Prepare to delete a service's role: it must be service-linked."""
    if not role.path.startswith(SERVICE_LINKED_PATH):
        raise no_such_entity(f"The role {role.name} is not a service-linked role.", "RoleName")
    return role


@writes("iam:DeleteServiceLinkedRole", on=named_one(ROLE), prepare=linked)
def delete_service_linked_role(call: Call, params: Params, role: Role) -> Result:
    """Delete a service's role at once, but for the services that use every account."""
    service = role.path.removeprefix(SERVICE_LINKED_PATH).rstrip("/")
    task_id = _task_id(call, service, role.name)
    if service not in OF_EVERY_ACCOUNT:
        role.delete()
    return {"DeletionTaskId": task_id}


def on_deletion(call: Call, params: Params) -> Resolution:
    """Resolve the deletion of a task."""
    task_id = params["DeletionTaskId"]
    named_so = _TASK.fullmatch(task_id)
    service, name = (named_so[1], named_so[2]) if named_so else ("", "")
    known = named_so is not None and _task_id(call, service, name) == task_id
    arn = ROLE.arn(call.caller.account_id, name, _path(service)) if named_so else "*"
    missing = no_such_entity(f"The deletion task {task_id} cannot be found.", "DeletionTaskId")
    return Resolution(
        checks=(PermissionCheck(call.operation, arn),),
        subject=service,
        missing=None if known else missing,
    )


@reads("iam:GetServiceLinkedRoleDeletionStatus", on=on_deletion)
def get_service_linked_role_deletion_status(call: Call, params: Params, service: str) -> Result:
    """Return whether the role was deleted: what a task does is done when it is returned."""
    if service in OF_EVERY_ACCOUNT:
        return {"Status": "FAILED", "Reason": {"Reason": f"{service} {_IN_USE}"}}
    return {"Status": "SUCCEEDED"}
