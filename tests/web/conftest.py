"""The same identity provider as for services."""

from tests.services.federation.conftest import provider_address, there

__all__ = ["provider_address", "there"]
