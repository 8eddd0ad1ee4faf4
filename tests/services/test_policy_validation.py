"""Access Analyzer's ValidatePolicy.

Sources: botocore's model (shapes; lines from 1, columns and offsets from 0, an end that is not of
the span), AWS CLI's example of validate-policy (types, path, link), IAM user guide, *Access
Analyzer policy check reference* (codes and sentences).
"""

import json
from typing import Any

import pytest

from iam.perform import perform
from iam.wire.errors import AwsError
from tests.worlds import World, allow, document, make_world

LINK = (
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html"
    "#access-analyzer-reference-policy-checks-"
)
TRUST = "AWS::IAM::AssumeRolePolicyDocument"
STAR = {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def found(world: World, text: str, type_: str = "IDENTITY_POLICY", **more: Any) -> Any:
    asked = {"policyDocument": text, "policyType": type_, **more}
    return perform(world.root(), "access-analyzer:ValidatePolicy", asked)["findings"]


def test_a_finding_has_awss_sentence_its_path_and_its_span(world: World) -> None:
    text = '{\n "Version": "2012-10-17",\n "Statement": [{"Effect": "Allow", "Sid": "",\n'
    text += '  "Action": ["s3:GetObjekt"], "Resource": "*"}]\n}'
    error, suggestion = found(world, text)
    assert (error["findingType"], error["issueCode"]) == ("ERROR", "INVALID_ACTION")
    assert error["findingDetails"].startswith("The action s3:GetObjekt does not exist.")
    assert error["learnMoreLink"] == f"{LINK}error-invalid-action"
    (location,) = error["locations"]
    path = [{"value": "Statement"}, {"index": 0}, {"value": "Action"}, {"index": 0}]
    assert location["path"] == path
    start, end = location["span"]["start"], location["span"]["end"]
    assert text[start["offset"] : end["offset"]] == '"s3:GetObjekt"'
    assert (start["line"], start["column"]) == (4, 13)
    assert suggestion == {
        "findingDetails": "Add a value to the empty string in the Sid element.",
        "findingType": "SUGGESTION",
        "issueCode": "EMPTY_SID_VALUE",
        "learnMoreLink": f"{LINK}suggestion-empty-sid-value",
        "locations": suggestion["locations"],
    }


@pytest.mark.parametrize(
    ("statement", "of_type", "code", "anchor"),
    [
        (STAR, {}, "PASS_ROLE_WITH_STAR_IN_RESOURCE", "security-warning"),
        (
            {**STAR, "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"},
            {"type_": "RESOURCE_POLICY", "validatePolicyResourceType": TRUST},
            "ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE",
            "error",
        ),
        (
            {**STAR, "Effect": "Deny", "Principal": "*"},
            {"type_": "SERVICE_CONTROL_POLICY"},
            "SCP_SYNTAX_ERROR_PRINCIPAL",
            "error",
        ),
        (
            {**STAR, "Principal": "*", "Action": "s3:GetObject"},
            {"type_": "RESOURCE_CONTROL_POLICY"},
            "RCP_SYNTAX_ERROR_ALLOW",
            "error",
        ),
    ],
)
def test_each_type_of_policy_has_its_rules(
    world: World, statement: dict[str, Any], of_type: dict[str, str], code: str, anchor: str
) -> None:
    of_code = {one["issueCode"]: one for one in found(world, document(statement), **of_type)}
    one = of_code[code]
    assert one["findingType"] == anchor.replace("-", "_").upper()
    assert one["learnMoreLink"] == f"{LINK}{anchor}-{code.lower().replace('_', '-')}"


def test_a_text_that_is_no_json_has_one_finding_at_its_place(world: World) -> None:
    text = '{"Version": "2012-10-17",\n "Statement": [}'
    (one,) = found(world, text)
    assert one["issueCode"] == "JSON_SYNTAX_ERROR"
    (location,) = one["locations"]
    start, end = location["span"]["start"], location["span"]["end"]
    assert (location["path"], start["line"]) == ([], 2)
    assert start["offset"] < end["offset"] <= len(text)


def test_what_the_editor_adds_of_its_own_is_not_returned(world: World) -> None:
    text = allow("sts:AssumeRole")
    codes = [one["issueCode"] for one in found(world, text)]
    assert "ASSUME_ROLE_WITH_STAR_IN_RESOURCE" not in codes
    (hinted,) = found(world, allow("nosuch:Action", resource="arn:aws:s3:::b"))
    assert "Did you mean" not in hinted["findingDetails"]


def test_findings_come_in_pages(world: World) -> None:
    wrong = [{**STAR, "Sid": f"s{n}", "Action": f"s3:Nothing{n}"} for n in range(5)]
    asked = {"policyDocument": document(*wrong), "policyType": "IDENTITY_POLICY", "maxResults": 2}
    seen: list[str] = []
    token: dict[str, str] = {}
    while True:
        page = perform(world.root(), "access-analyzer:ValidatePolicy", {**asked, **token})
        assert len(page["findings"]) <= 2
        seen += [json.dumps(one) for one in page["findings"]]
        if "nextToken" not in page:
            break
        token = {"nextToken": page["nextToken"]}
    assert len(set(seen)) == len(seen) >= 5


def test_it_takes_its_own_permission_and_refuses_a_type_that_cannot_be(world: World) -> None:
    asked = {"policyDocument": document(STAR), "policyType": "IDENTITY_POLICY"}
    ann = world.add_user("ann", allow("iam:*"))
    with pytest.raises(AwsError, match="access-analyzer:ValidatePolicy"):
        perform(ann, "access-analyzer:ValidatePolicy", asked)
    with pytest.raises(AwsError) as refused:
        found(world, document(STAR), validatePolicyResourceType="AWS::S3::Bucket")
    assert refused.value.code == "ValidationException"
