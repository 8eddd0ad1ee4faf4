"""What templates ask about policies."""

from django import template

from console.pages.iam.policies.managed_summary import managed_summary

register = template.Library()
register.simple_tag(managed_summary)
