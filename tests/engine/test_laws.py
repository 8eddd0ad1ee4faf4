"""The laws of policy evaluation, as properties; the names follow Cedar's theorems."""

import json
from dataclasses import replace
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from iam.engine import (
    Layer,
    LayeredPolicies,
    PolicyError,
    PolicyType,
    Request,
    Verdict,
    decide,
    explain,
    parse_policy,
    pattern_matches,
)
from iam.engine.decision.policy import CompiledPolicy
from iam.engine.decision.statement import EvaluationSite
from tests.engine.cases_as_data import cases
from tests.engine.documents import (
    ACCOUNT,
    PRINCIPALS,
    identity_statements,
    policies,
    requests,
    source,
    sources,
    statements,
)
from tests.engine.printing import printed

DENY_ALL = source([{"Effect": "Deny", "Action": "*", "Resource": "*"}], "deny")
DENY_EVERYONE = source(
    [{"Effect": "Deny", "Action": "*", "Resource": "*", "Principal": "*"}], "deny"
)


@given(requests, policies)
def test_deny_trumps_allow(request: Request, given_: LayeredPolicies) -> None:
    denied = replace(given_, resource=DENY_EVERYONE)
    assert decide(request, denied).verdict is Verdict.EXPLICIT_DENY

    if request.principal.has_identity_policies:
        denied = replace(given_, identity=(*given_.identity, DENY_ALL))
        assert decide(request, denied).verdict is Verdict.EXPLICIT_DENY


@given(requests)
def test_default_deny(request: Request) -> None:
    decision = decide(request, LayeredPolicies())

    own_root = request.principal.kind == "root" and request.same_account
    assert decision.verdict is (Verdict.ALLOW if own_root else Verdict.IMPLICIT_DENY)


@given(requests, policies, st.randoms())
def test_order_and_duplicates_do_not_matter(
    request: Request, given_: LayeredPolicies, random: Any
) -> None:
    identity = [*given_.identity, *given_.identity]
    session = [*given_.session, *given_.session]
    random.shuffle(identity)
    random.shuffle(session)
    shuffled = replace(given_, identity=tuple(identity), session=tuple(session))

    assert decide(request, shuffled).verdict is decide(request, given_).verdict


@given(requests, identity_statements, st.randoms())
def test_the_order_of_statements_does_not_matter(
    request: Request, bodies: list[dict[str, Any]], random: Any
) -> None:
    shuffled = [*bodies, *bodies]
    random.shuffle(shuffled)

    first = decide(request, LayeredPolicies(identity=(source(bodies),)))
    second = decide(request, LayeredPolicies(identity=(source(shuffled),)))
    assert first.verdict is second.verdict


@given(requests, policies, sources)
def test_boundary_never_grants(request: Request, given_: LayeredPolicies, boundary: Any) -> None:
    without = decide(request, replace(given_, boundary=None))
    limited = decide(request, replace(given_, boundary=boundary))

    assert without.allowed or not limited.allowed


@given(requests, policies, sources)
def test_session_policy_never_grants(
    request: Request, given_: LayeredPolicies, session: Any
) -> None:
    without = decide(request, replace(given_, session=()))
    limited = decide(request, replace(given_, session=(session,)))

    assert without.allowed or not limited.allowed


@given(requests, policies, sources)
def test_service_control_policy_never_grants(
    request: Request, given_: LayeredPolicies, level: Any
) -> None:
    without = decide(request, replace(given_, scps=()))
    limited = decide(request, replace(given_, scps=((level,),)))

    assert without.allowed or not limited.allowed


@given(requests, policies)
def test_an_allow_never_takes_away(request: Request, given_: LayeredPolicies) -> None:
    allow = source([{"Effect": "Allow", "Action": "*", "Resource": "*"}])
    wider = replace(given_, identity=(*given_.identity, allow))

    assert not decide(request, given_).allowed or decide(request, wider).allowed


@given(requests, policies)
def test_explanation_and_verdict_agree(request: Request, given_: LayeredPolicies) -> None:
    short, full = decide(request, given_), explain(request, given_)

    assert (short.verdict, short.layer, short.determining) == (
        full.verdict,
        full.layer,
        full.determining,
    )
    for brief, detailed in zip(short.checks, full.checks, strict=True):
        assert (brief.layer, brief.effect) == (detailed.layer, detailed.effect)
        assert brief.statements == tuple(ref for ref in detailed.statements if ref.applied)


