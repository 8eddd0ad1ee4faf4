"""Services and actions as the visual editor shows them."""

import pytest

from iam import catalogue


def names(access_level: str) -> list[str]:
    sts = catalogue.service("sts")
    assert sts is not None
    return [action.name for action in sts.with_access_level(access_level)]


def test_sts_reads_are_the_five_of_the_course():
    assert names("Read") == [
        "GetAccessKeyInfo",
        "GetCallerIdentity",
        "GetFederationToken",
        "GetServiceBearerToken",
        "GetSessionToken",
    ]


def test_sts_writes_are_the_six_of_the_course():
    assert names("Write") == [
        "AssumeRole",
        "AssumeRoleWithSAML",
        "AssumeRoleWithWebIdentity",
        "DecodeAuthorizationMessage",
        "SetContext",
        "SetSourceIdentity",
    ]


def test_sts_has_one_tagging_action_and_no_other_access_level():
    assert names("Tagging") == ["TagSession"]
    sts = catalogue.service("sts")
    assert sts is not None
    assert len(sts.actions) == 12
    assert (sts.name, sts.title) == ("STS", "Security Token Service")


def test_newer_sts_actions_are_known_but_not_in_the_picker():
    sts = catalogue.service("sts")
    assert sts is not None
    assert "AssumeRoot" in {action.name for action in sts.later_actions}
    assert "AssumeRoot" not in {action.name for action in sts.actions}
    assert catalogue.action("sts:AssumeRoot") is not None


def test_actions_and_services_are_found_without_case():
    found = catalogue.action("STS:assumerole")
    assert found is not None
    assert found.name == "AssumeRole"
    assert found.resource_types == ("role",)
    assert "sts:ExternalId" in found.condition_keys
    assert found.description.startswith("Grants permission to obtain a set of temporary")


@pytest.mark.parametrize("name", ["", "sts", "sts:", "nope:Nope", "sts:Nope", "../x:y", "*:*"])
def test_an_unknown_name_gives_none(name: str):
    assert catalogue.action(name) is None


def test_resource_types_have_the_arn_to_fill_in():
    iam = catalogue.service("iam")
    assert iam is not None
    role = iam.resource_type("role")
    assert role is not None
    assert role.arn == "arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}"
    assert iam.resource_type("nope") is None


def test_an_action_without_resource_takes_only_the_star():
    found = catalogue.action("s3:ListAllMyBuckets")
    assert found is not None
    assert found.resource_types == ()
    assert found.access_level == "List"


def test_condition_keys_have_types():
    types = {key.name: key.type for key in catalogue.condition_keys("sts")}
    assert types["sts:ExternalId"] == "String"
    everywhere = {key.name: key.type for key in catalogue.global_condition_keys()}
    assert everywhere["aws:MultiFactorAuthPresent"] == "Bool"
    assert everywhere["aws:SourceIp"] == "IPAddress"
    assert catalogue.condition_keys("nope") == ()


@pytest.mark.parametrize(
    ("prefix", "name"),
    [
        ("s3", "S3"),
        ("iam", "IAM"),
        ("ec2", "EC2"),
        ("sts", "STS"),
        ("lambda", "Lambda"),
        ("dynamodb", "DynamoDB"),
        ("cloudtrail", "CloudTrail"),
        ("kms", "KMS"),
        ("secretsmanager", "Secrets Manager"),
        ("sns", "SNS"),
        ("sqs", "SQS"),
        ("logs", "CloudWatch Logs"),
    ],
)
def test_services_have_the_names_of_the_console(prefix: str, name: str):
    found = catalogue.service(prefix)
    assert found is not None
    assert found.name == name


def test_services_are_listed_by_name():
    listed = [service.name.casefold() for service in catalogue.services()]
    assert listed == sorted(listed)
    assert len(listed) > 400


def test_every_service_can_be_read_and_its_actions_agree_with_it():
    for service in catalogue.services():
        kinds = {kind.name for kind in service.resource_types}
        for action in service.actions:
            assert action.access_level in catalogue.ACCESS_LEVELS
            assert kinds.issuperset(action.resource_types)
