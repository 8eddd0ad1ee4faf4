"""*Edit statement*, the pane beside the JSON editor: its context and its responses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django_htmx.http import reswap, retarget

from console.pages.iam.policy_editor.statement_pane.document_statements import (
    CannotEditError,
    DocumentStatement,
    statements_of,
)
from console.pages.iam.policy_editor.statement_pane.principals import of_account, principal_type
from console.pages.iam.policy_editor.statement_pane.statement_text import StatementPlace
from console.pages.iam.policy_editor.statement_pane.verbs import PREFIX, Pane, listed_actions
from console.pages.iam.policy_editor.visual.conditions import OPERATORS, QUALIFIERS
from console.pages.iam.policy_editor.visual.view_models import CountedLevel, ShownAction
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
    context = {
        **pane_context(pane, request.POST, account_id),
        "written": pane.text if pane.text != before else None,
        "editor_id": EDITOR_ID,
        **more,
    }
    response = render(request, "iam/policy_editor/_statement_answer.html", context)
    return retarget(reswap(response, "outerHTML"), f"#{PANE_ID}")


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
    if pane.verb == "st-choose" and not pane.service:
        return "st-find"
    return _FOCUS.get(pane.verb, "")


def _of_chosen(
    pane: Pane, chosen: DocumentStatement, posted: QueryDict, account_id: str
) -> dict[str, Any]:
    listed = service(pane.service) if pane.service else None
    opened = frozenset(posted.getlist("open"))
    slug = principal_type(posted.get(f"{PREFIX}type", "") or "").slug
    kinds = of_account(account_id)
    return {
        "service": listed,
        "services": () if listed else services(),
        "levels": _levels(listed, pane, chosen, opened) if listed else (),
        "all": _all(listed, chosen)
        if listed and pane.policy_type is not PolicyType.TRUST
        else None,
        "arns": _arn_forms(listed, account_id) if listed else (),
        "keys": _keys(listed),
        "operators": OPERATORS,
        "qualifiers": QUALIFIERS,
        "condition_open": "st-condition-form" in opened or _lacks_in_condition(pane),
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


@dataclass(frozen=True)
class PaneLevel(CountedLevel):
    """The actions of one access level, all of them listed."""

    actions: Sequence[ShownAction]
    open: bool


def _levels(
    listed: Service, pane: Pane, chosen: DocumentStatement, opened: frozenset[str]
) -> list[PaneLevel]:
    """Return the service's actions by access level; the named ones are ticked."""
    named = {action.lower() for action in chosen.actions}
    shown = set(listed_actions(listed, pane.policy_type))
    levels: dict[str, list[ShownAction]] = {}
    for action in listed.actions:
        if action.name in shown:
            ticked = f"{listed.prefix}:{action.name}".lower() in named
            box = ShownAction(f"st-action-{action.name}", action.name, ticked)
            levels.setdefault(action.access_level, []).append(box)
    return [
        PaneLevel(
            dom_id, name, len(boxes), sum(box.checked for box in boxes), boxes, dom_id in opened
        )
        for name, boxes in levels.items()
        for dom_id in [f"st-level-{name.split(maxsplit=1)[0].lower()}"]
    ]


def _arn_forms(listed: Service, account_id: str) -> list[tuple[str, str]]:
    """Return the ARNs of the service's resource types, with partition and account filled in."""
    return [
        (one.name, one.arn.replace("${Partition}", "aws").replace("${Account}", account_id))
        for one in listed.resource_types
    ]
