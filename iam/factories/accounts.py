"""Site users, sandboxes and accounts: rows, since no AWS operation makes them."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from factory import LazyAttribute, LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from iam.models import Account, Directory, Sandbox
from iam.models.hashers import TOY
from iam.models.identifiers import new_account_id
from iam.models.organizations import found_organization


class SiteUserFactory(DjangoModelFactory[Any]):
    """A person with a login on this site; it has no password."""

    class Meta:
        model = get_user_model()
        django_get_or_create = ("username",)

    username = Sequence(lambda n: f"student-{n}")


class SandboxFactory(DjangoModelFactory[Sandbox]):
    """An empty sandbox."""

    class Meta:
        model = Sandbox

    name = Sequence(lambda n: f"Sandbox {n}")
    owner = SubFactory(SiteUserFactory)


class AccountFactory(DjangoModelFactory[Account]):
    """An account, entered in the directory; `root_password` in clear.

    With `management` it founds an organization.
    """

    class Meta:
        model = Account

    sandbox = SubFactory(SandboxFactory)
    account_id = LazyFunction(new_account_id)
    name = Sequence(lambda n: f"Account {n}")
    root_email = LazyAttribute(lambda account: f"root@{account.account_id}.example.com")
    root_password = ""
    created_at = LazyAttribute(lambda row: row.sandbox.time_at(row.sandbox.created_at))

    @classmethod
    def _create(cls, model_class: type[Account], *args: Any, **kwargs: Any) -> Account:
        clear = kwargs.pop("root_password")
        kwargs["root_password"] = make_password(clear, hasher=TOY) if clear else ""
        manages = kwargs.pop("management", False)
        account: Account = Account.add(**kwargs)
        if manages:
            found_organization(account)
        Directory.objects.get_or_create(
            key=account.account_id, defaults={"sandbox": account.sandbox}
        )
        return account
