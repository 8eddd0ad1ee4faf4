"""Prediction questions: what they ask, in which order, and what the engine answers.

An answer is the verdict and the layer that decides, in the words of the *Why?* page. Where
several layers decide together, such as both halves of a cross-account call, each is right.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from django.conf import settings

from console.labs.checks.case import Binding, Case
from console.labs.checks.circumstances import in_words
from console.labs.checks.links import request_of, sent_in_words
from console.labs.checks.subjects import Subject, subject_of
from console.labs.documents import with_texts
from console.labs.files import Check
from iam.analysis import LAYER_NAMES, TRUST_NAME, because
from iam.authorization import Authorization
from iam.engine import Verdict
from iam.perform import Rehearsal
from iam.wire.command_line import cli_line

Asks = Mapping[str, Any]

VERDICTS = {
    "allowed": "Allowed",
    "implicit_deny": "Implicitly denied: nothing allows it",
    "explicit_deny": "Explicitly denied: a statement denies it",
    "refused": "Refused: the request itself is wrong",
}
LAYERS = {**LAYER_NAMES, "TRUST": TRUST_NAME, "NONE": "No policy decides this"}
BOTH = ("verdict", "layer")
RIGHT = 3
_TOO_FEW = 2
"""So many questions have no other order that does not ask one of them twice in a row."""
_FRAMES = {
    Verdict.ALLOW: ("allowed", "ALLOW"),
    Verdict.IMPLICIT_DENY: ("implicit_deny", "IMPLICIT_DENY"),
    Verdict.EXPLICIT_DENY: ("explicit_deny", "EXPLICIT_DENY"),
}
_GRANTING = {"PRINCIPAL", "RESOURCE"}


@dataclass(frozen=True)
class RightAnswer:
    """What the engine answers: `verdicts` and `layers` are all that are right, the best first.

    `code` is the error of a refusal; `missing` says why the question cannot be asked; `decision`
    is what a policy decided, if one did.
    """

    question: str
    verdicts: tuple[str, ...]
    layers: tuple[str, ...]
    decisive: str = ""
    code: str = ""
    missing: str = ""
    decision: Authorization | None = field(default=None, compare=False, repr=False)

    @property
    def verdict(self) -> str:
        """Return the verdict in words."""
        words = VERDICTS[self.verdicts[0]]
        return f"{words} ({self.code})" if self.code else words

    @property
    def layer(self) -> str:
        """Return the layer that decides, in words."""
        return LAYERS[self.layers[0]]


def asked_of(check: Check) -> tuple[str, ...]:
    """Return what a prediction asks for: the verdict, the layer, or both."""
    return tuple(check.asks.get("ask", BOTH))


def wanted_in_a_row(check: Check) -> int:
    return int(check.asks.get("right", RIGHT))


def questions_of(check: Check) -> list[Asks]:
    """Return every question: where `as`, `action` or `resource` is a list, every combination."""
    found: list[Asks] = []
    for asks in check.asks["questions"]:
        lists = [name for name in ("as", "action", "resource") if isinstance(asks.get(name), list)]
        for chosen in product(*(asks[name] for name in lists)):
            found.append({**asks, **dict(zip(lists, chosen, strict=True))})
    return found


def _order(check: Check, attempt: str, turn: int, count: int) -> list[int]:
    about = f"rolecall lab question\0{attempt}\0{check.task}\0{check.name}\0{turn}\0"

    def weight(index: int) -> bytes:
        return hmac.digest(settings.SECRET_KEY.encode(), f"{about}{index}".encode(), hashlib.sha256)

    return sorted(range(count), key=weight)


def _orders(check: Check, attempt: str, turn: int, count: int) -> list[int]:
    """Return the order of a turn: it does not begin with what the turn before ended with."""
    if count == _TOO_FEW:
        return _order(check, attempt, 0, count)
    order = _order(check, attempt, turn, count)
    if turn and order[0] == _order(check, attempt, turn - 1, count)[-1]:
        order[:2] = reversed(order[:2])
    return order


def nth_question(check: Check, attempt: str, number: int) -> Asks:
    """Return an attempt's question by its number, from 1: all in one order, then in another."""
    questions = questions_of(check)
    count = len(questions)
    turn, place = divmod(number - 1, count)
    return questions[_orders(check, attempt, turn, count)[place]]


