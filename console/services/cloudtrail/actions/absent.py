"""What no account here has of CloudTrail: channels, event data stores, imports and dashboards.

Nor are there queries of a store, or keys, since no trail validates its log files.
"""

from collections.abc import Callable

from console.services.cloudtrail.resolvers import on_all_trails, on_none, on_store
from iam.perform import Call, Params, Result, reads

_LISTS = {
    "ListChannels": "Channels",
    "ListDashboards": "Dashboards",
    "ListEventDataStores": "EventDataStores",
    "ListImports": "Imports",
    "ListPublicKeys": "PublicKeyList",
}
_UNKNOWN = {
    "GetChannel": on_none("Channel", "channel", "ChannelNotFoundException", "channel"),
    "GetDashboard": on_none("DashboardId", "dashboard", "ResourceNotFoundException", "dashboard"),
    "GetEventDataStore": on_store,
    "ListQueries": on_store,
}


def _none_of(member: str) -> Callable[[Call, Params, None], Result]:
    def answer(call: Call, params: Params, _: None) -> Result:
        return {member: []}

    return answer


for _operation, _member in _LISTS.items():
    reads(f"cloudtrail:{_operation}", on=on_all_trails(_operation))(_none_of(_member))


def _never(call: Call, params: Params, _: None) -> Result:
    """Answer nobody: what the request names is not there."""
    return {}


for _operation, _on in _UNKNOWN.items():
    reads(f"cloudtrail:{_operation}", on=_on)(_never)
