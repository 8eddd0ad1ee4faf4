"""A decision on a page: the flow chart and the layers never disagree with the verdict."""

from hypothesis import given, settings

from console.pages.decisions.layer_views import PolicyTexts, decision_view
from iam.engine import LayeredPolicies, PolicySource, Request, explain, parse_policy
from tests.engine.documents import ACCOUNT, USER, policies, requests


@settings(max_examples=60)
@given(requests, policies)
def test_the_path_ends_where_the_decision_was_made(
    request: Request, given_: LayeredPolicies
) -> None:
    decision = explain(request, given_)
    shown = decision_view(request.action, decision, PolicyTexts(), "why", trust=given_.trust)
    stop, last = shown.chart.stop, shown.chart.boxes[-1]
    assert (last.state == "lit") is (stop is None) is decision.allowed
    by_name = [(one.source_name, one.index + 1) for one in decision.determining]
    assert [(one.source, one.number) for one in shown.determining] == by_name
    layers = {layer.id: layer for layer in shown.layers}
    if stop is not None and stop.url:
        assert layers[stop.url[1:]].decides
        assert shown.silent == stop.title
    elif stop is not None:
        assert [box.url for box in shown.chart.boxes if box.state == "culprit"]
        assert {one.color for one in shown.determining} == {"red"}
    for layer in shown.layers:
        assert all(one.color == "grey" and one.difference for one in layer.others)


def test_a_policy_that_is_also_the_boundary_denies_once() -> None:
    text = '{"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}'
    both = (PolicySource(parse_policy(text), "AWSDenyAll"),)
    decision = explain(
        Request(USER, "s3:ListAllMyBuckets", "*", ACCOUNT, {}),
        LayeredPolicies(identity=both, boundary=both[0]),
    )
    shown = decision_view("s3:ListAllMyBuckets", decision, PolicyTexts(), "why", trust=False)
    assert [one.source for one in shown.determining] == ["AWSDenyAll"]
    assert [len(layer.applied) for layer in shown.layers if layer.applied] == [1, 1]
