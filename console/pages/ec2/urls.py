"""EC2's pages."""

from django.urls import URLPattern, path

from console.pages.ec2 import instance, instances

_ONE = "instances/<str:instance_id>"

urlpatterns: list[URLPattern] = [
    path("", instances.instances, name="instances"),
    path("launch", instances.instance_launch, name="instance_launch"),
    path("terminate", instances.instances_terminate, name="instances_terminate"),
    path(_ONE, instance.instance, name="instance"),
    path(f"{_ONE}/role", instance.instance_role, name="instance_role"),
    path(f"{_ONE}/connect", instance.instance_connect, name="instance_connect"),
]
