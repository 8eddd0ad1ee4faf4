"""*Who gains or loses access*: asked by a button, before a change is made."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from console.labs.rules import Tool
from console.pages.calls import CallResult, call, may_call, refusal_of
from console.pages.iam.access_changes.drawing import CAN_DO, ChangeMap
from console.pages.iam.access_map.graph import graph_of
from console.pages.iam.access_map.seen_world import seen_world
from console.signin.console import console_of
from console.signin.lab_rules import rules_for
from iam.analysis import World, access_changes
from iam.arns import bucket_arn
from iam.wire.errors import AwsError

ASKED = "access"
"""The value of the button."""
_MOST_BUCKETS = 3
_MOST_SENTENCES = 100


def may_preview(request: HttpRequest) -> bool:
    """Return whether the lab, if there is one, has what says who can reach what."""
    return bool(rules_for(request, console_of(request).sandbox).allows(Tool.MAP))


def preview_button(request: HttpRequest) -> dict[str, Any]:
    return {"may_preview": may_preview(request)}


def preview(request: HttpRequest, suppose: Callable[[World], World]) -> dict[str, Any]:
    """Return what a change would do; `suppose` makes the world that it leads to."""
    if not may_preview(request):
        return {}
    try:
        before, links = seen_world(request, everywhere=True)
        after = suppose(before)
        changes = access_changes(before, after, _buckets(request))
    except AwsError as error:  # it may not be seen, takes too long, or the policy is refused
        return {"preview": {"refused": refusal_of(console_of(request).caller, error)}}
    shown = ChangeMap.of(after, links)
    accounts = {one.account_id: f"{one.name} · {one.account_id}" for one in before.accounts}
    sentences = shown.sentences(changes)
    graph = graph_of(shown.ends(changes), {**accounts, CAN_DO: CAN_DO})
    found = {
        "refused": CallResult(),
        "graph": graph,
        "sentences": sentences[:_MOST_SENTENCES],
        "more": max(len(sentences) - _MOST_SENTENCES, 0),
    }
    return {"preview": found}


def change_preview(request: HttpRequest, suppose: Callable[[World], World]) -> dict[str, Any]:
    """Return the context of the button and, once it is pressed, of what the change would do."""
    asked = request.POST.get("do") == ASKED
    return {**preview_button(request), **(preview(request, suppose) if asked else {})}


def _buckets(request: HttpRequest) -> list[str]:
    """Return the first buckets that the visitor may list; without the right, none and no denial."""
    if not may_call(request, "s3:ListBuckets"):
        return []
    listed = call(request, "s3:ListBuckets").rows("Buckets")
    return [bucket_arn(one["Name"]) for one in listed[:_MOST_BUCKETS]]
