"""Services that run what they are given as a role that is passed to them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PassRoleService:
    """A service, how trust policies name it, and what it takes to make it run as a role."""

    name: str
    principal: str
    actions: tuple[str, ...]
    source: str


SERVICES = (
    PassRoleService(
        "EC2",
        "ec2.amazonaws.com",
        ("ec2:RunInstances",),
        "Rhino 3, pathfinding ec2-001 (the role needs an instance profile)",
    ),
    PassRoleService(
        "Lambda",
        "lambda.amazonaws.com",
        ("lambda:CreateFunction", "lambda:InvokeFunction"),
        "Rhino 15, pathfinding lambda-001",
    ),
    PassRoleService(
        "Lambda",
        "lambda.amazonaws.com",
        ("lambda:CreateFunction", "lambda:CreateEventSourceMapping"),
        "Rhino 16, pathfinding lambda-002",
    ),
    PassRoleService(
        "Glue",
        "glue.amazonaws.com",
        ("glue:CreateDevEndpoint",),
        "Rhino 18, pathfinding glue-001",
    ),
    PassRoleService(
        "Glue",
        "glue.amazonaws.com",
        ("glue:CreateJob", "glue:StartJobRun"),
        "pathfinding glue-003",
    ),
    PassRoleService(
        "CloudFormation",
        "cloudformation.amazonaws.com",
        ("cloudformation:CreateStack",),
        "Rhino 20, pathfinding cloudformation-001",
    ),
    PassRoleService(
        "Data Pipeline",
        "datapipeline.amazonaws.com",
        (
            "datapipeline:CreatePipeline",
            "datapipeline:PutPipelineDefinition",
            "datapipeline:ActivatePipeline",
        ),
        "Rhino 21, pathfinding datapipeline-001",
    ),
    PassRoleService(
        "CodeBuild",
        "codebuild.amazonaws.com",
        ("codebuild:CreateProject", "codebuild:StartBuild"),
        "Principal Mapper, pathfinding codebuild-001",
    ),
    PassRoleService(
        "SageMaker",
        "sagemaker.amazonaws.com",
        ("sagemaker:CreateNotebookInstance", "sagemaker:CreatePresignedNotebookInstanceUrl"),
        "Principal Mapper, pathfinding sagemaker-001",
    ),
    PassRoleService(
        "ECS",
        "ecs-tasks.amazonaws.com",
        ("ecs:RegisterTaskDefinition", "ecs:RunTask"),
        "pathfinding ecs-004",
    ),
)
