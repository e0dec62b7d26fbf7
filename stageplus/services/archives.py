"""Zip archives: those that people send are unpacked without letting them swell, those given to people are packed."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile


def packed(parts: dict[str, bytes]) -> bytes:
    """Pack files under their names into one archive."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def unpacked(
    content: bytes, *, most_members: int, most_bytes: int, too_large: Callable[[], Exception]
) -> dict[str, bytes]:
    """Return the parts of an archive by name, read under a ceiling of so many parts and bytes in all.

    Raises what `too_large` makes beyond that, and what `zipfile` raises of an archive that is broken or protected.
    """
    parts: dict[str, bytes] = {}
    left = most_bytes
    with ZipFile(BytesIO(content)) as archive:
        members = [each for each in archive.infolist() if not each.is_dir()]
        if len(members) > most_members:
            raise too_large()
        for member in members:
            with archive.open(member) as opened:
                parts[member.filename] = opened.read(left + 1)
            left -= len(parts[member.filename])
            if left < 0:
                raise too_large()
    return parts
