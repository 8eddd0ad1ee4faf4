"""The models of sts; see sts.built_in."""

from sts.built_in.models import BuiltInKey, Person, RoleOffer

__all__ = ["BuiltInKey", "Person", "RoleOffer"]
