"""The users, groups and roles to choose from, as far as the caller may list them."""

from typing import Any

from django.http import HttpRequest

from console.pages.iam.entities.entity_pages import KINDS
from console.pages.iam.requests import ask_all


def principal_choices(request: HttpRequest, chosen: str) -> list[tuple[str, Any]]:
    """Return a select's choices by kind; none if nothing may be listed."""
    groups: list[tuple[str, Any]] = []
    known = set()
    for kind in KINDS.values():
        rows = ask_all(request, f"iam:List{kind.word}s", f"{kind.word}s").rows(f"{kind.word}s")
        if rows:
            groups.append((kind.crumb, [(row["Arn"], row[kind.parameter]) for row in rows]))
            known |= {row["Arn"] for row in rows}
    if not groups:
        return []
    other = [("Another", [(chosen, chosen)])] if chosen and chosen not in known else []
    return [("", "Choose a user, group or role"), *groups, *other]
