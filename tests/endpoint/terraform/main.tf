# What a course about IAM makes with Terraform: applied, planned again and destroyed by test_terraform.py.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = ">= 5.0" }
  }
}

provider "aws" {
  region                  = "us-east-1"
  s3_use_path_style       = true
  skip_metadata_api_check = true
}

data "aws_caller_identity" "me" {}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [data.aws_caller_identity.me.account_id]
    }
  }
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "read" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.files.arn}/*"]
  }
}

resource "aws_iam_user" "ana" {
  name          = "tf-ana"
  path          = "/staff/"
  force_destroy = true
  tags          = { team = "blue" }
}

resource "aws_iam_access_key" "ana" {
  user = aws_iam_user.ana.name
}

resource "aws_iam_user_policy" "ana" {
  name   = "own"
  user   = aws_iam_user.ana.name
  policy = data.aws_iam_policy_document.read.json
}

resource "aws_iam_group" "staff" {
  name = "tf-staff"
}

resource "aws_iam_user_group_membership" "ana" {
  user   = aws_iam_user.ana.name
  groups = [aws_iam_group.staff.name]
}

resource "aws_iam_policy" "read" {
  name        = "tf-read"
  description = "Reads what is there."
  policy      = data.aws_iam_policy_document.read.json
}

resource "aws_iam_group_policy_attachment" "staff" {
  group      = aws_iam_group.staff.name
  policy_arn = aws_iam_policy.read.arn
}

resource "aws_iam_role" "app" {
  name                  = "tf-app"
  description           = "Runs the application."
  assume_role_policy    = data.aws_iam_policy_document.trust.json
  permissions_boundary  = aws_iam_policy.read.arn
  max_session_duration  = 7200
  force_detach_policies = true
  tags                  = { team = "blue" }
}

resource "aws_iam_role_policy" "app" {
  name   = "own"
  role   = aws_iam_role.app.name
  policy = data.aws_iam_policy_document.read.json
}

resource "aws_iam_role_policy_attachment" "app" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.read.arn
}

resource "aws_iam_instance_profile" "app" {
  name = "tf-app"
  role = aws_iam_role.app.name
}

resource "aws_iam_openid_connect_provider" "ci" {
  url             = "https://token.actions.githubusercontent.com"
  client_id_list  = ["sts.amazonaws.com"]
  thumbprint_list = ["6938fd4d98bab03faadb97b34396831e3780aea1"]
}

resource "aws_iam_saml_provider" "office" {
  name                   = "tf-office"
  saml_metadata_document = file("${path.module}/metadata.xml")
}

resource "aws_iam_server_certificate" "web" {
  name             = "tf-web"
  certificate_body = file("${path.module}/certificate.pem")
  private_key      = file("${path.module}/key.pem")
}

resource "aws_iam_service_linked_role" "scaling" {
  aws_service_name = "autoscaling.amazonaws.com"
  custom_suffix    = "tf"
}

resource "aws_s3_bucket" "files" {
  bucket        = "tf-files-of-the-course"
  force_destroy = true
  tags          = { team = "blue" }
}

resource "aws_s3_object" "text" {
  bucket  = aws_s3_bucket.files.id
  key     = "texts/hello.txt"
  content = "Hello."
}

resource "aws_s3_object_copy" "copy" {
  bucket = aws_s3_bucket.files.id
  key    = "copies/hello.txt"
  source = "${aws_s3_bucket.files.id}/${aws_s3_object.text.key}"
}

data "aws_iam_policy_document" "logs" {
  statement {
    actions   = ["s3:GetBucketAcl"]
    resources = [aws_s3_bucket.logs.arn]
    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }
  }
  statement {
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.logs.arn}/*"]
    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }
  }
}

resource "aws_s3_bucket" "logs" {
  bucket        = "tf-logs-of-the-course"
  force_destroy = true
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = data.aws_iam_policy_document.logs.json
}

resource "aws_cloudtrail" "all" {
  name           = "tf-all"
  s3_bucket_name = aws_s3_bucket_policy.logs.bucket
}
