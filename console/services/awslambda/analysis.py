"""Functions for analyses: who gets hold of their roles, and the checks on a function."""

from collections.abc import Iterator

from django.db.models import QuerySet

from console.services.awslambda.models import LambdaFunction
from console.services.awslambda.resolvers import of_function, policy_of
from console.services.awslambda.roles import SERVICE
from iam.analysis import Workload, World, runs_as_roles
from iam.analysis.resources import CheckFor, owned_by
from iam.arns import account_of
from iam.authorization import PermissionCheck
from iam.models import Sandbox
from iam.models.prepared_queries import Prepared

_CHANGES = {
    "lambda:UpdateFunctionCode": "Rhino 17, pathfinding lambda-004",
    "lambda:UpdateFunctionConfiguration": "AWS Lambda Developer Guide, Working with environment "
    "variables (here CALLS says what a function calls; on AWS a layer does)",
}


def _functions(sandbox: int) -> QuerySet[LambdaFunction]:
    rows: QuerySet[LambdaFunction] = LambdaFunction.in_sandbox(Sandbox(pk=sandbox))
    return rows.select_related("account", "policy")


_FUNCTIONS = Prepared(_functions)


@owned_by("lambda")
def function_check(world: World, action: str, arn: str) -> CheckFor | None:
    """Return the check of an action on a function that there is."""
    found = next((one for one in _FUNCTIONS.rows(world.sandbox.pk) if one.arn == arn), None)
    if found is None:
        return None
    check = PermissionCheck(action, arn, account_of(arn), policy_of(found), of_function(found))
    return lambda caller: check


@runs_as_roles
def functions_with_roles(world: World) -> Iterator[Workload]:
    """Find the functions: whoever changes what one does, and runs it, acts as its role."""
    functions = _FUNCTIONS.rows(world.sandbox.pk)
    roles = {role.arn: role for role in world.roles} if functions else {}
    for function in functions:
        role = roles.get(function.role_arn)
        if role is None:
            continue
        context = of_function(function)
        for change, source in _CHANGES.items():
            actions = (change, "lambda:InvokeFunction")
            yield Workload(
                called=f"the function {function.name}",
                account_id=function.account.account_id,
                role_pk=role.pk,
                principal=SERVICE,
                checks=tuple(
                    PermissionCheck(one, function.arn, context=context) for one in actions
                ),
                source=source,
            )
