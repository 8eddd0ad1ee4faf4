"""Trails: their life, their names, what CloudTrail refuses."""

from typing import Any

import pytest

from iam.perform import AccessDenied, perform
from iam.wire.errors import AwsError
from tests.services.cast import OTHER, OWN, Cast, statement
from tests.services.trails import ARN, do, log_policy, trail


def test_a_trail_is_created_described_changed_and_deleted(cast: Cast) -> None:
    trail(cast, TagsList=[{"Key": "team", "Value": "blue"}])
    shown = {
        "Name": "all",
        "S3BucketName": "logs",
        "IncludeGlobalServiceEvents": True,
        "IsMultiRegionTrail": False,
        "TrailARN": ARN,
        "LogFileValidationEnabled": False,
        "IsOrganizationTrail": False,
    }
    more = {
        "HomeRegion": "us-east-1",
        "HasCustomEventSelectors": False,
        "HasInsightSelectors": False,
    }
    assert do(cast, "cloudtrail:GetTrail", Name=ARN) == {"Trail": shown | more}
    assert do(cast, "cloudtrail:DescribeTrails") == {"trailList": [shown | more]}
    assert do(cast, "cloudtrail:ListTrails") == {
        "Trails": [{"TrailARN": ARN, "Name": "all", "HomeRegion": "us-east-1"}]
    }
    changed = do(cast, "cloudtrail:UpdateTrail", Name="all", IsMultiRegionTrail=True)
    assert changed == shown | {"IsMultiRegionTrail": True}
    do(cast, "cloudtrail:AddTags", ResourceId=ARN, TagsList=[{"Key": "k", "Value": "v"}])
    do(cast, "cloudtrail:RemoveTags", ResourceId=ARN, TagsList=[{"Key": "team"}])
    tags = do(cast, "cloudtrail:ListTags", ResourceIdList=[ARN])["ResourceTagList"]
    assert tags == [{"ResourceId": ARN, "TagsList": [{"Key": "k", "Value": "v"}]}]
    do(cast, "cloudtrail:DeleteTrail", Name="all")
    assert do(cast, "cloudtrail:DescribeTrails") == {"trailList": []}


def test_the_status_of_a_trail_has_whether_it_logs_and_since_when(cast: Cast) -> None:
    trail(cast)
    status = do(cast, "cloudtrail:GetTrailStatus", Name="all")
    assert (status["IsLogging"], status["TimeLoggingStarted"]) == (True, "2026-11-23T12:00:00Z")
    do(cast, "cloudtrail:StopLogging", Name="all")
    status = do(cast, "cloudtrail:GetTrailStatus", Name="all")
    assert (status["IsLogging"], status["TimeLoggingStopped"]) == (False, "2026-11-23T12:00:00Z")


REFUSED: list[tuple[str, dict[str, Any], str, str]] = [
    ("CreateTrail", {"Name": "ab"}, "InvalidTrailName", "too short"),
    ("CreateTrail", {"Name": "a" * 129}, "InvalidTrailName", "too long"),
    ("CreateTrail", {"Name": "a b c"}, "InvalidTrailName", "can only contain"),
    ("CreateTrail", {"Name": "-abc"}, "InvalidTrailName", "must starts with"),
    ("CreateTrail", {"Name": "a--b"}, "InvalidTrailName", "adjacent"),
    ("CreateTrail", {"Name": "trail!"}, "InvalidTrailName", "must ends with a letter or number."),
    ("CreateTrail", {"Name": "#trail"}, "InvalidTrailName", "must starts with a letter or number."),
    ("CreateTrail", {"Name": "my#trail"}, "InvalidTrailName", "can only contain"),
    ("CreateTrail", {"Name": "192.168.5.4"}, "InvalidTrailName", "IP address"),
    ("CreateTrail", {"Name": "all"}, "TrailAlreadyExists", f"for customer: {OWN}"),
    ("CreateTrail", {"S3BucketName": "gone"}, "S3BucketDoesNotExist", "S3 bucket gone does not"),
    ("CreateTrail", {"S3BucketName": "closed"}, "InsufficientS3BucketPolicy", "bucket: closed"),
    ("CreateTrail", {}, "InsufficientS3BucketPolicy", "Incorrect S3 bucket policy is detected"),
    ("CreateTrail", {"S3BucketName": ""}, "InvalidS3BucketName", "blank"),
    ("CreateTrail", {"EnableLogFileValidation": True}, "UnsupportedOperation", "validation"),
    ("CreateTrail", {"SnsTopicName": "topic"}, "UnsupportedOperation", "SNS"),
    (
        "UpdateTrail",
        {"Name": "all", "IsMultiRegionTrail": True, "IncludeGlobalServiceEvents": False},
        "InvalidParameterCombination",
        "Multi-Region trail must include global service events.",
    ),
    ("GetTrail", {"Name": "none"}, "TrailNotFound", f"trail/none for the user: {OWN}"),
    ("GetTrail", {"Name": "arn:aws:s3:::x"}, "CloudTrailARNInvalid", "ARN"),
    ("AddTags", {"ResourceId": "all", "TagsList": []}, "CloudTrailARNInvalid", "ARN"),
    ("PutEventSelectors", {"TrailName": "all"}, "InvalidEventSelectors", "Either"),
]


