"""Resource ARNs and their templates (`arn:${Partition}:s3:::${BucketName}`); pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iam.arns import ARN_FIELDS, is_account_id, split_arn
from iam.catalogue import ResourceType

_PLACEHOLDER = re.compile(r"\$\{(\w+)\}")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+")
_FIXED = {"Partition": "aws"}
_NO_NAME = re.compile(r"[\s\"\\]")


@dataclass(frozen=True)
class Field:
    """One blank of an ARN, with the label that the dialog gives it."""

    name: str
    label: str


@dataclass(frozen=True)
class AccountHint:
    """The account chosen in the dialog: `this`, `any` or `other`."""

    choice: str
    this: str
    other: str = ""

    @property
    def written(self) -> str:
        typed = re.sub(r"[\s-]", "", self.other)
        return {"this": self.this, "any": "*", "other": typed}.get(self.choice, self.this)


def fields(template: str) -> tuple[Field, ...]:
    """Return the blanks of the dialog, without partition and account, which have controls."""
    names = dict.fromkeys(_PLACEHOLDER.findall(template))
    asked = [name for name in names if name not in {"Partition", "Account"}]
    return tuple(Field(name, _label(name)) for name in asked)


def has_account(template: str) -> bool:
    return "${Account}" in template


def _label(name: str) -> str:
    words = _WORD.findall(name) or [name]
    phrase = " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in words)
    return "Region" if name == "Region" else f"Resource {phrase}"


def filled(template: str, account: str, values: Mapping[str, str]) -> str:
    """Write the ARN; a blank without a value stands for any."""
    known = {**_FIXED, "Account": account, **values}
    return _PLACEHOLDER.sub(lambda blank: known.get(blank[1], "") or "*", template)


def any_in_account(template: str, account: str) -> str:
    return filled(template, account, {})


def field_errors(template: str, account: AccountHint, values: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong, by the blank's name (`AccountHint` for the account)."""
    errors = {}
    asked = has_account(template) and account.choice == "other"
    if asked and not is_account_id(account.written):
        errors["Account"] = "Account ID is a 12-digit number."
    for field in fields(template):
        value = values.get(field.name, "")
        if not value:
            errors[field.name] = f"{field.label} is required. Type it, or choose Any."
        elif _NO_NAME.search(value):
            errors[field.name] = "An ARN can't contain spaces, quotes or backslashes."
    return errors


def text_errors(lines: Sequence[str]) -> str:
    """Return AWS's sentence for the first line that is no ARN; none if all are."""
    if not lines:
        return "Type at least one ARN."
    for line in lines:
        if line != "*" and not (line.startswith("arn:") and len(split_arn(line)) == ARN_FIELDS):
            return f'Resource {line} must be in ARN format or "*".'
    return ""


def kind_of(arn: str, kinds: Sequence[ResourceType]) -> ResourceType | None:
    """Return the resource type whose template the ARN fits best."""
    for kind in sorted(kinds, key=lambda k: -len(_PLACEHOLDER.sub("", k.arn))):
        if _pattern(kind.arn).fullmatch(arn):
            return kind
    return None


def _pattern(template: str) -> re.Pattern[str]:
    parts = _PLACEHOLDER.split(template)[::2]
    blanks = ["[^:/]*"] * (len(parts) - 2) + [".*"] if len(parts) > 1 else []
    pattern = re.escape(parts[0])
    for blank, literal in zip(blanks, parts[1:], strict=True):
        pattern += blank + re.escape(literal)
    return re.compile(pattern, re.DOTALL)
