"""The frame of the EC2 pages."""

from typing import Any

from django.http import HttpRequest

from console.pages.service_frame import Trail, service_frame
from console.pages.services import EC2
from console.signin.console import console_of
from iam.catalogue.regions import region_city


def ec2_frame(request: HttpRequest, trail: Trail = ()) -> dict[str, Any]:
    """Return the frame's context; `trail` (label, URL) stands after *EC2 > Instances*."""
    region = region_city(console_of(request).caller.origin.region)
    frame = service_frame(EC2, {"Instances": "instances"}, trail, help_topic="ec2-instances")
    return {**frame, "region": region}
