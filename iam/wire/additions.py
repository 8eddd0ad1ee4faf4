"""What Rolecall's service models have beside AWS's: operations of its own, and mended shapes.

The operations do what AWS does without one that a client could call: fetch a provider's keys over
the network, or change what only its console changes. No client of AWS's knows them.
"""

from typing import Any

_IAM: dict[str, Any] = {
    "operations": {
        "ListSecurityTokenServiceRegions": {
            "name": "ListSecurityTokenServiceRegions",
            "http": {"method": "POST", "requestUri": "/"},
            "input": {"shape": "ListSecurityTokenServiceRegionsRequest"},
            "output": {
                "shape": "ListSecurityTokenServiceRegionsResponse",
                "resultWrapper": "ListSecurityTokenServiceRegionsResult",
            },
        },
        "UpdateSecurityTokenServiceRegion": {
            "name": "UpdateSecurityTokenServiceRegion",
            "http": {"method": "POST", "requestUri": "/"},
            "input": {"shape": "UpdateSecurityTokenServiceRegionRequest"},
        },
        "GetOpenIDConnectProviderKeys": {
            "name": "GetOpenIDConnectProviderKeys",
            "http": {"method": "POST", "requestUri": "/"},
            "input": {"shape": "GetOpenIDConnectProviderRequest"},
            "output": {
                "shape": "GetOpenIDConnectProviderKeysResponse",
                "resultWrapper": "GetOpenIDConnectProviderKeysResult",
            },
        },
        "UpdateOpenIDConnectProviderKeys": {
            "name": "UpdateOpenIDConnectProviderKeys",
            "http": {"method": "POST", "requestUri": "/"},
            "input": {"shape": "UpdateOpenIDConnectProviderKeysRequest"},
        },
    },
    "shapes": {
        "ListSecurityTokenServiceRegionsRequest": {"type": "structure", "members": {}},
        "ListSecurityTokenServiceRegionsResponse": {
            "type": "structure",
            "members": {"Regions": {"shape": "stsRegionListType"}},
        },
        "UpdateSecurityTokenServiceRegionRequest": {
            "type": "structure",
            "required": ["Region", "Status"],
            "members": {
                "Region": {"shape": "stsRegionNameType"},
                "Status": {"shape": "stsRegionStatusType"},
            },
        },
        "stsRegionListType": {"type": "list", "member": {"shape": "stsRegionType"}},
        "stsRegionType": {
            "type": "structure",
            "members": {
                "Region": {"shape": "stsRegionNameType"},
                "Status": {"shape": "stsRegionStatusType"},
            },
        },
        "stsRegionNameType": {"type": "string", "max": 32},
        "stsRegionStatusType": {"type": "string", "enum": ["Active", "Inactive"]},
        "GetOpenIDConnectProviderKeysResponse": {
            "type": "structure",
            "members": {"JsonWebKeySet": {"shape": "jsonWebKeySetType"}},
        },
        "UpdateOpenIDConnectProviderKeysRequest": {
            "type": "structure",
            "required": ["OpenIDConnectProviderArn"],
            "members": {
                "OpenIDConnectProviderArn": {"shape": "arnType"},
                "JsonWebKeySet": {"shape": "jsonWebKeySetType"},
            },
        },
        "jsonWebKeySetType": {"type": "string", "max": 65536},
    },
}
# The pattern asks for a slash, which clients such as Terraform's provider send encoded: AWS decodes
# the value first (API reference, CopyObject). The action itself refuses a value without a slash.
_S3: dict[str, Any] = {"operations": {}, "shapes": {"CopySource": {"type": "string"}}}
ADDITIONS = {"iam": _IAM, "s3": _S3}


def with_additions(service: str, description: dict[str, Any]) -> dict[str, Any]:
    """Return AWS's service model with these operations and shapes."""
    added = ADDITIONS.get(service)
    if added is None:
        return description
    merged = {part: {**description[part], **added[part]} for part in ("operations", "shapes")}
    return {**description, **merged}
