"""The policy engine: pure functions from documents and a request to a decision with reasons."""

from iam.engine.advice.facts import Facts
from iam.engine.advice.remark import Finding, Severity
from iam.engine.advice.report import findings
from iam.engine.asking import OF_A_SECOND_FACTOR, other_request
from iam.engine.change import Change, smallest_change
from iam.engine.checks import Check, StatementRef
from iam.engine.context_keys import context_keys
from iam.engine.context_values import expected_format, typed_value
from iam.engine.decision import Decision
from iam.engine.errors import PolicyError
from iam.engine.flow import decide, explain
from iam.engine.patterns import pattern_matches
from iam.engine.policies import Policies
from iam.engine.policy import Policy, parse_policy
from iam.engine.quoting import quoted
from iam.engine.repair import Cleaned, Repair, clean, repair
from iam.engine.request import Principal, Request
from iam.engine.saving import validate_policy
from iam.engine.sentences import denial_message, reason_sentence
from iam.engine.size import size_without_whitespace
from iam.engine.sources import Source
from iam.engine.spans import Span, statement_spans
from iam.engine.terms import CheckEffect, Effect, Kind, Layer, Verdict

__all__ = [
    "OF_A_SECOND_FACTOR",
    "Change",
    "Check",
    "CheckEffect",
    "Cleaned",
    "Decision",
    "Effect",
    "Facts",
    "Finding",
    "Kind",
    "Layer",
    "Policies",
    "Policy",
    "PolicyError",
    "Principal",
    "Repair",
    "Request",
    "Severity",
    "Source",
    "Span",
    "StatementRef",
    "Verdict",
    "clean",
    "context_keys",
    "decide",
    "denial_message",
    "expected_format",
    "explain",
    "findings",
    "other_request",
    "parse_policy",
    "pattern_matches",
    "quoted",
    "reason_sentence",
    "repair",
    "size_without_whitespace",
    "smallest_change",
    "statement_spans",
    "typed_value",
    "validate_policy",
]
