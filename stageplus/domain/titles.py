"""What a trade and a place are called: in both genders, without saying the same words twice."""

from itertools import takewhile


def both_genders(feminine: str, masculine: str) -> str:
    """Name a trade in both genders; what both share at the end is said once, and a single name for both too."""
    if feminine == masculine:
        return feminine
    words, others = feminine.split(), masculine.split()
    from_the_end = zip(words[:0:-1], others[:0:-1], strict=False)
    shared = sum(1 for _same in takewhile(lambda pair: pair[0] == pair[1], from_the_end))
    return f"{' '.join(words[: len(words) - shared])} / {masculine}"


def place_title(feminine: str, masculine: str) -> str:
    """Name a place in both genders, open to everybody (loi du 10 mai 2007)."""
    return f"{both_genders(feminine, masculine)} (H/F/X)"
