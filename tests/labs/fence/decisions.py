"""What a lab's rules decide about each address and each operation: one table, with reasons.

A new address or operation belongs here, once somebody has thought about it: does it show or do
what a lab can withhold, or let somebody in? Then it asks `console.labs.rules`.
"""

from console.labs.rules import Tool

FENCE = "takes or shows credentials of the start: asks whom the student may act as"
SESSION = "works with a session that was made inside, by a sign-in or a key that was let in"
POLICIES = "does what the policies of the world let the signed-in identity do"
OF_THE_SITE = "belongs to the site user, or shows what every student of the lab may see"
PUBLISHED = "is public, as any identity provider's; it opens nothing without a signed proof"

Decision = Tool | str

ROUTES: dict[Decision, str] = {
    Tool.WHY: "why attempt_why attempt_answer_why",
    Tool.CLOCK: "sandbox_clock",
    Tool.RESTART: "sandbox_restart world_restart attempt_restart",
    Tool.SIMULATOR: "simulator",
    Tool.MAP: "access_map access_analyzer access_finding analyzer_settings analyzer_delete",
    Tool.CLI: "instance_connect idp_token idp_assertion",
    Tool.DIRECTORY: "idp_people idp_person idp_roles",
    FENCE: """
        signin signin_root signin_mfa enter_as idp_signin idp_enter idp
        authenticator
    """,
    SESSION: """
        notifications signin_saml signin_saml_role idp_aws switchrole role_history switch_back
        temporary_credentials temporary_again temporary_use temporary_forget
        temporary_console
    """,
    OF_THE_SITE: """
        sandbox_accounts
        start favicon healthz help_topics help site_login sign_up my_account my_password my_log_outs
        my_tokens my_token_revoke
        keep site_logout signout
        idp_signout search labs labs_twice lab lab_start attempt attempt_drawer attempt_hint
        attempt_go_on attempt_begin attempt_undo attempt_browsers attempt_browser_end
        open_world attempt_answer
        my_progress my_data my_data_delete certificate
        join join_class my_class my_world
        assignment_start assignment_anew assignment_hand_in assignment_take_back
        attempt_help
    """,
    PUBLISHED: "idp_metadata idp_discovery idp_jwks",
    POLICIES: """
        console_home iam_dashboard account_alias account_alias_delete account_settings
        password_policy_edit sts_tokens_edit sts_region user_create security_credentials
        own_password own_mfa_assign own_mfa_remove own_mfa_resync own_access_key_create
        own_access_key_change own_credential_upload own_ssh_key own_credential_change users
        user_delete user user_boundary user_boundary_remove user_tags user_groups_add
        user_groups_remove user_console user_console_disable mfa_assign mfa_remove
        mfa_resync access_key_create access_key_change credential_upload ssh_key
        credential_change groups group_create group_delete group group_users_add
        group_users_remove policies policy policy_document policy_attach policy_detach
        policy_version policy_tags policy_delete policy_create policy_edit
        inline_policy_create inline_policy_edit trust_edit action_help service_list roles
        role_create role_delete role role_edit role_tags role_boundary role_boundary_remove
        role_revoke
        inline_policy_document attach_policies entity_policies_remove providers
        provider_create provider_delete saml_provider saml_metadata saml_edit oidc_provider
        audience_add audiences_remove thumbprints_edit provider_keys provider_tags
        credential_report instances instance_launch instances_terminate instance
        instance_role functions function_create functions_delete function function_edit
        function_test function_permission_add function_permission_delete
        buckets bucket_create bucket_delete bucket_open bucket object_upload
        folder_create object object_download objects_delete bucket_policy_edit
        bucket_policy_delete public_access_edit cloudtrail_events cloudtrail_timeline event
        cloudtrail_compare cloudtrail_sessions my_sessions
        cloudtrail_download trails trail_create trail trail_logging trail_delete
        organization organization_target organization_policies organization_policy
    """,
}
# All below /admin/ is for the staff, all below /teach/, /api/ and /lti/ for teachers and systems.

