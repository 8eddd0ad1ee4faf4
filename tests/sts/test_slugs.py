"""The slug by which the pages of a sandbox's identity provider are known."""

from importlib import import_module

from django.apps import apps

from iam.models import Sandbox
from iam.models.seals import derived_secret
from sts.built_in import name_of, named_sandbox


def test_a_slug_leads_to_its_sandbox_and_a_guessed_one_nowhere(world):
    slug = name_of(world.sandbox).slug
    assert named_sandbox(slug) == world.sandbox
    for guessed in (slug[:-1], f"{slug}a", f"{world.sandbox.pk}-aaaaaaaa", "x", "1-\0"):
        assert named_sandbox(guessed) is None


def test_of_two_sandboxes_with_one_slug_the_one_in_the_directory_is_meant(world):
    slug = name_of(world.sandbox).slug
    copy = Sandbox.objects.create(name="copy", owner=world.sandbox.owner, slug=slug)
    assert named_sandbox(slug) == world.sandbox
    world.sandbox.delete()
    assert name_of(copy).slug == slug
    assert named_sandbox(slug) is None


def test_the_migration_keeps_the_slugs_that_were_derived(world, settings):
    settings.SECRET_KEY = "the key of before"
    import_module("iam.migrations.0012_slugs")._keep_slugs(apps, None)
    world.sandbox.refresh_from_db()
    letters = derived_secret("built-in-provider", str(world.sandbox.pk), length=8).lower()
    assert world.sandbox.slug == f"{world.sandbox.pk}-{letters}"
    assert named_sandbox(world.sandbox.slug) == world.sandbox
