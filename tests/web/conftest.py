"""The same identity provider and antivirus as for services."""

from tests.services.documents.conftest import FakeClamd, daemon
from tests.services.federation.conftest import provider_address, there

__all__ = ["FakeClamd", "daemon", "provider_address", "there"]
