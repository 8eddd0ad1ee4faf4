"""Where things that ARNs name are in the console, and the policies of a decision."""

from dataclasses import dataclass
from urllib.parse import quote

from django.urls import reverse

from iam.analysis import Explanation
from iam.arns import is_aws_managed, name_in, parse_arn, parse_iam_arn, service_in


@dataclass(frozen=True)
class PolicyPlace:
    """The page of a policy or its owner, and the page that shows its text; empty for none."""

    page: str
    text: str = ""

    @property
    def text_to_line(self) -> str:
        """The address of the text, which the number of a line completes."""
        return f"{self.text}{'&' if '?' in self.text else '?'}line=" if self.text else ""


def policy_url(arn: str) -> str:
    return f"{reverse('policy')}?arn={quote(arn, safe='')}"


def place_of(arn: str, account_id: str) -> str:
    """Return the page of what an ARN names in an account; empty if it has none."""
    if is_aws_managed(arn):
        return policy_url(arn)
    found = parse_arn(arn)
    if found is None:
        return ""
    if found.service == "organizations":
        return reverse("organization_policy", args=[name_in(arn)]) if found.type == "policy" else ""
    if found.service == "s3":
        return page_named("bucket", found.resource.partition("/")[0])
    kind, _, name = owner_of(arn)
    if found.service == "lambda":
        kind, name = "function", found.resource.partition(":")[2]
    if found.account != account_id or not name:
        return ""
    return policy_url(arn) if kind == "policy" else page_named(kind, name)


def page_named(view: str, name: str) -> str:
    """Return a page by the name of what it shows; empty for a pattern or no name."""
    return "" if not name or "*" in name or "?" in name else reverse(view, args=[name])


def owner_of(arn: str) -> tuple[str, str, str]:
    """Return the type, account and name of the user, role or policy that an ARN leads to."""
    session = parse_arn(arn)
    if session and session.service == "sts" and session.resource.startswith("assumed-role/"):
        return "role", session.account, session.resource.split("/")[1]
    found = parse_iam_arn(arn, "user", "role", "group", "policy")
    return (found.type, found.account, name_in(arn)) if found else ("", "", "")


def places_of_policies(
    one: Explanation, kind: str, name: str, account_id: str
) -> dict[str, PolicyPlace]:
    """Return where the policies of a decision are, by the names that it gives them.

    `kind` and `name` are the caller's user or role; without a name it is of another account.
    """
    owner = reverse(kind, args=[name]) if name else ""
    found = {}
    for applied in one.applied:
        place = PolicyPlace(owner)
        if applied.layer == "RESOURCE":
            url = place_of(one.resource, account_id)
            tab = "trust" if one.trust else "permissions"
            page = url if service_in(one.resource) == "lambda" else f"{url}?tab={tab}"
            place = PolicyPlace(page, page) if url else PolicyPlace("")
        elif applied.arn:
            url = place_of(applied.arn, account_id)
            version = f"&version={applied.version}" if url and applied.version else ""
            place = PolicyPlace(url, url + version)
        elif name and applied.group:
            text = _inline("groups", applied.group, applied.name)
            place = PolicyPlace(reverse("group", args=[applied.group]), text)
        elif name and applied.layer == "PRINCIPAL":
            place = PolicyPlace(owner, _inline(f"{kind}s", name, applied.name))
        found[applied.source_name] = place
    return found


def _inline(plural: str, name: str, policy: str) -> str:
    return reverse("inline_policy_document", args=[plural, name, policy])
