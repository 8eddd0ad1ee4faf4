"""Factories of instances; only seeds and tests import them."""

from typing import Any

from factory import SubFactory

from console.services.ec2.images import IMAGES
from console.services.ec2.models import Instance
from iam.catalogue.regions import HOME_REGION
from iam.factories.accounts import AccountFactory
from iam.factories.requests import RequestFactory, requested
from iam.wire.tags import tag_list


class InstanceFactory(RequestFactory[Instance]):
    """An instance, with an instance profile if a name is given."""

    class Meta:
        model = Instance

    account = SubFactory(AccountFactory)
    name = ""
    type = "t3.micro"
    image = IMAGES[0].image_id
    profile = ""
    region = HOME_REGION
    metadata: dict[str, str | int] = {}
    tags: dict[str, str] = {}
    received_at = None

    @classmethod
    def made(cls, **given: Any) -> Instance:
        """Launch the instance."""
        account = given["account"]
        tags = {"Name": given["name"], **given["tags"]} if given["name"] else given["tags"]
        params = {
            "ImageId": given["image"],
            "InstanceType": given["type"],
            "MinCount": 1,
            "MaxCount": 1,
            "IamInstanceProfile": {"Name": given["profile"]} if given["profile"] else {},
            "MetadataOptions": given["metadata"],
            "TagSpecifications": [{"ResourceType": "instance", "Tags": tag_list(tags)}]
            if tags
            else [],
        }
        at = given["received_at"], given["region"]
        launched = requested(account, "ec2:RunInstances", params, *at)
        instance_id = launched["Instances"][0]["InstanceId"]
        row: Instance = Instance.in_sandbox(account.sandbox).get(instance_id=instance_id)
        row.account = account
        return row
