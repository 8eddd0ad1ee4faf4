"""The list of instances; launching and terminating them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.pages.calls import call, call_all
from console.pages.dialogs import ConfirmDialog
from console.pages.ec2.forms import LaunchForm
from console.pages.ec2.frame import ec2_frame
from console.pages.ec2.rows import rows_of
from console.pages.forms import sent
from console.pages.outcomes import flash_refused
from console.pages.service_frame import list_page
from console.signin.guard import console_page
from console.ui.flash import flash_success
from console.ui.tables import Column, Empty, RefusedRows, Table


def _url(row: dict[str, Any]) -> str:
    return reverse("instance", args=[row["InstanceId"]])


INSTANCES = Table(
    id="instances",
    title="Instances",
    info="ec2-instances",
    search="Find instance by name, ID or profile",
    selection="checkbox",
    row_key="InstanceId",
    columns=[
        Column("InstanceId", "Instance ID", link=_url),
        Column("name", "Name"),
        Column("state", "Instance state", template="ec2/state.html"),
        Column("InstanceType", "Instance type"),
        Column("zone", "Availability Zone"),
        Column("profile", "IAM instance profile"),
        Column("LaunchTime", "Launch time", kind="time"),
    ],
    empty=Empty("No instances", "You do not have any instances in this Region."),
    refused=RefusedRows(
        "You don't have permissions to list instances", "The instances could not be listed"
    ),
)


@console_page
def instances(request: HttpRequest) -> HttpResponse:
    """List the Region's instances."""
    listed = call(request, "ec2:DescribeInstances")
    table = INSTANCES.view(request, rows_of(listed.output), refused=listed)
    return list_page(
        request,
        ec2_frame(request),
        table,
        title="EC2 instances",
        removes=("Terminate (delete) instance", "instances_terminate"),
        creates=("Launch instances", "instance_launch"),
    )


@require_http_methods(["GET", "POST"])
@console_page
def instance_launch(request: HttpRequest) -> HttpResponse:
    """Launch instances, with an instance profile if one was chosen."""
    images = call(request, "ec2:DescribeImages")
    profiles = call_all(request, "iam:ListInstanceProfiles", "InstanceProfiles")
    form = LaunchForm(
        images.rows("Images"),
        profiles.rows("InstanceProfiles"),
        request.POST or None,
    )
    if request.method == "POST" and form.is_valid():
        launched = form.send(request, "ec2:RunInstances", **form.params())
        if not launched.error:
            made = launched.output["Instances"]
            names = ", ".join(one["InstanceId"] for one in made)
            link = ("View instance", _url(made[0])) if len(made) == 1 else None
            flash_success(request, f"Successfully initiated launch of instance {names}", link)
            return redirect("instances")
    context = {
        **ec2_frame(request, [("Launch an instance", "")]),
        "form": form,
        "refused": images if images.error else form.refused,
        "profiles": profiles,
    }
    return render(request, "ec2/launch.html", context)


@require_http_methods(["GET", "POST"])
@console_page
def instances_terminate(request: HttpRequest) -> HttpResponse:
    """Ask for confirmation, then terminate the chosen instances."""
    data = sent(request)
    names = list(dict.fromkeys(data.getlist("selected")))
    if not names:
        return redirect("instances")
    dialog = ConfirmDialog(
        "Terminate (delete) instance?",
        (
            "Are you sure you want to terminate these instances? "
            "Credentials that they gave out work until their time is up.",
        ),
        "Terminate (delete)",
        reverse("instances"),
        hidden=tuple(("selected", name) for name in names),
        items=tuple((name, "") for name in names),
    )
    if not dialog.confirmed(request):
        return dialog.show(request, ec2_frame(request, [("Terminate", "")]))
    result = call(request, "ec2:TerminateInstances", InstanceIds=names)
    if result.error:
        flash_refused(request, result, "Failed to terminate an instance")
    else:
        shown = ", ".join(names)
        flash_success(request, f"Successfully initiated termination (deletion) of {shown}")
    return redirect("instances")
