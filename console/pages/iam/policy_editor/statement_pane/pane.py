"""*Edit statement*, the pane beside the JSON editor: its context and its responses."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django_htmx.http import reswap, retarget, trigger_client_event

from console.pages.iam.policy_editor.blocks.block import ACCESS_LEVELS
from console.pages.iam.policy_editor.blocks.form_fields import picked_actions
from console.pages.iam.policy_editor.pressed_button import NOTHING, PressedButton
from console.pages.iam.policy_editor.statement_pane.document_statements import (
    CannotEditError,
    DocumentStatement,
    statements_of,
)
from console.pages.iam.policy_editor.statement_pane.principals import of_account, principal_type
from console.pages.iam.policy_editor.statement_pane.statement_text import StatementPlace
from console.pages.iam.policy_editor.statement_pane.verbs import PREFIX, Pane
from console.pages.iam.policy_editor.visual.action_levels import (
    ActionChoice,
    shown_levels,
    words_of,
)
from console.pages.iam.policy_editor.visual.conditions import OPERATORS, QUALIFIERS
from console.pages.iam.policy_editor.visual.openness import Openness, openness
from console.pages.iam.policy_editor.visual.view_models import ShownLevels
from iam.catalogue import (
    ConditionKey,
    Service,
    condition_keys,
    global_condition_keys,
    service,
    services,
)
from iam.policy_documents import PolicyType

EDITOR_ID = "id_document"
PANE_ID = "statement-pane"
_CONDITION = ("new-key", "new-qualifier", "new-operator", "new-if_exists", "new-value")
_INCLUDED = 50
_CHOOSING = {"st-choose", "st-find"}
_LISTING = {"st-level": "_action_level", "st-filter": "_levels"}
_TYPED = ("arn", "who", "find", "filter", *_CONDITION)
_USED_UP = {
    "st-resource": ("arn",),
    "st-principal": ("who",),
    "st-choose": ("find", "filter"),
    "st-find": ("find", "filter"),
    "st-condition": _CONDITION,
}
_FOCUS = {
    "st-add": "st-select",
    "st-remove": "st-add",
    "st-choose": "st-find-actions",
    "st-find": "st-find-actions",
    "st-resource": "st-arn",
    "st-principal": "st-who",
    "st-condition": "st-new-key",
    "st-included": "st-included",
}


def pane_context(pane: Pane, posted: QueryDict, account_id: str) -> dict[str, Any]:
    """Return the pane's context; `chosen` is None while no statement is selected."""
    try:
        found = statements_of(pane.text)
    except (CannotEditError, RecursionError) as error:
        return {"pane": {"id": PANE_ID, "refusal": str(error)}}
    inside = pane.chosen is not None and pane.chosen < len(found)
    chosen = found[pane.number] if inside else None
    shown: dict[str, Any] = {
        "id": PANE_ID,
        "statements": found,
        "spans": _spans(pane.text, [one.place for one in found]),
        "chosen": chosen,
        "errors": pane.errors,
        "typed": _typed(pane, posted),
        "is_trust": pane.policy_type is PolicyType.TRUST,
        "focus": _focus(pane),
    }
    if chosen is not None:
        shown |= _of_chosen(pane, chosen, posted, account_id)
    return {"pane": shown}


def pane_response(
    request: HttpRequest, pane: Pane, before: str, account_id: str, more: Mapping[str, Any]
) -> HttpResponse:
    """Return the pane as a fragment, with the document and its findings if it changed."""
    shown = pane_context(pane, request.POST, account_id)
    choice = shown["pane"].get("choice")
    if choice and pane.verb in _LISTING:
        return _listing_response(request, pane, choice, shown["pane"])
    context = {
        **shown,
        "written": pane.text if pane.text != before else None,
        "editor_id": EDITOR_ID,
        **more,
    }
    response = render(request, "iam/policy_editor/_statement_answer.html", context)
    return retarget(reswap(response, "outerHTML"), f"#{PANE_ID}")


def _listing_response(
    request: HttpRequest, pane: Pane, choice: ShownLevels, shown: Mapping[str, Any]
) -> HttpResponse:
    """Return the actions of the level that was opened, or of all after the filter."""
    level = next((each for each in choice.levels if each.name == pane.value), None)
    template = _LISTING[pane.verb] if level else "_levels"
    context = {"choice": choice, "level": level, "prefix": PREFIX, "typed": shown["typed"]}
    response = render(request, f"iam/policy_editor/{template}.html", {**context, "ids": True})
    target = level.id if level else f"{PREFIX}levels"
    response = retarget(reswap(response, "outerHTML"), f"#{target}")
    if level is None:
        return response
    focus = {"id": f"{level.id}-head"}
    return trigger_client_event(response, "editor-focus", focus, after="settle")