def right_answer(case: Case, asks: Asks, binding: Binding | None = None) -> RightAnswer:
    """Ask the engine a question in the student's world."""
    binding = binding or {}
    asks = case.fill(asks, binding)
    subject = subject_of(case, asks, binding)
    question = asks.get("text") or _question(case, asks, subject)
    now = subject.circumstances
    if "assume" in asks:
        arn = case.arn(asks["assume"], "role")
        session = subject.assume(case, arn, request_of(asks), now)
        if session is not None:
            return _rehearsed(question, session.rehearsal)
    if subject.principal is None:
        if subject.entry and not subject.entry[-1].allowed:
            return _decided(question, subject.entry[-1])
        return RightAnswer(question, ("refused",), ("NONE",), missing=subject.missing)
    if "action" in asks:
        check = case.check_on(asks["action"], asks["resource"], subject.principal.caller)
        return _decided(question, subject.principal.ask(check, now))
    operation, params = _call(asks)
    return _rehearsed(question, subject.principal.rehearse(operation, params, now))


def _call(asks: Asks) -> tuple[str, dict[str, Any]]:
    ((operation, params),) = asks["call"].items()
    return operation, with_texts(operation, params or {})


def _question(case: Case, asks: Asks, subject: Subject) -> str:
    circumstances = in_words(asks)
    if "action" in asks:
        on = f" on {asks['resource']}" if asks["resource"] != "*" else ""
        return f"Can {subject.called} do {asks['action']}{on}{circumstances}?"
    if "assume" in asks:
        arn = case.arn(asks["assume"], "role")
        sent = sent_in_words(asks)
        return f"Can {subject.called} assume {arn}{sent}{circumstances}?"
    operation, params = _call(asks)
    line = cli_line(operation, params) or operation
    return f"What does AWS answer if {subject.called} calls {line}{circumstances}?"


def _decided(question: str, answer: Authorization) -> RightAnswer:
    verdict, effect = _FRAMES[answer.decision.verdict]
    deciding = [str(answer.decision.layer)] if answer.decision.layer else []
    for one in answer.decision.checks:
        if one.effect == effect and (effect != "ALLOW" or one.layer in _GRANTING):
            deciding.append(str(one.layer))
    if answer.policies.trust and "RESOURCE" in deciding:
        place = deciding.index("RESOURCE")
        deciding.insert(place, "TRUST")
    layers = tuple(dict.fromkeys(deciding)) or ("NONE",)
    return RightAnswer(question, (verdict,), layers, because(answer), decision=answer)


def _rehearsed(question: str, rehearsal: Rehearsal) -> RightAnswer:
    error, decisive = rehearsal.error, rehearsal.decisive
    if decisive is not None and (error is None or not decisive.allowed):
        return _decided(question, decisive)
    if error is None:
        return RightAnswer(question, ("allowed",), ("NONE",), "this call needs no permission")
    denied = error.code.startswith("AccessDenied")
    verdicts = ("refused", "implicit_deny") if denied else ("refused",)
    return RightAnswer(question, verdicts, ("NONE",), error.message, error.code)


def is_right(check: Check, given: Mapping[str, Any], answer: RightAnswer) -> bool:
    """Return whether what was given is right in all that the check asks for."""
    right = {"verdict": answer.verdicts, "layer": answer.layers}
    return all(given.get(part) in right[part] for part in asked_of(check))


def answers_in_a_row(answers: list[bool] | tuple[bool, ...]) -> int:
    """Return how many of the newest answers are right without a wrong one between them."""
    row = 0
    for right in reversed(answers):
        if not right:
            break
        row += 1
    return row


def answers_given(case: Case, check: Check, value: Any, binding: Binding) -> tuple[list[bool], str]:
    """Answer questions until enough are right in a row, or all were asked.

    `engine` answers as the engine does; any other value is given to every question. Returns
    which answers were right, and why a question could not be asked.
    """
    answers: list[bool] = []
    for asks in questions_of(check):
        right = right_answer(case, asks, binding)
        if right.missing:
            return answers, right.missing
        engine = {"verdict": right.verdicts[0], "layer": right.layers[0]}
        answers.append(is_right(check, engine if value == "engine" else value, right))
        if answers_in_a_row(answers) >= wanted_in_a_row(check):
            break
    return answers, ""
