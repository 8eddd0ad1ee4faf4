"""Security warnings: access that is wider than it looks."""

from collections.abc import Iterator

from iam.engine.advice.reading import Body, conditions, covers, has_condition_key, texts
from iam.engine.advice.remark import Remark
from iam.engine.operators.registry import Quantifier
from iam.engine.places import Path
from iam.engine.terms import Kind

_PASS_ROLE = "iam:PassRole"  # noqa: S105
_MULTI_VALUED = {
    "aws:calledvia", "aws:principalorgpaths", "aws:principalservicenameslist", "aws:tagkeys",
    "aws:resourceorgpaths", "aws:sourceorgpaths",
}  # fmt: skip


def security(path: Path, body: Body, kind: Kind) -> Iterator[Remark]:
    """The security warnings of one statement."""
    if body["Effect"] != "Allow":
        return
    if kind in {Kind.IDENTITY, Kind.SESSION}:
        yield from _pass_role(path, body)
        yield from _assume_role(path, body)
    if kind in {Kind.TRUST, Kind.RESOURCE}:
        yield from _everyone(path, body, kind)
    yield from _for_all_values(path, body)


def _pass_role(path: Path, body: Body) -> Iterator[Remark]:
    if has_condition_key(body, "iam:passedtoservice"):
        return
    actions = texts(body, "Action")
    if "NotAction" in body:
        covered, how = not covers(texts(body, "NotAction"), _PASS_ROLE), "NOT_ACTION"
    else:
        wild = not any(action.lower() == _PASS_ROLE.lower() for action in actions)
        covered, how = covers(actions, _PASS_ROLE), "STAR_IN_ACTION" if wild else ""
    if not covered:
        return
    if "NotResource" in body:
        yield _pass_role_remark(how, "NOT_RESOURCE", (*path, "NotResource"))
    elif any(text == "*" or text.endswith((":*", "/*")) for text in texts(body, "Resource")):
        yield _pass_role_remark(how, "STAR_IN_RESOURCE", (*path, "Resource"))


def _pass_role_remark(how: str, where: str, path: Path) -> Remark:
    code = {
        ("", where): f"PASS_ROLE_WITH_{where}",
        ("STAR_IN_ACTION", "STAR_IN_RESOURCE"): "PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE",
        ("NOT_ACTION", "STAR_IN_RESOURCE"): "PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION",
    }.get((how, where), f"PASS_ROLE_WITH_{how}_AND_{where}")
    message = (
        f"This can be overly permissive because it allows {_PASS_ROLE} on multiple roles. We "
        "recommend that you specify role ARNs, or add the iam:PassedToService condition key."
    )
    return Remark(code, message, path)


def _assume_role(path: Path, body: Body) -> Iterator[Remark]:
    named = any(action.lower().startswith("sts:") for action in texts(body, "Action"))
    if named and covers(texts(body, "Action"), "sts:AssumeRole"):
        for text in texts(body, "Resource"):
            if text == "*":
                yield Remark(
                    "ASSUME_ROLE_WITH_STAR_IN_RESOURCE",
                    "The all wildcard '*' may be overly permissive for the selected actions: it "
                    "names every role that trusts the account. Allowing specific role ARNs can "
                    "improve security.",
                    (*path, "Resource"),
                )


def _everyone(path: Path, body: Body, kind: Kind) -> Iterator[Remark]:
    principal = body.get("Principal")
    everyone = principal == "*" or (isinstance(principal, dict) and "*" in texts(principal, "AWS"))
    if everyone and not body.get("Condition"):
        what = "assume this role" if kind is Kind.TRUST else "use this resource"
        yield Remark(
            "ALLOW_WITH_STAR_IN_PRINCIPAL",
            f"The principal `*` lets anyone, in any AWS account, {what}. Name accounts, users or "
            "roles, or add a condition.",
            (*path, "Principal"),
        )


def _for_all_values(path: Path, body: Body) -> Iterator[Remark]:
    for where, used, key, _ in conditions(path, body):
        name = key.lower()
        single = name.startswith("aws:") and name not in _MULTI_VALUED
        if used.quantifier is Quantifier.ALL and single:
            yield Remark(
                "FORALLVALUES_WITH_SINGLE_VALUED_KEY",
                f"Using ForAllValues with the single-valued condition key {key} can be overly "
                "permissive: it holds when the key is missing. We recommend that you remove "
                "ForAllValues:.",
                where,
                key=True,
            )