@pytest.mark.parametrize(("operation", "params", "code", "words"), REFUSED)
def test_what_cloudtrail_refuses_is_refused_in_its_words(
    cast: Cast, operation: str, params: dict[str, Any], code: str, words: str
) -> None:
    trail(cast)
    cast.bucket("closed")
    if operation == "CreateTrail":
        params = {"Name": "another", "S3BucketName": "logs", **params}
    with pytest.raises(AwsError) as refused:
        do(cast, f"cloudtrail:{operation}", **params)
    assert refused.value.code == f"{code}Exception"
    assert words in refused.value.message


def test_an_account_has_five_trails_a_region(cast: Cast) -> None:
    cast.bucket("logs")
    policy = log_policy(arn="*").replace("StringEquals", "StringLike")
    do(cast, "s3:PutBucketPolicy", Bucket="logs", Policy=policy)
    for number in range(5):
        do(cast, "cloudtrail:CreateTrail", Name=f"trail{number}", S3BucketName="logs")
    with pytest.raises(AwsError) as refused:
        do(cast, "cloudtrail:CreateTrail", Name="trail5", S3BucketName="logs")
    assert refused.value.code == "MaximumNumberOfTrailsExceededException"


def test_a_trail_is_asked_for_by_its_arn_and_hidden_from_others(cast: Cast) -> None:
    trail(cast)
    one = cast.user("one", statement("cloudtrail:GetTrail", ARN))
    assert perform(one, "cloudtrail:GetTrail", {"Name": "all"})["Trail"]["TrailARN"] == ARN
    with pytest.raises(AccessDenied):
        perform(one, "cloudtrail:StopLogging", {"Name": "all"})
    with pytest.raises(AccessDenied):
        perform(cast.root(OTHER), "cloudtrail:GetTrail", {"Name": ARN})


SELECTORS: list[tuple[str, dict[str, Any]]] = [
    ("EventSelectors", {"DataResources": [{"Type": "AWS::Lambda::Function", "Values": []}]}),
    ("EventSelectors", {"DataResources": [{"Type": "AWS::S3::Object", "Values": ["logs"]}]}),
    ("EventSelectors", {"ExcludeManagementEventSources": ["iam.amazonaws.com"]}),
    ("AdvancedEventSelectors", {"FieldSelectors": [{"Field": "readOnly", "Equals": ["true"]}]}),
    (
        "AdvancedEventSelectors",
        {"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Data"]}]},
    ),
]


@pytest.mark.parametrize(("member", "selector"), SELECTORS)
def test_selectors_that_select_nothing_here_are_refused(
    cast: Cast, member: str, selector: dict[str, Any]
) -> None:
    trail(cast)
    put: dict[str, Any] = {"TrailName": "all", member: [selector]}
    with pytest.raises(AwsError) as refused:
        do(cast, "cloudtrail:PutEventSelectors", **put)
    assert refused.value.code == "InvalidEventSelectorsException"


def test_selectors_are_returned_as_put_with_their_defaults(cast: Cast) -> None:
    trail(cast)
    (first,) = do(cast, "cloudtrail:GetEventSelectors", TrailName="all")["EventSelectors"]
    assert first["ReadWriteType"] == "All"
    put = [{"ReadWriteType": "WriteOnly", "IncludeManagementEvents": False}]
    do(cast, "cloudtrail:PutEventSelectors", TrailName="all", EventSelectors=put)
    told = do(cast, "cloudtrail:GetEventSelectors", TrailName="all")["EventSelectors"]
    assert told == [put[0] | {"DataResources": [], "ExcludeManagementEventSources": []}]
    assert do(cast, "cloudtrail:GetTrail", Name="all")["Trail"]["HasCustomEventSelectors"]


def test_what_no_account_has_of_cloudtrail_is_said_in_its_words(cast: Cast) -> None:
    """CloudTrail user guide, *Logging Insights events*: what get-insight-selectors answers."""
    trail(cast)
    with pytest.raises(AwsError) as refused:
        do(cast, "cloudtrail:GetInsightSelectors", TrailName="all")
    assert refused.value.code == "InsightNotEnabledException"
    assert refused.value.message == (
        f"Trail {ARN} does not have Insights enabled. Edit the trail settings to enable Insights, "
        "and then try the operation again."
    )
    cases: tuple[tuple[dict[str, Any], str], ...] = (
        ({"TrailName": "none"}, "TrailNotFoundException"),
        ({}, "InvalidParameterCombinationException"),
        ({"EventDataStore": "store"}, "EventDataStoreNotFoundException"),
    )
    for asked, code in cases:
        with pytest.raises(AwsError) as refused:
            do(cast, "cloudtrail:GetInsightSelectors", **asked)
        assert refused.value.code == code
    for name in ("Channels", "Dashboards", "EventDataStores", "Imports"):
        assert do(cast, f"cloudtrail:List{name}") == {name: []}
