"""The policy engine: pure functions from documents and a request to a decision with reasons."""

from iam.engine.decision.decision import Decision
from iam.engine.decision.flow import decide, explain
from iam.engine.decision.layer_index import PolicySource
from iam.engine.decision.layer_results import LayerResult, StatementRef
from iam.engine.decision.policies import LayeredPolicies
from iam.engine.decision.policy import CompiledPolicy, parse_policy
from iam.engine.decision.work import work_of
from iam.engine.document.excerpts import ExcerptLine, PolicyExcerpts
from iam.engine.document.json_text import as_list, size_without_whitespace, statements_in
from iam.engine.document.quotes import quoted
from iam.engine.document.repair import Cleaned, Repair, clean, repair
from iam.engine.document.syntax_sentences import syntax_sentence
from iam.engine.errors import PolicyError
from iam.engine.explanation.coverage import Coverage, PolicyCoverage, named_in
from iam.engine.explanation.denial_sentences import denial_message, reason_sentence
from iam.engine.explanation.other_requests import OF_A_SECOND_FACTOR, other_request
from iam.engine.explanation.smallest_change import PolicyChange, smallest_change
from iam.engine.explanation.variations import (
    Freedom,
    Variation,
    values_near,
    variations,
    ways_to,
)
from iam.engine.findings.facts import Facts
from iam.engine.findings.finding import OUR_CODES, Finding, Severity
from iam.engine.findings.report import findings
from iam.engine.grammar.trust import assumes
from iam.engine.matching.elements.obstacle import Obstacle
from iam.engine.matching.operators.registry import OPERATOR_NAMES
from iam.engine.matching.patterns import pattern_matches
from iam.engine.request import Principal, Request, SharedContext
from iam.engine.simulation.context_keys import context_keys
from iam.engine.simulation.context_values import expected_format, typed_value
from iam.engine.simulation.statement_spans import StatementSpan, statement_spans
from iam.engine.terms import Effect, Layer, LayerEffect, PolicyType, Verdict
from iam.engine.validation import validate_policy

__all__ = [
    "OF_A_SECOND_FACTOR",
    "OPERATOR_NAMES",
    "OUR_CODES",
    "Cleaned",
    "CompiledPolicy",
    "Coverage",
    "Decision",
    "Effect",
    "ExcerptLine",
    "Facts",
    "Finding",
    "Freedom",
    "Layer",
    "LayerEffect",
    "LayerResult",
    "LayeredPolicies",
    "Obstacle",
    "PolicyChange",
    "PolicyCoverage",
    "PolicyError",
    "PolicyExcerpts",
    "PolicySource",
    "PolicyType",
    "Principal",
    "Repair",
    "Request",
    "Severity",
    "SharedContext",
    "StatementRef",
    "StatementSpan",
    "Variation",
    "Verdict",
    "as_list",
    "assumes",
    "clean",
    "context_keys",
    "decide",
    "denial_message",
    "expected_format",
    "explain",
    "findings",
    "named_in",
    "other_request",
    "parse_policy",
    "pattern_matches",
    "quoted",
    "reason_sentence",
    "repair",
    "size_without_whitespace",
    "smallest_change",
    "statement_spans",
    "statements_in",
    "syntax_sentence",
    "typed_value",
    "validate_policy",
    "values_near",
    "variations",
    "ways_to",
    "work_of",
]
