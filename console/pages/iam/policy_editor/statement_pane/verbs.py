"""The buttons of the pane *Edit statement*: the verbs that begin `st-`."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.http import QueryDict

from console.pages.iam.policy_editor.blocks.block import service_typed
from console.pages.iam.policy_editor.blocks.form_fields import picked_actions
from console.pages.iam.policy_editor.statement_pane import document_changes
from console.pages.iam.policy_editor.statement_pane.document_statements import (
    CannotEditError,
    statements_of,
)
from console.pages.iam.policy_editor.statement_pane.principals import (
    principal_error,
    principal_type,
)
from console.pages.iam.policy_editor.visual.conditions import condition_typed
from iam.arns import parse_arn
from iam.catalogue import Action, service
from iam.policy_documents import PolicyType

PREFIX = "st-"
_PLACE = re.compile(r"(actions|resources|principals|conditions):(\d{1,5})", re.ASCII)
_OF_TRUST = frozenset(
    {
        "AssumeRole",
        "AssumeRoleWithSAML",
        "AssumeRoleWithWebIdentity",
        "SetContext",
        "SetSourceIdentity",
        "TagSession",
    }
)


@dataclass(frozen=True)
class Pane:
    """The pane after a button: the document, the chosen statement, the service with its actions.

    `value` is what follows the verb in the button's name. `errors` has sentences by the name of a
    field, without its prefix.
    """

    text: str
    policy_type: PolicyType
    chosen: int | None = None
    service: str = ""
    verb: str = ""
    value: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def number(self) -> int:
        return self.chosen or 0

    @property
    def actions(self) -> Sequence[Action]:
        """Return the actions that the pane lists; for a trust policy only a few."""
        found = service(self.service)
        every = found.actions if found else ()
        if self.policy_type is not PolicyType.TRUST:
            return every
        return [action for action in every if action.name in _OF_TRUST]


@dataclass(frozen=True)
class _Sent:
    """The form that a button sent, and the part of the button's value after its verb."""

    posted: QueryDict
    value: str

    def typed(self, name: str) -> str:
        return (self.posted.get(PREFIX + name, "") or "").strip()


def pressed(text: str, posted: QueryDict, policy_type: PolicyType) -> Pane:
    """Apply the pressed button `do`; an unreadable document is left as it is."""
    verb, _, value = (posted.get("do", "") or "").partition(":")
    sent = _Sent(posted, value)
    if verb == "enter":
        verb = _entered(sent)
    chosen_service = "sts" if policy_type is PolicyType.TRUST else sent.typed("service")
    pane = Pane(text, policy_type, _number(posted.get("st", "")), chosen_service, verb, value)
    try:
        count = len(statements_of(text))
        if pane.chosen is not None and pane.chosen >= count:
            pane = replace(pane, chosen=None)
        if verb == "st-add":
            text, number = document_changes.with_new_statement(text, policy_type)
            return replace(pane, text=text, chosen=number)
        if verb not in _VERBS or pane.chosen is None:
            return pane
        return _VERBS[verb](pane, sent)
    except (CannotEditError, RecursionError):
        return pane


def _entered(sent: _Sent) -> str:
    """Return the button that Enter stands for: that of the first field with a text."""
    fields = {
        "find": "st-find",
        "arn": "st-resource",
        "who": "st-principal",
        "new-key": "st-condition",
        "filter": "st-filter",
    }
    return next((verb for name, verb in fields.items() if sent.typed(name)), "")


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 5 else None


def _remove(pane: Pane, sent: _Sent) -> Pane:
    return replace(
        pane, text=document_changes.without_statement(pane.text, pane.number), chosen=None
    )


def _drop(pane: Pane, sent: _Sent) -> Pane:
    place = _PLACE.fullmatch(sent.value)
    if place is None:
        return pane
    text = document_changes.without(pane.text, pane.number, place[1], int(place[2]))
    return replace(pane, text=text)


def _choose(pane: Pane, sent: _Sent) -> Pane:
    return pane if pane.policy_type is PolicyType.TRUST else replace(pane, service=sent.value)


def _find(pane: Pane, sent: _Sent) -> Pane:
    found = service_typed(sent.typed("find"))
    return _choose(pane, replace(sent, value=found.prefix)) if found else pane


def _actions(pane: Pane, sent: _Sent) -> Pane:
    wanted = [*picked_actions(sent.posted, PREFIX, pane.actions), *sent.posted.getlist("st-all")]
    start = f"{pane.service}:"
    shown = [start + action.name for action in pane.actions]
    if shown and pane.policy_type is not PolicyType.TRUST:
        shown.append(f"{start}*")
    named = [start + name for name in wanted]
    return replace(pane, text=document_changes.with_actions(pane.text, pane.number, shown, named))


def _resource(pane: Pane, sent: _Sent) -> Pane:
    arn = sent.typed("arn")
    if not arn:
        return replace(pane, errors={"arn": "Enter an ARN, or * for all resources."})
    if arn != "*" and parse_arn(arn) is None:
        return replace(pane, errors={"arn": f'Resource {arn} must be in ARN format or "*".'})
    return replace(pane, text=document_changes.with_resource(pane.text, pane.number, arn))


def _principal(pane: Pane, sent: _Sent) -> Pane:
    chosen = principal_type(sent.typed("type"))
    who = "*" if chosen.slug == "everyone" else sent.typed("who")
    error = principal_error(chosen, who)
    if error:
        return replace(pane, errors={"who": error})
    text = document_changes.with_principal(pane.text, pane.number, chosen.kind, who)
    return replace(pane, text=text)


def _condition(pane: Pane, sent: _Sent) -> Pane:
    typed, errors = condition_typed(sent.typed)
    if typed is None:
        return replace(pane, errors={n.replace("-", "_"): said for n, said in errors.items()})
    values = list(typed.values)
    text = document_changes.with_condition(
        pane.text, pane.number, typed.operator, typed.key, values
    )
    return replace(pane, text=text)


_VERBS: Mapping[str, Callable[[Pane, _Sent], Pane]] = {
    "st-remove": _remove,
    "st-drop": _drop,
    "st-choose": _choose,
    "st-find": _find,
    "st-actions": _actions,
    "st-resource": _resource,
    "st-principal": _principal,
    "st-condition": _condition,
}