def _spans(text: str, places: Sequence[StatementPlace]) -> str:
    """Return where each statement stands, in UTF-16 units as browsers count."""

    def counted(offset: int) -> int:
        return offset + sum(character > "\uffff" for character in text[:offset])

    return " ".join(f"{counted(place.start)}-{counted(place.end)}" for place in places)


def _typed(pane: Pane, posted: QueryDict) -> dict[str, str]:
    emptied = () if pane.errors else _USED_UP.get(pane.verb, ())
    return {
        name.replace("-", "_"): "" if name in emptied else posted.get(PREFIX + name, "")
        for name in _TYPED
    }


def _focus(pane: Pane) -> str:
    """Return the id that takes the focus in place of a button that is gone."""
    if pane.errors:
        return PREFIX + next(iter(pane.errors)).replace("_", "-", 1)
    if pane.verb == "st-level":
        return f"{PREFIX}level-{pane.value.partition(' ')[0].lower()}-head"
    if pane.verb == "st-choose" and not pane.service:
        return "st-find"
    return _FOCUS.get(pane.verb, "")


def _of_chosen(
    pane: Pane, chosen: DocumentStatement, posted: QueryDict, account_id: str
) -> dict[str, Any]:
    listed = service(pane.service) if pane.service else None
    is_trust = pane.policy_type is PolicyType.TRUST
    slug = principal_type(posted.get(f"{PREFIX}type", "") or "").slug
    kinds = of_account(account_id)
    return {
        "service": listed,
        "services": () if listed else services(),
        "listed": pane.verb == "st-services",
        "included": _included(pane, chosen, posted),
        "choice": _choice(pane, chosen, posted) if listed else None,
        "all": _all(listed, chosen) if listed and not is_trust else None,
        "arns": _arn_forms(listed, account_id) if listed else (),
        "keys": _keys(listed),
        "operators": OPERATORS,
        "qualifiers": QUALIFIERS,
        "condition_open": "st-condition-form" in posted.getlist("open")
        or _lacks_in_condition(pane),
        "principal_types": kinds,
        "principal_type": next(one for one in kinds if one.slug == slug),
    }


def _lacks_in_condition(pane: Pane) -> bool:
    return any(name.startswith("new_") for name in pane.errors)


def _keys(listed: Service | None) -> list[ConditionKey]:
    own = condition_keys(listed.prefix) if listed else ()
    return [*(key for key in own if not key.name.startswith("aws:")), *global_condition_keys()]


def _all(listed: Service, chosen: DocumentStatement) -> dict[str, Any]:
    pattern = f"{listed.prefix}:*"
    ticked = pattern.lower() in {action.lower() for action in chosen.actions}
    return {"pattern": pattern, "checked": ticked}


def _choice(pane: Pane, chosen: DocumentStatement, posted: QueryDict) -> ShownLevels:
    """Return the service's actions by access level; those that the statement names are ticked.

    Where a level is opened or a filter typed, those are ticked that were: they may not be set yet.
    """
    named = {action.lower() for action in chosen.actions}
    picked = [a.name for a in pane.actions if f"{pane.service}:{a.name}".lower() in named]
    if pane.verb in _LISTING:
        picked = list(picked_actions(posted, PREFIX, pane.actions))
    is_opening = pane.verb == "st-level"
    choice = ActionChoice(
        service=pane.service,
        actions=pane.actions,
        picked=frozenset(picked),
        start=PREFIX,
        load="st-level:",
        filter="st-filter",
        words=words_of(_typed(pane, posted)["filter"]),
        open_at_first=ACCESS_LEVELS if pane.policy_type is PolicyType.TRUST else (),
    )
    pressed = PressedButton("level", choice.number, pane.value) if is_opening else NOTHING
    opened = Openness() if pane.verb in _CHOOSING else openness(posted, pressed)
    return shown_levels(choice, opened)


def _included(pane: Pane, chosen: DocumentStatement, posted: QueryDict) -> dict[str, Any]:
    """Return the statement's actions, of many the first; and how many more there are."""
    whole = pane.verb == "st-included" or "st-whole" in posted
    listed = chosen.actions if whole else chosen.actions[:_INCLUDED]
    return {
        "actions": listed,
        "more": len(chosen.actions) - len(listed),
        "whole": whole and len(listed) > _INCLUDED,
    }


def _arn_forms(listed: Service, account_id: str) -> list[tuple[str, str]]:
    """Return the ARNs of the service's resource types, with partition and account filled in."""
    return [
        (one.name, one.arn.replace("${Partition}", "aws").replace("${Account}", account_id))
        for one in listed.resource_types
    ]
