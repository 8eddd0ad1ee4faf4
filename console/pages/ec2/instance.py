"""The page of an instance, its role, and the calls that it can make."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.labs.rules import Tool
from console.pages.calls import CallResult, call, call_all
from console.pages.ec2.forms import InstanceRoleForm
from console.pages.ec2.frame import ec2_frame
from console.pages.ec2.rows import rows_of
from console.pages.refusals import refused_page
from console.services.ec2.instance_access import metadata_path
from console.signin.console import console_of
from console.signin.guard import console_page, needs
from console.ui.flash import flash_success
from iam.wire.errors import AwsError


def _refused(request: HttpRequest, instance_id: str, result: CallResult) -> HttpResponse:
    return refused_page(
        request,
        result,
        lambda title: ec2_frame(request, [(instance_id, ""), (title, "")]),
        reverse("instances"),
    )


def _role_of(request: HttpRequest, profile: str) -> tuple[str, CallResult]:
    """Return the role of an instance profile, and the call that returned it."""
    if not profile:
        return "", CallResult()
    result = call(request, "iam:GetInstanceProfile", InstanceProfileName=profile)
    roles = result.output.get("InstanceProfile", {}).get("Roles", ())
    return (roles[0]["RoleName"] if roles else ""), result


@console_page
def instance(request: HttpRequest, instance_id: str) -> HttpResponse:
    result = call(request, "ec2:DescribeInstances", InstanceIds=[instance_id])
    if result.error:
        return _refused(request, instance_id, result)
    found = rows_of(result.output)[0]
    role, role_result = _role_of(request, found["profile"])
    context = {
        **ec2_frame(request, [(instance_id, "")]),
        "instance": found,
        "instance_id": instance_id,
        "role": role,
        "role_result": role_result,
        "runs": found["State"]["Name"] == "running",
    }
    return render(request, "ec2/instance.html", context)


def _change(request: HttpRequest, instance_id: str, form: InstanceRoleForm) -> CallResult:
    """Make the call that turns the present association into the wanted one."""
    wanted = form.cleaned_data["profile"]
    filters = [{"Name": "instance-id", "Values": [instance_id]}]
    listed = form.send(request, "ec2:DescribeIamInstanceProfileAssociations", Filters=filters)
    if listed.error:
        return listed
    present = listed.output["IamInstanceProfileAssociations"]
    profile = {"IamInstanceProfile": {"Arn": wanted}} if wanted else {}
    if not present:
        if not wanted:
            return CallResult()
        operation = "ec2:AssociateIamInstanceProfile"
        return form.send(request, operation, InstanceId=instance_id, **profile)
    word = "ReplaceIamInstanceProfileAssociation" if wanted else "DisassociateIamInstanceProfile"
    association = present[0]["AssociationId"]
    return form.send(request, f"ec2:{word}", AssociationId=association, **profile)


@require_http_methods(["GET", "POST"])
@console_page
def instance_role(request: HttpRequest, instance_id: str) -> HttpResponse:
    """*Modify IAM role*: give the instance another instance profile, or none."""
    described = call(request, "ec2:DescribeInstances", InstanceIds=[instance_id])
    if described.error:
        return _refused(request, instance_id, described)
    found = rows_of(described.output)[0]
    profiles = call_all(request, "iam:ListInstanceProfiles", "InstanceProfiles")
    listed = profiles.rows("InstanceProfiles")
    data = request.POST or None
    form = InstanceRoleForm(listed, found["profile_arn"], data)
    if (
        request.method == "POST"
        and form.is_valid()
        and not _change(request, instance_id, form).error
    ):
        flash_success(request, f"Successfully updated the IAM role of {instance_id}")
        return redirect("instance", instance_id)
    refused = form.refused if form.refused.error else profiles
    back = reverse("instance", args=[instance_id])
    frame = ec2_frame(request, [(instance_id, back), ("Modify IAM role", "")])
    context = {**frame, "form": form, "refused": refused, "instance_id": instance_id, "back": back}
    return render(request, "ec2/modify_role.html", context)


@require_http_methods(["GET", "POST"])
@console_page
@needs(Tool.CLI)
def instance_connect(request: HttpRequest, instance_id: str) -> HttpResponse:
    """Show a visitor who may log in to the instance what it can call."""
    if request.method == "GET":
        return redirect("instance", instance_id)
    try:
        path = metadata_path(console_of(request).caller, instance_id)
    except AwsError as error:
        return _refused(request, instance_id, CallResult(error=error))
    base = request.build_absolute_uri(path)
    back = reverse("instance", args=[instance_id])
    region = console_of(request).caller.origin.region
    context = {
        **ec2_frame(request, [(instance_id, back), ("Connect", "")]),
        "instance_id": instance_id,
        "back": back,
        "curl": _curl_lines(base),
        "cli": (
            f"export AWS_EC2_METADATA_SERVICE_ENDPOINT={base}\n"
            f"export AWS_ENDPOINT_URL={request.build_absolute_uri('/aws')}\n"
            f"export AWS_REGION={region} AWS_DEFAULT_REGION={region}\n"
            "aws sts get-caller-identity"
        ),
        "container": f"export AWS_CONTAINER_CREDENTIALS_FULL_URI={base}credentials",
    }
    return render(request, "ec2/connect.html", context)


def _curl_lines(base: str) -> str:
    header = '-H "X-aws-ec2-metadata-token: $TOKEN"'
    credentials = f"{base}latest/meta-data/iam/security-credentials/"
    return (
        f'TOKEN=$(curl -s -X PUT "{base}latest/api/token" '
        '-H "X-aws-ec2-metadata-token-ttl-seconds: 21600")\n'
        f'curl -s {header} "{base}latest/meta-data/instance-id"; echo\n'
        f'ROLE=$(curl -s {header} "{credentials}")\n'
        f'curl -s {header} "{credentials}$ROLE"'
    )
