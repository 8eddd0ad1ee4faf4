"""The resources that analyzers look at: roles by their trust policies, buckets by theirs."""

from collections.abc import Iterator

from console.services.accessanalyzer.analyzers import ORGANIZATION, Analyzer
from console.services.accessanalyzer.external_principals import AnalyzedResource
from console.services.s3.analysis import find_check
from console.services.s3.models import Bucket
from iam import catalogue
from iam.analysis import World, assume_check
from iam.analysis.resources import CheckFor
from iam.authorization import Organization, PermissionCheck
from iam.models import Role

ROLE_TYPE, BUCKET_TYPE = "AWS::IAM::Role", "AWS::S3::Bucket"
_ENTERING = (
    "sts:AssumeRole",
    "sts:AssumeRoleWithSAML",
    "sts:AssumeRoleWithWebIdentity",
    "sts:SetSourceIdentity",
    "sts:TagSession",
)


def analyzed(
    world: World, analyzer: Analyzer, organization: Organization | None
) -> Iterator[AnalyzedResource]:
    """Yield the resources in an analyzer's zone of trust."""
    accounts = {analyzer.account_id}
    if analyzer.type == ORGANIZATION and organization is not None:
        accounts = set(organization.units)
    for role in world.roles:
        if role.account.account_id in accounts:
            yield _role(role)
    rows = Bucket.in_sandbox(world.sandbox).select_related("account", "policy").order_by("name")
    for bucket in rows.filter(account__account_id__in=accounts, region=analyzer.region):
        if bucket.policy is not None:
            yield _bucket(world, bucket, bucket.policy.text)


def _role(role: Role) -> AnalyzedResource:
    account_id = role.account.account_id

    def check(action: str, arn: str) -> CheckFor:
        found: PermissionCheck = assume_check(role, arn, account_id, action)
        return lambda caller: found

    return AnalyzedResource(
        role.arn, ROLE_TYPE, account_id, role.trust.text, role.trust_bound, _ENTERING, check
    )


def _bucket(world: World, bucket: Bucket, text: str) -> AnalyzedResource:
    def check(action: str, arn: str) -> CheckFor:
        found = find_check(world, action, arn)
        return found or (lambda caller: PermissionCheck(action, arn, bucket.account.account_id))

    owner, bound = bucket.account.account_id, bucket.policy_bound
    return AnalyzedResource(bucket.arn, BUCKET_TYPE, owner, text, bound, _bucket_actions(), check)


def _bucket_actions() -> tuple[str, ...]:
    """Return the actions on buckets and objects."""
    service = catalogue.service("s3")
    found = service.actions if service else ()
    kinds = {"bucket", "object"}
    return tuple(
        f"s3:{one.name}" for one in found if kinds & {type_.lower() for type_ in one.resource_types}
    )
