"""ec2:DescribeImages."""

from typing import Any

from console.services.ec2.errors import malformed_id
from console.services.ec2.images import IMAGES, IMAGES_BY_ID
from console.services.ec2.lists import Values, filtered, page_of
from console.services.ec2.names import is_id
from console.services.ec2.resolvers import on_all, unless_dry_run
from iam.perform import Call, Params, Result, reads
from iam.wire.errors import AwsError

_FILTERS = {
    "architecture": "Architecture",
    "image-id": "ImageId",
    "image-type": "ImageType",
    "is-public": "Public",
    "name": "Name",
    "description": "Description",
    "owner-alias": "ImageOwnerAlias",
    "owner-id": "OwnerId",
    "root-device-type": "RootDeviceType",
    "state": "State",
    "virtualization-type": "VirtualizationType",
}


def _values(shape: dict[str, Any]) -> Values:
    found = {name: shape.get(member, "") for name, member in _FILTERS.items()}
    return {
        name: [str(value).lower() if isinstance(value, bool) else value]
        for name, value in found.items()
    }


def no_such_image(image_id: str) -> AwsError:
    """Return the error for an image that is not there."""
    if not is_id("ami", image_id):
        return malformed_id("InvalidAMIID", "ami", image_id)
    message = f"The image id '[{image_id}]' does not exist"
    return AwsError("InvalidAMIID.NotFound", message, members=("ImageId",))


def asked_images(call: Call, params: Params, _: None) -> Result:
    """Return the requested images; raises AwsError for unknown ones."""
    wanted = params.get("ImageIds") or list(IMAGES_BY_ID)
    for image_id in wanted:
        if image_id not in IMAGES_BY_ID:
            raise no_such_image(image_id)
    owners = params.get("Owners", ())
    shapes = [
        image.shape()
        for image in IMAGES
        if image.image_id in wanted
        and (not owners or {image.owner, image.owner_alias} & set(owners))
    ]
    found, more = page_of(params, filtered(params, shapes, _values, list(_FILTERS)), least=1)
    return {"Images": found, **more}


@reads("ec2:DescribeImages", on=unless_dry_run(on_all), prepare=asked_images)
def describe_images(call: Call, params: Params, found: Result) -> Result:
    return found
