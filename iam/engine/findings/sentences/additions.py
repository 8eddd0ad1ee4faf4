"""Codes and sentences of ours, for mistakes that AWS's policy checks ignore."""

NO_ALLOW = "No Allow statement: nobody can assume this role"

SECURITY = {
    "ALLOW_WITH_STAR_IN_PRINCIPAL": "The principal `*` lets anyone, in any AWS account, {what}. "
    "Name accounts, users or roles, or add a condition.",
    "ASSUME_ROLE_WITH_STAR_IN_RESOURCE": "The all wildcard '*' may be overly permissive for the "
    "selected actions. Allowing specific ARNs for these service resources can improve security.",
}
WARNINGS = {
    "NO_ALLOW_STATEMENT": NO_ALLOW,
    "UNKNOWN_SERVICE_PRINCIPAL": "No AWS service is known here as {principal}. Check its name: "
    "AWS refuses a policy with a service that does not exist.",
}
