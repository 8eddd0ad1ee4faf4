"""IAM Access Analyzer by boto3, unmodified."""

from datetime import UTC, datetime

import pytest

from tests.endpoint.clients import Clients, Keys, refusal
from tests.worlds import World, document

VENDOR = "111122223333"


@pytest.fixture
def shared(world: World) -> World:
    world.sandbox.outside_accounts = {VENDOR: "Vendor"}
    world.sandbox.save()
    text = document({"Effect": "Allow", "Principal": {"AWS": VENDOR}, "Action": "sts:AssumeRole"})
    world.do("CreateRole", RoleName="Audit", AssumeRolePolicyDocument=text)
    return world


def test_an_analyzer_is_created_and_its_findings_are_read(
    shared: World, clients: Clients, admin: Keys
) -> None:
    client = clients("accessanalyzer", admin)
    arn = client.create_analyzer(analyzerName="outside", type="ACCOUNT", tags={"a": "b"})["arn"]
    (analyzer,) = client.list_analyzers(type="ACCOUNT")["analyzers"]
    assert (analyzer["arn"], analyzer["status"], analyzer["tags"]) == (arn, "ACTIVE", {"a": "b"})
    assert isinstance(analyzer["createdAt"], datetime)
    assert client.get_analyzer(analyzerName="outside")["analyzer"]["arn"] == arn
    (found,) = client.list_findings(
        analyzerArn=arn, filter={"status": {"eq": ["ACTIVE"]}}, sort={"orderBy": "DESC"}
    )["findings"]
    assert (found["principal"], found["action"]) == ({"AWS": VENDOR}, ["sts:AssumeRole"])
    assert found["analyzedAt"].astimezone(UTC) >= found["createdAt"].astimezone(UTC)
    one = client.get_finding(analyzerArn=arn, id=found["id"])["finding"]
    assert one["resource"].endswith(":role/Audit")
    pages = client.get_paginator("list_findings_v2").paginate(analyzerArn=arn)
    (second,) = [row for page in pages for row in page["findings"]]
    assert (second["id"], second["findingType"]) == (found["id"], "ExternalAccess")
    detail = client.get_finding_v2(analyzerArn=arn, id=found["id"])
    assert detail["findingDetails"][0]["externalAccessDetails"]["isPublic"] is False
    client.update_findings(analyzerArn=arn, status="ARCHIVED", ids=[found["id"]])
    (archived,) = client.list_findings(analyzerArn=arn)["findings"]
    assert archived["status"] == "ARCHIVED"
    client.delete_analyzer(analyzerName="outside")
    assert client.list_analyzers()["analyzers"] == []


def test_refusals_have_the_codes_of_the_service(
    shared: World, clients: Clients, admin: Keys
) -> None:
    client = clients("accessanalyzer", admin)
    code, _, status = refusal(client.get_analyzer, analyzerName="x")
    assert (code, status) == ("ResourceNotFoundException", 404)
    client.create_analyzer(analyzerName="outside", type="ACCOUNT")
    code, _, status = refusal(client.create_analyzer, analyzerName="outside", type="ACCOUNT")
    assert (code, status) == ("ConflictException", 409)
    code, _, status = refusal(client.create_analyzer, analyzerName="two", type="ACCOUNT")
    assert (code, status) == ("ServiceQuotaExceededException", 402)
