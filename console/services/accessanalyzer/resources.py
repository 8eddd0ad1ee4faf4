"""The resources that analyzers look at: roles by their trust policies, others by their own."""

from collections.abc import Iterator

from console.services.accessanalyzer.analyzers import ORGANIZATION, Analyzer
from console.services.accessanalyzer.external_principals import AnalyzedResource
from console.services.awslambda.analysis import function_check
from console.services.awslambda.models import LambdaFunction
from console.services.s3.analysis import find_check
from console.services.s3.models import Bucket
from iam import catalogue
from iam.analysis import World, assume_check
from iam.analysis.resources import CheckFor, Finder
from iam.authorization import Organization, PermissionCheck
from iam.models import Role

ROLE_TYPE, BUCKET_TYPE = "AWS::IAM::Role", "AWS::S3::Bucket"
FUNCTION_TYPE = "AWS::Lambda::Function"
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
    of_account = {"account__account_id__in": accounts, "region": analyzer.region}
    rows = Bucket.in_sandbox(world.sandbox).select_related("account", "policy").order_by("name")
    for bucket in rows.filter(**of_account):
        if bucket.policy is not None:
            yield _with_policy(world, BUCKET_TYPE, bucket, bucket.policy.text)
    functions = LambdaFunction.in_sandbox(world.sandbox).select_related("account", "policy")
    for function in functions.filter(**of_account):
        if function.policy is not None:
            yield _with_policy(world, FUNCTION_TYPE, function, function.policy.text)


def _role(role: Role) -> AnalyzedResource:
    account_id = role.account.account_id

    def check(action: str, arn: str) -> CheckFor:
        found: PermissionCheck = assume_check(role, arn, account_id, action)
        return lambda caller: found

    return AnalyzedResource(
        role.arn, ROLE_TYPE, account_id, role.trust.text, role.trust_bound, _ENTERING, check
    )


_ON: dict[str, tuple[str, set[str], Finder]] = {
    BUCKET_TYPE: ("s3", {"bucket", "object"}, find_check),
    FUNCTION_TYPE: ("lambda", {"function"}, function_check),
}
"""The service of a type of resource, its resource types, and how it checks an action."""


def _with_policy(
    world: World, type_: str, row: Bucket | LambdaFunction, text: str
) -> AnalyzedResource:
    owner = row.account.account_id
    service, kinds, finder = _ON[type_]

    def check(action: str, arn: str) -> CheckFor:
        found = finder(world, action, arn)
        return found or (lambda caller: PermissionCheck(action, arn, owner))

    actions = _actions_on(service, kinds)
    return AnalyzedResource(row.arn, type_, owner, text, row.policy_bound, actions, check)


def _actions_on(prefix: str, kinds: set[str]) -> tuple[str, ...]:
    """Return a service's actions on these types of resources."""
    service = catalogue.service(prefix)
    found = service.actions if service else ()
    return tuple(
        f"{prefix}:{one.name}"
        for one in found
        if kinds & {type_.lower() for type_ in one.resource_types}
    )
