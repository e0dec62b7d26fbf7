"""Which counts of a table stay hidden so that no small one can be read, or worked out from the others and their total.

Primary suppression hides counts from one to the floor; complementary suppression hides others beside them, the smallest
first, so that the total minus what is shown leaves room (Eurostat, handbook on statistical disclosure control).
"""

from collections.abc import Collection, Mapping

FLOOR = 5
"""The smallest count that is shown, besides nought. Ours, and part of what is published: another floor is another
version of the data."""


def hidden_parts(whole: int, parts: Mapping[str, int], *, whole_is_hidden: bool = False) -> frozenset[str]:
    """Name the parts to hide of a whole that is shown; where it is hidden itself, or is small, all of them are.

    Nought is shown, unless everything else is hidden and too little for a doubt.
    """
    if whole_is_hidden or 0 < whole < FLOOR:
        return frozenset(parts)
    hidden = {name for name, count in parts.items() if 0 < count < FLOOR}
    if not hidden:
        return frozenset()
    for name in sorted((name for name in parts if parts[name] >= FLOOR), key=lambda each: (parts[each], each)):
        if leaves_doubt([parts[each] for each in hidden]):
            break
        hidden.add(name)
    return frozenset(hidden if leaves_doubt([parts[each] for each in hidden]) else parts)


def leaves_doubt(counts: Collection[int]) -> bool:
    """Say whether each of some hidden counts could, from their sum alone, be as large as the floor.

    Whoever knows that none of them is nought subtracts one for each of the others.
    """
    return len(counts) > 1 and sum(counts) - (len(counts) - 1) >= FLOOR
