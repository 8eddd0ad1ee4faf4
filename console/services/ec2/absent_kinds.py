"""The kinds of which no account here has any, with the words for one that is named all the same.

Codes are those of EC2's list of errors, sentences those that clients quote.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from console.services.ec2.lists import NamedById, filtered, page_of
from iam.perform import Call, Params, Result
from iam.wire.errors import AwsError


@dataclass(frozen=True)
class NamedByName:
    """A kind that a request names by names, or by IDs that have no error for a wrong form."""

    parameter: str
    code: str
    sentence: str

    def refuse_unknown(self, params: Params) -> None:
        for one in params.get(self.parameter, ()):
            raise AwsError(self.code, self.sentence.format(one))


@dataclass(frozen=True)
class AbsentKind:
    """A kind of resource: the member of the answer, the filters and how single ones are named."""

    operation: str
    member: str
    filters: str
    namings: tuple[NamedById | NamedByName, ...]

    def prepare(self, call: Call, params: Params, _: None) -> Result:
        """Return an empty list; refuse what a full one would refuse."""
        for one in self.namings:
            one.refuse_unknown(params)
        asked = {**params, "Filters": params.get("Filters", params.get("Filter", ()))}
        none: Sequence[Any] = ()
        rows, more = page_of(
            params,
            filtered(asked, none, _no_values, self.filters.split()),
            named=self.namings[0].parameter,
        )
        return {self.member: rows, **more}


def _no_values(row: Any) -> dict[str, list[str]]:
    return {}


def _ids(parameter: str, prefix: str, code: str, sentence: str, unknown: str = "") -> NamedById:
    return NamedById(parameter, prefix, code, unknown or code, sentence)


def _kind(
    name: str, filters: str, *namings: NamedById | NamedByName, member: str = ""
) -> AbsentKind:
    return AbsentKind(f"Describe{name}", member or name, f"{filters} tag-key", namings)


ABSENT_KINDS = (
    _kind(
        "Addresses",
        "allocation-id association-id instance-id network-border-group network-interface-id "
        "network-interface-owner-id private-ip-address public-ip domain",
        _ids("AllocationIds", "eipalloc", "InvalidAllocationID",
             "The allocation ID '{}' does not exist"),
        NamedByName("PublicIps", "InvalidAddress.NotFound", "Address '{}' not found."),
    ),
    _kind(
        "CustomerGateways",
        "bgp-asn customer-gateway-id ip-address state type",
        _ids("CustomerGatewayIds", "cgw", "InvalidCustomerGatewayID",
             "The customerGateway ID '{}' does not exist"),
    ),
    _kind(
        "EgressOnlyInternetGateways",
        "",
        _ids("EgressOnlyInternetGatewayIds", "eigw", "InvalidGatewayID",
             "The egressOnlyInternetGateway ID '{}' does not exist"),
    ),
    _kind(
        "FlowLogs",
        "deliver-log-status log-destination-type flow-log-id log-group-name resource-id "
        "traffic-type",
        _ids("FlowLogIds", "fl", "InvalidFlowLogId", "Invalid flow log ID: {}"),
    ),
    _kind(
        "KeyPairs",
        "fingerprint key-name key-pair-id",
        NamedByName("KeyNames", "InvalidKeyPair.NotFound", "The key pair '{}' does not exist"),
        _ids("KeyPairIds", "key", "InvalidKeyPair", "The key pair ID '{}' does not exist"),
    ),
    _kind(
        "LaunchTemplates",
        "create-time launch-template-name",
        _ids("LaunchTemplateIds", "lt", "InvalidLaunchTemplateId",
             "The specified launch template, with template ID {}, does not exist."),
        NamedByName(
            "LaunchTemplateNames", "InvalidLaunchTemplateName.NotFoundException",
            "At least one of the launch templates specified in the request does not exist.",
        ),
    ),
    _kind(
        "NatGateways",
        "nat-gateway-id state subnet-id vpc-id",
        NamedByName("NatGatewayIds", "NatGatewayNotFound", "NAT gateway {} was not found"),
    ),
    _kind(
        "PlacementGroups",
        "group-arn group-name spread-level state strategy",
        NamedByName("GroupNames", "InvalidPlacementGroup.Unknown",
                    "The Placement Group '{}' is unknown."),
        NamedByName("GroupIds", "InvalidPlacementGroupId.Unknown",
                    "The Placement Group Id '{}' is unknown."),
    ),
    _kind(
        "ReservedInstances",
        "availability-zone availability-zone-id duration end fixed-price instance-type scope "
        "product-description reserved-instances-id start state usage-price",
        NamedByName("ReservedInstancesIds", "InvalidReservedInstancesId",
                    "The reserved instance ID '{}' does not exist"),
    ),
    _kind(
        "SpotInstanceRequests",
        "create-time instance-id launch.image-id launch.instance-type launch.key-name "
        "product-description spot-instance-request-id spot-price state status-code type "
        "valid-from valid-until",
        _ids("SpotInstanceRequestIds", "sir", "InvalidSpotInstanceRequestID",
             "The spot instance request ID '{}' does not exist"),
    ),
    _kind(
        "TransitGateways",
        "options.amazon-side-asn options.default-route-table-association "
        "options.default-route-table-propagation options.dns-support options.vpn-ecmp-support "
        "owner-id state transit-gateway-id",
        _ids("TransitGatewayIds", "tgw", "InvalidTransitGatewayID",
             "Transit Gateway {} was deleted or does not exist."),
    ),
    _kind(
        "TransitGatewayAttachments",
        "association.state association.transit-gateway-route-table-id resource-id "
        "resource-owner-id resource-type state transit-gateway-attachment-id transit-gateway-id "
        "transit-gateway-owner-id",
        _ids("TransitGatewayAttachmentIds", "tgw-attach", "InvalidTransitGatewayAttachmentID",
             "Transit Gateway Attachment {} was deleted or does not exist."),
    ),
    _kind(
        "VolumeStatus",
        "availability-zone volume-status.status volume-status.details-name",
        _ids("VolumeIds", "vol", "InvalidVolumeID", "The volume '{}' does not exist.",
             "InvalidVolume"),
        member="VolumeStatuses",
    ),
    _kind(
        "VolumesModifications",
        "modification-state original-size original-volume-type start-time target-size "
        "target-volume-type volume-id",
        _ids("VolumeIds", "vol", "InvalidVolumeID", "The volume '{}' does not exist.",
             "InvalidVolume"),
    ),
    _kind(
        "VpcEndpoints",
        "ip-address-type service-name service-region vpc-id vpc-endpoint-id vpc-endpoint-state "
        "vpc-endpoint-type",
        _ids("VpcEndpointIds", "vpce", "InvalidVpcEndpointId",
             "The Vpc Endpoint Id '{}' does not exist"),
    ),
    _kind(
        "VpcPeeringConnections",
        "accepter-vpc-info.cidr-block accepter-vpc-info.owner-id accepter-vpc-info.vpc-id "
        "expiration-time requester-vpc-info.cidr-block requester-vpc-info.owner-id "
        "requester-vpc-info.vpc-id status-code status-message vpc-peering-connection-id",
        _ids("VpcPeeringConnectionIds", "pcx", "InvalidVpcPeeringConnectionID",
             "The vpcPeeringConnection ID '{}' does not exist"),
    ),
    _kind(
        "VpnConnections",
        "bgp-asn customer-gateway-configuration customer-gateway-id option.static-routes-only "
        "route.destination-cidr-block state transit-gateway-id type vpn-connection-id "
        "vpn-gateway-id",
        _ids("VpnConnectionIds", "vpn", "InvalidVpnConnectionID",
             "The vpnConnection ID '{}' does not exist"),
    ),
    _kind(
        "VpnGateways",
        "amazon-side-asn attachment.state attachment.vpc-id availability-zone state type "
        "vpn-gateway-id",
        _ids("VpnGatewayIds", "vgw", "InvalidVpnGatewayID",
             "The vpnGateway ID '{}' does not exist"),
    ),
    _kind(
        "Volumes",
        "attachment.attach-time attachment.delete-on-termination attachment.device "
        "attachment.instance-id attachment.status availability-zone availability-zone-id "
        "create-time encrypted fast-restored multi-attach-enabled operator.managed "
        "operator.principal size snapshot-id status volume-id volume-type",
        _ids("VolumeIds", "vol", "InvalidVolumeID", "The volume '{}' does not exist.",
             "InvalidVolume"),
    ),
    _kind(
        "Snapshots",
        "description encrypted owner-alias owner-id progress snapshot-id start-time status "
        "storage-tier transfer-type volume-id volume-size",
        _ids("SnapshotIds", "snap", "InvalidSnapshotID", "The snapshot '{}' does not exist.",
             "InvalidSnapshot"),
    ),
)  # fmt: skip
