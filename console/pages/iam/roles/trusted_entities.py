"""The trusted entities of a trust policy, in the words of the roles list."""

from collections.abc import Iterator

from iam.arns import account_named
from iam.policy_documents import as_list, statements_in

_WORDS = {
    "AWS": "Account",
    "Service": "AWS Service",
    "Federated": "Identity Provider",
    "CanonicalUser": "Canonical user",
}


def _entities(document: str) -> Iterator[str]:
    for statement in statements_in(document):
        principal = statement.get("Principal", {})
        if statement.get("Effect") != "Allow":
            continue
        if principal == "*":
            yield "Everybody: *"
            continue
        for kind, names in principal.items():
            for name in map(str, as_list(names)):
                shown = account_named(name) or name
                word = _WORDS.get(kind, kind)
                yield f"{word}: {shown.removesuffix('.amazonaws.com')}"


def trusted_entities(document: str) -> list[str]:
    """Return the trusted entities of a saved trust policy; a denied principal is not one."""
    return list(dict.fromkeys(_entities(document)))


def accounts_may_switch(document: str) -> bool:
    """Return whether accounts or users can assume the role, so that a link to switch is useful."""
    return any(one.startswith(("Account:", "Everybody:")) for one in trusted_entities(document))
