"""An instance's metadata: botocore, unmodified, finds the credentials of the instance's role."""

import json
from datetime import timedelta

import pytest
from botocore.utils import ContainerMetadataFetcher, InstanceMetadataFetcher
from django.test import Client

from console.services.ec2.factories import InstanceFactory
from console.services.ec2.models import Instance
from iam.factories import InstanceProfileFactory, RoleFactory
from iam.models import Event, Role
from iam.perform import perform
from tests.endpoint.clients import Clients, InProcess, refusal
from tests.worlds import World, allow, document, make_world

TTL = "X-aws-ec2-metadata-token-ttl-seconds"
TOKEN = "X-aws-ec2-metadata-token"


def trusting(service: str) -> str:
    principal = {"Service": service}
    return document({"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"})


@pytest.fixture
def world(db) -> World:
    return make_world("alice")


@pytest.fixture
def instance(world) -> Instance:
    """An instance whose role may list buckets, if it is asked from this very instance."""
    RoleFactory.create(
        account=world.account,
        name="App",
        trust=trusting("ec2.amazonaws.com"),
        inline={"own": allow("s3:ListAllMyBuckets")},
    )
    InstanceProfileFactory.create(account=world.account, name="Profile", role="App")
    row: Instance = InstanceFactory.create(account=world.account, profile="Profile")
    return row


class Metadata:
    """curl, as on the instance."""

    def __init__(self, instance: Instance) -> None:
        self.client = Client()
        self.base = f"/imds/{instance.secret}/latest/"
        self.token = self.client.put(f"{self.base}api/token", headers={TTL: "60"}).content.decode()

    def get(self, path: str) -> tuple[int, str]:
        answer = self.client.get(self.base + path, headers={TOKEN: self.token})
        assert answer["X-Content-Type-Options"] == "nosniff"
        return answer.status_code, answer.content.decode()

    def credentials(self) -> dict[str, str]:
        found: dict[str, str] = json.loads(self.get("meta-data/iam/security-credentials/App")[1])
        return found


def _keys(found: dict[str, str]) -> tuple[str, str, str]:
    return found["AccessKeyId"], found["SecretAccessKey"], found["Token"]


def test_the_credentials_are_a_session_of_the_role_named_by_the_instance(world, instance):
    found = Metadata(instance).credentials()
    who = Clients()("sts", _keys(found)).get_caller_identity()["Arn"]
    assert who == f"arn:aws:sts::{world.account_id}:assumed-role/App/{instance.instance_id}"
    assert Clients()("s3", _keys(found)).list_buckets()["Buckets"] == []


def test_botocores_own_fetcher_finds_them_at_the_address_it_is_given(world, instance):
    address = f"http://127.0.0.1:8000/imds/{instance.secret}/"
    fetcher = InstanceMetadataFetcher(config={"ec2_metadata_service_endpoint": address}, env={})
    fetcher._session = InProcess()
    found = fetcher.retrieve_iam_role_credentials()
    assert found["role_name"] == "App"
    keys = found["access_key"], found["secret_key"], found["token"]
    assert Clients()("sts", keys).get_caller_identity()["Account"] == world.account_id


def test_botocore_finds_them_as_a_container_does(world, instance):
    """SDKs for Go and JavaScript drop the path of a metadata service, but keep this one."""
    fetcher = ContainerMetadataFetcher(session=InProcess())
    address = f"http://127.0.0.1:8000/imds/{instance.secret}/credentials"
    found = fetcher.retrieve_full_uri(address)
    assert Clients()("s3", _keys(found)).list_buckets()["Buckets"] == []
    assert found["RoleArn"] == f"arn:aws:iam::{world.account_id}:role/App"
    assert found["Expiration"] == Metadata(instance).credentials()["Expiration"]


def test_a_container_without_a_role_gets_a_reason(world, instance):
    address = f"/imds/{instance.secret}/credentials"
    untrusted = {"RoleName": "App", "PolicyDocument": trusting("lambda.amazonaws.com")}
    world.do("UpdateAssumeRolePolicy", **untrusted)
    assert Client().get(address).json()["code"] == "AssumeRoleUnauthorizedAccess"
    world.do("RemoveRoleFromInstanceProfile", InstanceProfileName="Profile", RoleName="App")
    answer = Client().get(address)
    assert (answer.status_code, answer.json()["code"]) == (403, "NoRole")
    assert Client().post(address).status_code == 405
    assert Client().get(f"{address}/").status_code == 404


def test_ec2_assuming_the_role_is_recorded_once_until_it_is_renewed(world, instance):
    metadata = Metadata(instance)
    first = metadata.credentials()
    assert metadata.credentials()["AccessKeyId"] == first["AccessKeyId"]
    (event,) = Event.in_sandbox(world.sandbox).filter(name="AssumeRole")
    assert event.record["userIdentity"] == {"type": "AWSService", "invokedBy": "ec2.amazonaws.com"}
    assert event.record["sourceIPAddress"] == "ec2.amazonaws.com"
    assert event.record["requestParameters"]["roleSessionName"] == instance.instance_id
    assert event.record["responseElements"]["credentials"]["accessKeyId"] == first["AccessKeyId"]
    world.sandbox.clock_offset = timedelta(hours=5, minutes=30)
    world.sandbox.save()
    assert metadata.credentials()["AccessKeyId"] != first["AccessKeyId"]
    assert Event.in_sandbox(world.sandbox).filter(name="AssumeRole").count() == 2