OPERATIONS: dict[Decision, dict[str, str]] = {
    Tool.SIMULATOR: {"iam": "SimulateCustomPolicy SimulatePrincipalPolicy"},
    Tool.WHY: {"sts": "DecodeAuthorizationMessage"},
    Tool.MAP: {"access-analyzer": "GetFinding GetFindingV2 ListFindings ListFindingsV2"},
    POLICIES: {
        "access-analyzer": """
            CreateAnalyzer DeleteAnalyzer GetAnalyzer ListAnalyzers UpdateFindings ValidatePolicy
        """,
        "cloudtrail": """
            AddTags CreateTrail DeleteTrail DescribeTrails GetChannel GetDashboard
            GetEventConfiguration GetEventDataStore GetEventSelectors GetInsightSelectors GetTrail
            GetTrailStatus ListChannels ListDashboards ListEventDataStores ListImports
            ListPublicKeys ListQueries ListTags ListTrails LookupEvents PutEventSelectors RemoveTags
            StartLogging StopLogging UpdateTrail
        """,
        "ec2": """
            AssociateIamInstanceProfile CreateTags DeleteTags DescribeAccountAttributes
            DescribeAddresses DescribeAvailabilityZones DescribeCustomerGateways DescribeDhcpOptions
            DescribeEgressOnlyInternetGateways DescribeFlowLogs
            DescribeIamInstanceProfileAssociations DescribeImages DescribeInstanceAttribute
            DescribeInstanceStatus DescribeInstances DescribeInternetGateways DescribeKeyPairs
            DescribeLaunchTemplates DescribeNatGateways DescribeNetworkAcls
            DescribeNetworkInterfaces DescribePlacementGroups DescribeRegions
            DescribeReservedInstances DescribeRouteTables DescribeSecurityGroupRules
            DescribeSecurityGroups DescribeSnapshots DescribeSpotInstanceRequests DescribeSubnets
            DescribeTags DescribeTransitGatewayAttachments DescribeTransitGateways
            DescribeVolumeStatus DescribeVolumes DescribeVolumesModifications DescribeVpcAttribute
            DescribeVpcEndpoints DescribeVpcPeeringConnections DescribeVpcs DescribeVpnConnections
            DescribeVpnGateways DisassociateIamInstanceProfile GetAllowedImagesSettings
            GetEbsDefaultKmsKeyId GetEbsEncryptionByDefault GetImageBlockPublicAccessState
            GetInstanceMetadataDefaults GetSerialConsoleAccessStatus
            GetSnapshotBlockPublicAccessState ReplaceIamInstanceProfileAssociation RunInstances
            TerminateInstances
        """,
        "ec2-instance-connect": "SendSSHPublicKey",
        "lambda": """
            AddPermission CreateFunction DeleteFunction GetFunction GetFunctionConfiguration
            GetPolicy Invoke ListFunctions RemovePermission UpdateFunctionCode
            UpdateFunctionConfiguration
        """,
        "iam": """
            AcceptDelegationRequest AddClientIDToOpenIDConnectProvider AddRoleToInstanceProfile
            AddUserToGroup AssociateDelegationRequest AttachGroupPolicy AttachRolePolicy
            AttachUserPolicy ChangePassword CreateAccessKey CreateAccountAlias CreateGroup
            CreateInstanceProfile CreateLoginProfile CreateOpenIDConnectProvider CreatePolicy
            CreatePolicyVersion CreateRole CreateSAMLProvider CreateServiceLinkedRole CreateUser
            CreateVirtualMFADevice DeactivateMFADevice DeleteAccessKey DeleteAccountAlias
            DeleteAccountPasswordPolicy DeleteGroup DeleteGroupPolicy DeleteInstanceProfile
            DeleteLoginProfile DeleteOpenIDConnectProvider DeletePolicy DeletePolicyVersion
            DeleteRole DeleteRolePermissionsBoundary DeleteRolePolicy DeleteSAMLProvider
            DeleteSSHPublicKey DeleteServerCertificate DeleteServiceLinkedRole
            DeleteServiceSpecificCredential DeleteSigningCertificate DeleteUser
            DeleteUserPermissionsBoundary DeleteUserPolicy DeleteVirtualMFADevice DetachGroupPolicy
            DetachRolePolicy DetachUserPolicy DisableOrganizationsRootCredentialsManagement
            DisableOrganizationsRootSessions DisableOutboundWebIdentityFederation EnableMFADevice
            EnableOrganizationsRootCredentialsManagement EnableOrganizationsRootSessions
            GenerateCredentialReport GenerateServiceLastAccessedDetails GetAccessKeyLastUsed
            GetAccountAuthorizationDetails GetAccountPasswordPolicy GetAccountSummary
            GetContextKeysForCustomPolicy GetContextKeysForPrincipalPolicy GetCredentialReport
            GetDelegationRequest GetGroup GetGroupPolicy GetInstanceProfile GetLoginProfile
            GetMFADevice GetOpenIDConnectProvider GetOpenIDConnectProviderKeys
            GetOutboundWebIdentityFederationInfo GetPolicy GetPolicyVersion GetRole GetRolePolicy
            GetSAMLProvider GetSSHPublicKey GetServerCertificate GetServiceLastAccessedDetails
            GetServiceLastAccessedDetailsWithEntities GetServiceLinkedRoleDeletionStatus GetUser
            GetUserPolicy ListAccessKeys ListAccountAliases ListAttachedGroupPolicies
            ListAttachedRolePolicies ListAttachedUserPolicies ListDelegationRequests
            ListEntitiesForPolicy ListGroupPolicies ListGroups ListGroupsForUser
            ListInstanceProfileTags ListInstanceProfiles ListInstanceProfilesForRole
            ListMFADeviceTags ListMFADevices ListOpenIDConnectProviderTags
            ListOpenIDConnectProviders ListOrganizationsFeatures ListPolicies
            ListPoliciesGrantingServiceAccess ListPolicyTags ListPolicyVersions ListRolePolicies
            ListRoleTags ListRoles ListSAMLProviderTags ListSAMLProviders ListSSHPublicKeys
            ListSecurityTokenServiceRegions ListServerCertificateTags ListServerCertificates
            ListServiceSpecificCredentials ListSigningCertificates ListUserPolicies ListUserTags
            ListUsers ListVirtualMFADevices PutGroupPolicy PutRolePermissionsBoundary PutRolePolicy
            PutUserPermissionsBoundary PutUserPolicy RejectDelegationRequest
            RemoveClientIDFromOpenIDConnectProvider RemoveRoleFromInstanceProfile
            RemoveUserFromGroup ResetServiceSpecificCredential ResyncMFADevice SendDelegationToken
            SetDefaultPolicyVersion SetSecurityTokenServicePreferences TagInstanceProfile
            TagMFADevice TagOpenIDConnectProvider TagPolicy TagRole TagSAMLProvider
            TagServerCertificate TagUser UntagInstanceProfile UntagMFADevice
            UntagOpenIDConnectProvider UntagPolicy UntagRole UntagSAMLProvider
            UntagServerCertificate UntagUser UpdateAccessKey UpdateAccountPasswordPolicy
            UpdateAssumeRolePolicy UpdateDelegationRequest UpdateGroup UpdateLoginProfile
            UpdateOpenIDConnectProviderKeys UpdateOpenIDConnectProviderThumbprint UpdateRole
            UpdateRoleDescription UpdateSAMLProvider UpdateSSHPublicKey
            UpdateSecurityTokenServiceRegion UpdateServerCertificate UpdateServiceSpecificCredential
            UpdateSigningCertificate UpdateUser UploadSSHPublicKey UploadServerCertificate
            UploadSigningCertificate
        """,
        "organizations": """
            DescribeAccount DescribeCreateAccountStatus DescribeEffectivePolicy DescribeHandshake
            DescribeOrganization DescribeOrganizationalUnit DescribePolicy DescribeResourcePolicy
            DescribeResponsibilityTransfer ListAWSServiceAccessForOrganization ListAccounts
            ListAccountsForParent ListAccountsWithInvalidEffectivePolicy ListChildren
            ListCreateAccountStatus ListDelegatedAdministrators ListDelegatedServicesForAccount
            ListEffectivePolicyValidationErrors ListHandshakesForAccount
            ListHandshakesForOrganization ListInboundResponsibilityTransfers
            ListOrganizationalUnitsForParent ListOutboundResponsibilityTransfers ListParents
            ListPolicies ListPoliciesForTarget ListRoots ListTagsForResource ListTargetsForPolicy
        """,
        "s3": """
            AbortMultipartUpload CompleteMultipartUpload CopyObject CreateBucket
            CreateMultipartUpload DeleteBucket DeleteBucketAnalyticsConfiguration DeleteBucketCors
            DeleteBucketEncryption DeleteBucketIntelligentTieringConfiguration
            DeleteBucketInventoryConfiguration DeleteBucketLifecycle
            DeleteBucketMetadataConfiguration DeleteBucketMetadataTableConfiguration
            DeleteBucketMetricsConfiguration DeleteBucketPolicy DeleteBucketReplication
            DeleteBucketTagging DeleteBucketWebsite DeleteObject DeleteObjectTagging DeleteObjects
            DeletePublicAccessBlock GetBucketAbac GetBucketAccelerateConfiguration GetBucketAcl
            GetBucketAnalyticsConfiguration GetBucketCors GetBucketEncryption
            GetBucketIntelligentTieringConfiguration GetBucketInventoryConfiguration
            GetBucketLifecycleConfiguration GetBucketLocation GetBucketLogging
            GetBucketMetadataConfiguration GetBucketMetadataTableConfiguration
            GetBucketMetricsConfiguration GetBucketNotificationConfiguration
            GetBucketOwnershipControls GetBucketPolicy GetBucketPolicyStatus GetBucketReplication
            GetBucketRequestPayment GetBucketTagging GetBucketVersioning GetBucketWebsite GetObject
            GetObjectAcl GetObjectAttributes GetObjectLegalHold GetObjectLockConfiguration
            GetObjectRetention GetObjectTagging GetPublicAccessBlock HeadBucket HeadObject
            ListBucketAnalyticsConfigurations ListBucketIntelligentTieringConfigurations
            ListBucketInventoryConfigurations ListBucketMetricsConfigurations ListBuckets
            ListMultipartUploads ListObjectVersions ListObjects ListObjectsV2 ListParts
            PutBucketAbac PutBucketAcl PutBucketEncryption PutBucketLogging
            PutBucketNotificationConfiguration PutBucketPolicy
            PutBucketRequestPayment PutBucketTagging PutObject PutObjectAcl PutObjectLegalHold
            PutObjectLockConfiguration PutObjectRetention PutObjectTagging PutPublicAccessBlock
            RestoreObject UploadPart UploadPartCopy
        """,
        "sts": """
            AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity AssumeRoot GetAccessKeyInfo
            GetCallerIdentity GetFederationToken GetSessionToken GetWebIdentityToken
        """,
    },
}


def decided_routes() -> list[str]:
    return [name for names in ROUTES.values() for name in names.split()]


def decided_operations() -> dict[str, Decision]:
    return {
        f"{service}:{name}": decision
        for decision, services in OPERATIONS.items()
        for service, names in services.items()
        for name in names.split()
    }
