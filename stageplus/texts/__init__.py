"""Every sentence a person reads passes through here; French is the source language."""

from stageplus.texts.catalogue import gettext as _
from stageplus.texts.catalogue import ngettext

__all__ = ["_", "ngettext"]