@given(requests, policies)
def test_an_explanation_speaks_of_every_statement_once(
    request: Request, given_: LayeredPolicies
) -> None:
    for check in explain(request, given_).checks:
        if check.layer is Layer.PRINCIPAL:
            told = len(check.statements)
            assert told == sum(len(one.policy.statements) for one in given_.identity)
        assert all(ref.applied or ref.reason for ref in check.statements)


documents = st.builds(
    lambda bodies, version: json.dumps({"Version": version, "Statement": bodies}),
    st.lists(statements(resource_policy=True) | statements(), max_size=4),
    st.sampled_from(["2012-10-17", "2008-10-17"]),
)


@given(documents, requests)
@example(
    '{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringEquals":'
    '{"a:b":"c"},"stringequals":{"a:b":"d"},"STRINGEQUALS":{"a:b":5}}}}',
    Request(PRINCIPALS[0], "s3:GetObject", "*", ACCOUNT),
)
def test_parse_print_round_trip(text: str, request: Request) -> None:
    policy = parse_policy(text)
    again = parse_policy(printed(policy))

    assert printed(again) == printed(policy)
    for names_principals in (True, False):
        site = EvaluationSite(names_principals=names_principals, is_trust=names_principals)
        assert applying(again, request, site) == applying(policy, request, site)


def applying(
    policy: CompiledPolicy, request: Request, site: EvaluationSite
) -> list[tuple[int, str]]:
    """What the statements of a policy say of a request."""
    return [
        (statement.index, statement.effect.value)
        for statement in policy.about(request.action_key)
        if statement.applies(request, site)
    ]


def test_every_statement_of_the_cases_comes_back_when_printed() -> None:
    text = json.dumps({"Version": "2012-10-17", "Statement": every_statement()})
    policy = parse_policy(text)
    again = parse_policy(printed(policy))

    assert printed(again) == printed(policy)
    assert len(again.statements) == len(policy.statements) > 1_000


def every_statement() -> list[Any]:
    """The statements of every case of a decision, their Sids apart."""
    found = []
    for _, case in cases("request"):
        documents = [*case.get("identityPolicies", ()), case.get("resourcePolicy") or {}]
        for one in documents:
            body = one.get("Statement", []) if isinstance(one, dict) else []
            found += body if isinstance(body, list) else [body]
    return found


def naive(pattern: str, value: str) -> bool:
    """Wildcards by their definition, as slow as it may be."""
    if not pattern:
        return not value
    if pattern[0] == "*":
        return any(naive(pattern[1:], value[i:]) for i in range(len(value) + 1))
    return bool(value) and pattern[0] in {"?", value[0]} and naive(pattern[1:], value[1:])


@given(st.text("ab*?:\n.[\u0101\ud800", max_size=8), st.text("ab*?:\n.[\u0101\ud800", max_size=8))
@example("*a?b*?\u0101*", "aabab\u0161\u0101x")
@example("*ab*ab*", "xabx")
@example("*a?c*a?c*", "xabcx")
@example("*a?c*", "\U00010061aaxc")
def test_wildcard_agrees_with_a_naive_matcher(pattern: str, value: str) -> None:
    assert pattern_matches(pattern, value) is naive(pattern, value)


@given(requests, identity_statements)
def test_the_index_finds_what_a_search_of_every_statement_finds(
    request: Request, bodies: list[dict[str, Any]]
) -> None:
    policy = source(bodies).policy

    found = policy.about(request.action_key)
    assert found == tuple(s for s in policy.statements if s.actions.matches(request.action_key))


_keys = st.sampled_from(
    ["Version", "Statement", "Effect", "Action", "NotAction", "Resource", "NotResource", "Sid",
     "Principal", "NotPrincipal", "Condition", "AWS", "Service", "StringEquals", "Null",
     "aws:x", "Id", "odd"]
)  # fmt: skip
_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just("*"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_keys, inner, max_size=3),
    max_leaves=12,
)


@given(_values, st.sampled_from(PRINCIPALS))
@example({"Version": "2012-10-17", "Statement": {"Effect": [], "Action": {}}}, PRINCIPALS[0])
def test_no_document_that_fails_to_parse_allows_anything(document: Any, principal: Any) -> None:
    try:
        policy = parse_policy(json.dumps(document))
    except PolicyError:
        return
    assert all(statement.effect for statement in policy.statements)
    request = Request(principal, "s3:GetObject", "arn:aws:s3:::b/k", ACCOUNT)
    assert decide(request, LayeredPolicies(identity=(replace(DENY_ALL, policy=policy),))).verdict


def test_every_kind_is_known() -> None:
    assert {kind.value for kind in PolicyType} == {
        "identity", "inline", "resource", "trust", "boundary", "session", "scp", "rcp",
    }  # fmt: skip