def test_a_role_that_does_not_trust_ec2_is_reported_until_it_does(world, instance):
    text = trusting("lambda.amazonaws.com")
    change = {"RoleName": "App", "PolicyDocument": text}
    perform(world.root(), "iam:UpdateAssumeRolePolicy", change)
    metadata = Metadata(instance)
    assert metadata.credentials()["Code"] == "AssumeRoleUnauthorizedAccess"
    assert metadata.credentials()["Message"].startswith("EC2 cannot assume the role App.")
    assert Event.in_sandbox(world.sandbox).filter(error_code="AccessDenied").count() == 1
    change["PolicyDocument"] = trusting("ec2.amazonaws.com")
    perform(world.root(), "iam:UpdateAssumeRolePolicy", change)
    assert metadata.credentials()["Code"] == "Success"


def test_a_trust_policy_can_ask_on_whose_behalf_ec2_comes(world, instance):
    metadata = Metadata(instance)
    for account, code in (
        ("111122223333", "AssumeRoleUnauthorized"),
        (world.account_id, "Success"),
    ):
        statement = json.loads(trusting("ec2.amazonaws.com"))["Statement"][0]
        condition = {"ArnLike": {"aws:SourceArn": f"arn:aws:ec2:*:{account}:instance/*"}}
        text = document({**statement, "Condition": condition})
        world.do("UpdateAssumeRolePolicy", RoleName="App", PolicyDocument=text)
        assert metadata.credentials()["Code"].startswith(code)


def test_a_policy_can_ask_for_the_instance_that_calls(world, instance):
    keys = _keys(Metadata(instance).credentials())
    role = Role.in_sandbox(world.sandbox).get(name="App")
    for wanted, ok in ((instance.arn, True), (instance.arn[:-1] + "z", False)):
        condition = {"ArnEquals": {"ec2:SourceInstanceARN": wanted}}
        policy = allow("s3:ListAllMyBuckets", Condition=condition)
        put = {"RoleName": role.name, "PolicyName": "own", "PolicyDocument": policy}
        perform(world.root(), "iam:PutRolePolicy", put)
        s3 = Clients()("s3", keys)
        if ok:
            s3.list_buckets()
        else:
            assert refusal(s3.list_buckets)[0] == "AccessDenied"


def test_the_service_describes_the_instance_and_lists_its_folders(instance):
    metadata = Metadata(instance)
    assert metadata.get("meta-data/instance-id") == (200, instance.instance_id)
    assert metadata.get("meta-data/placement/region") == (200, "us-east-1")
    assert metadata.get("meta-data/iam/security-credentials/") == (200, "App")
    assert "iam/" in metadata.get("meta-data/")[1].splitlines()
    identity = json.loads(metadata.get("dynamic/instance-identity/document")[1])
    assert identity["instanceId"] == instance.instance_id
    info = json.loads(metadata.get("meta-data/iam/info")[1])
    assert info["InstanceProfileArn"] == instance.profile_arn
    assert metadata.get("meta-data/nothing")[0] == 404


@pytest.mark.parametrize("seconds", ["", "0", "21601", "x", "\uff11"])
def test_a_token_has_a_lifetime_of_six_hours_at_most(instance, seconds):
    client, url = Client(), f"/imds/{instance.secret}/latest/api/token"
    assert client.put(url, headers={TTL: seconds} if seconds else {}).status_code == 400


def test_without_a_valid_token_nothing_is_answered(world, instance):
    client, url = Client(), f"/imds/{instance.secret}/latest/meta-data/instance-id"
    other = InstanceFactory.create(account=world.account)
    assert client.get(url).status_code == 401
    for token in ("x", Metadata(other).token):
        assert client.get(url, headers={TOKEN: token}).status_code == 401
    assert client.get("/imds/wrong/latest/meta-data/").status_code == 404


def test_a_terminated_instance_answers_nothing_and_its_credentials_still_work(world, instance):
    metadata = Metadata(instance)
    keys = _keys(metadata.credentials())
    perform(world.root(), "ec2:TerminateInstances", {"InstanceIds": [instance.instance_id]})
    assert metadata.get("meta-data/")[0] == 404
    assert Clients()("sts", keys).get_caller_identity()["Account"] == world.account_id


def test_a_role_taken_out_of_its_profile_gives_no_credentials(world, instance):
    metadata = Metadata(instance)
    pair = {"InstanceProfileName": "Profile", "RoleName": "App"}
    perform(world.root(), "iam:RemoveRoleFromInstanceProfile", pair)
    assert metadata.get("meta-data/iam/security-credentials/App")[0] == 404
    world.do("DeleteInstanceProfile", InstanceProfileName="Profile")
    assert json.loads(metadata.get("meta-data/iam/info")[1])["Code"] == "InstanceProfileNotFound"
