"""How to make a request with a condition key, by the key's name in lower case."""

WAYS_TO_CALL = {
    "aws:multifactorauthpresent": (
        "Sign in with an MFA code, or call GetSessionToken with one and use its credentials; "
        "for AssumeRole, give it the code."
    ),
    "aws:multifactorauthage": "Seconds since the MFA code was given: sign in with a code again.",
    "aws:securetransport": "Call over https.",
    "aws:sourceip": "Call from this network.",
    "aws:requestedregion": "Call an endpoint of this Region.",
    "iam:passedtoservice": "Pass the role to this service.",
    "iam:permissionsboundary": "Set this permissions boundary in the same call.",
    "iam:policyarn": "Attach or detach this policy.",
    "s3:delimiter": "List with this delimiter.",
    "s3:prefix": "List with this prefix.",
    "sts:externalid": (
        "Give AssumeRole this external ID. The console's Switch role has no field for one."
    ),
    "sts:rolesessionname": "Name the session so.",
    "sts:sourceidentity": "Give this source identity.",
}
