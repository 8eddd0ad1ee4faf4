"""The parts of a default VPC, in EC2's output shapes (VPC user guide, *Default VPCs*).

They are derived and not stored: a subnet in each zone, a main route table to an internet gateway,
a network ACL, DHCP options, and the two rules of the default security group.
"""

from typing import Any

from console.services.ec2.names import fixed_id, zones_of
from console.services.ec2.shapes import network_of
from iam.arns import ec2_arn
from iam.catalogue.regions import HOME_REGION

Shape = dict[str, Any]
_ANYWHERE = "0.0.0.0/0"
_VPC_BLOCK = "172.31.0.0/16"
_DEFAULT_RULE, _LAST_RULE = 100, 32767
_HOSTS = 4091


def subnet_shapes(account_id: str, region: str) -> list[Shape]:
    """Return the subnets, a /20 each; instances are in the first zone's."""
    network = network_of(account_id, region)
    shapes = []
    for place, (zone, zone_id) in enumerate(zones_of(region).items()):
        own = fixed_id("subnet", account_id, region, zone)
        subnet_id = own if place else network["SubnetId"]
        shapes.append(
            {
                "AssignIpv6AddressOnCreation": False,
                "AvailabilityZone": zone,
                "AvailabilityZoneId": zone_id,
                "AvailableIpAddressCount": _HOSTS,
                "CidrBlock": f"172.31.{16 * place}.0/20",
                "DefaultForAz": True,
                "EnableDns64": False,
                "Ipv6CidrBlockAssociationSet": [],
                "Ipv6Native": False,
                "MapCustomerOwnedIpOnLaunch": False,
                "MapPublicIpOnLaunch": True,
                "OwnerId": account_id,
                "PrivateDnsNameOptionsOnLaunch": {
                    "HostnameType": "ip-name",
                    "EnableResourceNameDnsARecord": False,
                    "EnableResourceNameDnsAAAARecord": False,
                },
                "State": "available",
                "SubnetArn": ec2_arn(region, account_id, "subnet", subnet_id),
                "SubnetId": subnet_id,
                "Tags": [],
                "VpcId": network["VpcId"],
            }
        )
    return shapes


def gateway_shapes(account_id: str, region: str) -> list[Shape]:
    vpc = network_of(account_id, region)["VpcId"]
    return [
        {
            "Attachments": [{"State": "available", "VpcId": vpc}],
            "InternetGatewayId": fixed_id("igw", account_id, region),
            "OwnerId": account_id,
            "Tags": [],
        }
    ]


def route_table_shapes(account_id: str, region: str) -> list[Shape]:
    table = fixed_id("rtb", account_id, region)
    associated = {
        "Main": True,
        "RouteTableAssociationId": fixed_id("rtbassoc", account_id, region),
        "RouteTableId": table,
        "AssociationState": {"State": "associated"},
    }
    routes = [
        (_VPC_BLOCK, "local", "CreateRouteTable"),
        (_ANYWHERE, fixed_id("igw", account_id, region), "CreateRoute"),
    ]
    return [
        {
            "Associations": [associated],
            "OwnerId": account_id,
            "PropagatingVgws": [],
            "RouteTableId": table,
            "Routes": [
                {
                    "DestinationCidrBlock": block,
                    "GatewayId": gateway,
                    "Origin": origin,
                    "State": "active",
                }
                for block, gateway, origin in routes
            ],
            "Tags": [],
            "VpcId": network_of(account_id, region)["VpcId"],
        }
    ]


def network_acl_shapes(account_id: str, region: str) -> list[Shape]:
    """Return the default network ACL, which lets everything through in both directions."""
    acl = fixed_id("acl", account_id, region)
    entries = [
        {
            "CidrBlock": _ANYWHERE,
            "Egress": egress,
            "Protocol": "-1",
            "RuleAction": "allow" if number == _DEFAULT_RULE else "deny",
            "RuleNumber": number,
        }
        for egress in (True, False)
        for number in (_DEFAULT_RULE, _LAST_RULE)
    ]
    associations = [
        {
            "NetworkAclAssociationId": fixed_id("aclassoc", one["SubnetId"]),
            "NetworkAclId": acl,
            "SubnetId": one["SubnetId"],
        }
        for one in subnet_shapes(account_id, region)
    ]
    return [
        {
            "Associations": associations,
            "Entries": entries,
            "IsDefault": True,
            "NetworkAclId": acl,
            "OwnerId": account_id,
            "Tags": [],
            "VpcId": network_of(account_id, region)["VpcId"],
        }
    ]


def dhcp_options_shapes(account_id: str, region: str) -> list[Shape]:
    suffix = "ec2.internal" if region == HOME_REGION else f"{region}.compute.internal"
    settings = {"domain-name": suffix, "domain-name-servers": "AmazonProvidedDNS"}
    return [
        {
            "DhcpConfigurations": [
                {"Key": key, "Values": [{"Value": value}]} for key, value in settings.items()
            ],
            "DhcpOptionsId": fixed_id("dopt", account_id, region),
            "OwnerId": account_id,
            "Tags": [],
        }
    ]


def rule_shapes(account_id: str, region: str) -> list[Shape]:
    """Return the default security group's rules: all from its members, and all to anywhere."""
    group = network_of(account_id, region)["GroupId"]
    shapes: list[Shape] = []
    for egress in (False, True):
        rule = fixed_id("sgr", account_id, region, str(egress))
        members = {"ReferencedGroupInfo": {"GroupId": group, "UserId": account_id}}
        shapes.append(
            {
                "SecurityGroupRuleId": rule,
                "GroupId": group,
                "GroupOwnerId": account_id,
                "IsEgress": egress,
                "IpProtocol": "-1",
                "FromPort": -1,
                "ToPort": -1,
                **({"CidrIpv4": _ANYWHERE} if egress else members),
                "Tags": [],
                "SecurityGroupRuleArn": ec2_arn(region, account_id, "security-group-rule", rule),
            }
        )
    return shapes
