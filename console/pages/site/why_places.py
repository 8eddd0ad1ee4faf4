"""Where what *Why?* names is in the console: principals, resources, policies, and their editors."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from console.pages.calls import call_all
from console.pages.places import owner_of, page_named, place_of, places_of_policies
from console.signin.console import console_of
from iam.analysis import Explanation
from iam.arns import is_aws_managed, name_in, parse_arn, parse_iam_arn


@dataclass(frozen=True)
class Likeness:
    """A role that does not exist, and the one that may be meant."""

    name: str
    account_id: str
    meant: str = ""

    @property
    def only_case_differs(self) -> bool:
        return self.name.casefold() == self.meant.casefold()

    @property
    def switch_url(self) -> str:
        query = {"account": self.account_id, "roleName": self.meant}
        return f"{reverse('switchrole')}?{urlencode(query)}"


@dataclass(frozen=True)
class WhyPlaces:
    """The addresses for one explanation.

    `policies` are by the names that decisions give them; `texts` are the pages of their texts,
    each an address that the number of a line completes. `editor` takes the statement of the
    advice; `aws_managed` is whether the advice is about a policy that nobody can edit, `boundary`
    where another boundary is chosen. `missing` is the role that does not exist.
    """

    caller: str
    owner: str
    resource: str
    policies: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    editor: str = ""
    aws_managed: bool = False
    boundary: str = ""
    missing: Likeness | None = None


def places_of(
    request: HttpRequest, one: Explanation, caller_arn: str, *, advice: bool
) -> WhyPlaces:
    """Return where what an explanation names is, as far as it is in the visitor's account."""
    account_id = console_of(request).account_id
    kind, account, name = owner_of(caller_arn)
    owner = reverse(kind, args=[name]) if account == account_id and kind != "policy" else ""
    places = places_of_policies(one, kind, name if owner else "", account_id)
    change = one.change
    arns = {applied.source_name: applied.arn for applied in one.applied}
    is_limit = change is not None and change.layer == "PERMISSIONS_BOUNDARY"
    return WhyPlaces(
        caller=place_of(caller_arn, account_id),
        owner=name,
        resource=place_of(one.resource, account_id),
        policies={name: place.page for name, place in places.items()},
        texts={name: place.text_to_line for name, place in places.items()},
        editor=_editor(one, account_id, (kind, account, name), arns) if advice else "",
        aws_managed=change is not None and is_aws_managed(arns.get(change.policy, "")),
        boundary=reverse(f"{kind}_boundary", args=[name]) if owner and is_limit else "",
        missing=_missing_role(request, one, account_id) if advice else None,
    )


def _editor(
    one: Explanation, account_id: str, caller: tuple[str, str, str], arns: Mapping[str, str]
) -> str:
    """Return the editor that the statement of the advice belongs in, filled in."""
    change, url = one.change, ""
    kind, account, name = caller
    if change is None or change.kind != "add":
        return ""
    if change.layer == "PRINCIPAL" and account == account_id and kind in {"user", "role"}:
        url = reverse("inline_policy_create", args=[f"{kind}s", name])
    elif change.layer == "RESOURCE":
        found = parse_arn(one.resource)
        if one.trust and found and found.account == account_id:
            url = page_named("trust_edit", name_in(one.resource))
        elif found and found.service == "s3":
            url = page_named("bucket_policy_edit", found.resource.partition("/")[0])
    elif change.layer == "PERMISSIONS_BOUNDARY":
        arn = arns.get(change.policy, "")
        if arn and not is_aws_managed(arn):
            query = urlencode({"arn": arn, "statement": change.text})
            return f"{reverse('policy_edit')}?{query}"
    return f"{url}?{urlencode({'statement': change.text})}" if url else ""


def _missing_role(request: HttpRequest, one: Explanation, account_id: str) -> Likeness | None:
    """Return the role that a call named and that does not exist, to who may list roles."""
    found = parse_iam_arn(one.resource, "role")
    if not one.trust or found is None or found.account != account_id:
        return None
    trusts = (json.loads(applied.text) for applied in one.applied if applied.layer == "RESOURCE")
    if any(trust["Statement"] for trust in trusts):
        return None
    listed = call_all(request, "iam:ListRoles", "Roles")
    names = [str(role["RoleName"]) for role in listed.rows("Roles")]
    wanted = name_in(one.resource)
    if listed.error or wanted in names:
        return None
    same = [name for name in names if name.casefold() == wanted.casefold()]
    meant = next(iter(same or get_close_matches(wanted, names, n=1)), "")
    return Likeness(wanted, account_id, meant)
