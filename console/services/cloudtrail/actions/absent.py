"""What no account here has of CloudTrail: channels, event data stores, imports and dashboards."""

from collections.abc import Callable

from console.services.cloudtrail.resolvers import on_all_trails
from iam.perform import Call, Params, Result, reads

_LISTS = {
    "ListChannels": "Channels",
    "ListDashboards": "Dashboards",
    "ListEventDataStores": "EventDataStores",
    "ListImports": "Imports",
}


def _none_of(member: str) -> Callable[[Call, Params, None], Result]:
    def answer(call: Call, params: Params, _: None) -> Result:
        return {member: []}

    return answer


for _operation, _member in _LISTS.items():
    reads(f"cloudtrail:{_operation}", on=on_all_trails(_operation))(_none_of(_member))
