"""A decision on a page: the flow chart and the layers never disagree with the verdict."""

from hypothesis import given, settings

from console.pages.decisions.layer_views import decision_view
from iam.engine import LayeredPolicies, Request, explain
from tests.engine.documents import policies, requests


@settings(max_examples=60)
@given(requests, policies)
def test_the_path_ends_where_the_decision_was_made(
    request: Request, given_: LayeredPolicies
) -> None:
    decision = explain(request, given_)
    shown = decision_view(request.action, decision, {}, "why", trust=given_.trust)
    stop, last = shown.chart.stop, shown.chart.boxes[-1]
    assert (last.state == "lit") is (stop is None) is decision.allowed
    assert len(shown.determining) == len(decision.determining)
    layers = {layer.id: layer for layer in shown.layers}
    if stop is not None and stop.url:
        assert layers[stop.url[1:]].decides
        assert shown.silent == stop.title
    elif stop is not None:
        assert [box.url for box in shown.chart.boxes if box.state == "culprit"]
        assert {one.color for one in shown.determining} == {"red"}
    for layer in shown.layers:
        assert all(one.color == "grey" and one.difference for one in layer.others)
