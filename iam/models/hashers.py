"""The hasher of simulated users' passwords."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher

TOY = "pbkdf2_toy"


class ToyPasswordHasher(PBKDF2PasswordHasher):
    """PBKDF2 with few rounds: it protects a toy world, and a class signs in all at once."""

    algorithm = TOY
    iterations = 1000
