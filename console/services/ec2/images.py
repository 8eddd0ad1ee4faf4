"""The images: made up, with names as Amazon's and Canonical's."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Image:
    """An image, which nothing boots."""

    image_id: str
    name: str
    title: str
    owner: str
    owner_alias: str

    def shape(self) -> dict[str, Any]:
        """Return it as DescribeImages does."""
        alias = {"ImageOwnerAlias": self.owner_alias} if self.owner_alias else {}
        return {
            "Architecture": "x86_64",
            "CreationDate": "2026-01-01T00:00:00.000Z",
            "ImageId": self.image_id,
            "ImageLocation": f"{self.owner_alias or self.owner}/{self.name}",
            "ImageType": "machine",
            "Public": True,
            "OwnerId": self.owner,
            "PlatformDetails": "Linux/UNIX",
            "UsageOperation": "RunInstances",
            "State": "available",
            "Description": f"{self.title}. An image of Rolecall's, which nothing boots from.",
            "Hypervisor": "xen",
            "ImdsSupport": "v2.0",
            "Name": self.name,
            "RootDeviceName": "/dev/xvda",
            "RootDeviceType": "ebs",
            "VirtualizationType": "hvm",
            **alias,
        }


IMAGES = (
    Image(
        "ami-0a20230a20230a202",
        "al2023-ami-2023.0.20260101.0-kernel-6.1-x86_64",
        "Amazon Linux 2023",
        "137112412989",
        "amazon",
    ),
    Image(
        "ami-0b24040b24040b240",
        "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260101",
        "Ubuntu Server 24.04 LTS",
        "099720109477",
        "",
    ),
)
IMAGES_BY_ID = {image.image_id: image for image in IMAGES}
