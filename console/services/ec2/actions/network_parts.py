"""Describing the parts of a default VPC: subnets, route tables, gateways, ACLs, DHCP options."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from console.services.ec2.lists import NamedById, filtered, page_of
from console.services.ec2.network_parts import (
    Shape,
    dhcp_options_shapes,
    gateway_shapes,
    network_acl_shapes,
    route_table_shapes,
    rule_shapes,
    subnet_shapes,
)
from console.services.ec2.resolvers import on_all, unless_dry_run
from iam.perform import Call, Params, Result, reads


def texts_at(shape: Any, path: str) -> Iterator[str]:
    """Yield the values at a path such as `Entries.Egress`, through lists, as a filter has them."""
    if isinstance(shape, list):
        for one in shape:
            yield from texts_at(one, path)
    elif path:
        name, _, rest = path.partition(".")
        if name in shape:
            yield from texts_at(shape[name], rest)
    else:
        yield str(shape).lower() if isinstance(shape, bool) else str(shape)


@dataclass(frozen=True)
class NetworkPart:
    """A kind of part: how single ones are named, and the path that each filter looks at.

    A filter with an empty path is one that EC2 knows and nothing here has.
    """

    member: str
    id_of: str
    naming: NamedById
    shapes: Callable[[str, str], list[Shape]]
    filters: Mapping[str, str]

    def prepare(self, call: Call, params: Params, _: None) -> Result:
        caller = call.caller
        shapes = {
            one[self.id_of]: one for one in self.shapes(caller.account_id, caller.origin.region)
        }
        self.naming.refuse_unknown(params, shapes)
        named = [shapes[one] for one in params.get(self.naming.parameter) or shapes]
        found = filtered(params, named, self._values, [*self.filters, "tag-key"])
        rows, more = page_of(params, found, named=self.naming.parameter)
        return {self.member: rows, **more}

    def _values(self, shape: Shape) -> dict[str, list[str]]:
        return {name: list(texts_at(shape, path)) for name, path in self.filters.items() if path}


def _unset(names: str) -> dict[str, str]:
    return dict.fromkeys(names.split(), "")


PARTS = (
    NetworkPart(
        "Subnets",
        "SubnetId",
        NamedById(
            "SubnetIds", "subnet", "InvalidSubnetID", "InvalidSubnetID",
            "The subnet ID '{}' does not exist",
        ),
        subnet_shapes,
        {
            "availability-zone": "AvailabilityZone",
            "availabilityZone": "AvailabilityZone",
            "availability-zone-id": "AvailabilityZoneId",
            "available-ip-address-count": "AvailableIpAddressCount",
            "cidr": "CidrBlock",
            "cidr-block": "CidrBlock",
            "cidrBlock": "CidrBlock",
            "default-for-az": "DefaultForAz",
            "defaultForAz": "DefaultForAz",
            "enable-dns64": "EnableDns64",
            "ipv6-native": "Ipv6Native",
            "map-customer-owned-ip-on-launch": "MapCustomerOwnedIpOnLaunch",
            "map-public-ip-on-launch": "MapPublicIpOnLaunch",
            "owner-id": "OwnerId",
            "state": "State",
            "subnet-arn": "SubnetArn",
            "subnet-id": "SubnetId",
            "vpc-id": "VpcId",
            **_unset(
                "customer-owned-ipv4-pool enable-lni-at-device-index outpost-arn "
                "ipv6-cidr-block-association.association-id "
                "ipv6-cidr-block-association.ipv6-cidr-block ipv6-cidr-block-association.state"
            ),
        },
    ),
    NetworkPart(
        "RouteTables",
        "RouteTableId",
        NamedById(
            "RouteTableIds", "rtb", "InvalidRouteTableID", "InvalidRouteTableID",
            "The routeTable ID '{}' does not exist",
        ),
        route_table_shapes,
        {
            "association.main": "Associations.Main",
            "association.route-table-association-id": "Associations.RouteTableAssociationId",
            "association.route-table-id": "Associations.RouteTableId",
            "owner-id": "OwnerId",
            "route-table-id": "RouteTableId",
            "route.destination-cidr-block": "Routes.DestinationCidrBlock",
            "route.gateway-id": "Routes.GatewayId",
            "route.origin": "Routes.Origin",
            "route.state": "Routes.State",
            "vpc-id": "VpcId",
            **_unset(
                "association.gateway-id association.subnet-id route.destination-ipv6-cidr-block "
                "route.destination-prefix-list-id route.egress-only-internet-gateway-id "
                "route.instance-id route.nat-gateway-id route.transit-gateway-id "
                "route.vpc-peering-connection-id"
            ),
        },
    ),
    NetworkPart(
        "InternetGateways",
        "InternetGatewayId",
        NamedById(
            "InternetGatewayIds", "igw", "InvalidInternetGatewayId", "InvalidInternetGatewayID",
            "The internetGateway ID '{}' does not exist",
        ),
        gateway_shapes,
        {
            "attachment.state": "Attachments.State",
            "attachment.vpc-id": "Attachments.VpcId",
            "internet-gateway-id": "InternetGatewayId",
            "owner-id": "OwnerId",
        },
    ),
    NetworkPart(
        "NetworkAcls",
        "NetworkAclId",
        NamedById(
            "NetworkAclIds", "acl", "InvalidNetworkAclId", "InvalidNetworkAclID",
            "The networkAcl ID '{}' does not exist",
        ),
        network_acl_shapes,
        {
            "association.association-id": "Associations.NetworkAclAssociationId",
            "association.network-acl-id": "Associations.NetworkAclId",
            "association.subnet-id": "Associations.SubnetId",
            "default": "IsDefault",
            "entry.cidr": "Entries.CidrBlock",
            "entry.egress": "Entries.Egress",
            "entry.protocol": "Entries.Protocol",
            "entry.rule-action": "Entries.RuleAction",
            "entry.rule-number": "Entries.RuleNumber",
            "network-acl-id": "NetworkAclId",
            "owner-id": "OwnerId",
            "vpc-id": "VpcId",
            **_unset(
                "entry.icmp.code entry.icmp.type entry.ipv6-cidr entry.port-range.from "
                "entry.port-range.to"
            ),
        },
    ),
    NetworkPart(
        "DhcpOptions",
        "DhcpOptionsId",
        NamedById(
            "DhcpOptionsIds", "dopt", "InvalidDhcpOptionID", "InvalidDhcpOptionID",
            "The dhcpOption ID '{}' does not exist",
        ),
        dhcp_options_shapes,
        {
            "dhcp-options-id": "DhcpOptionsId",
            "key": "DhcpConfigurations.Key",
            "owner-id": "OwnerId",
            "value": "DhcpConfigurations.Values.Value",
        },
    ),
    NetworkPart(
        "SecurityGroupRules",
        "SecurityGroupRuleId",
        NamedById(
            "SecurityGroupRuleIds", "sgr", "InvalidSecurityGroupRuleId",
            "InvalidSecurityGroupRuleId", "The security group rule ID '{}' does not exist",
        ),
        rule_shapes,
        {"group-id": "GroupId", "security-group-rule-id": "SecurityGroupRuleId"},
    ),
)  # fmt: skip


def _found(call: Call, params: Params, found: Result) -> Result:
    return found


for _part in PARTS:
    reads(f"ec2:Describe{_part.member}", on=unless_dry_run(on_all), prepare=_part.prepare)(_found)
