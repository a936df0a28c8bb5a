"""A recovery key in shares of 33 words (SLIP-0039), of which any M of N give it back and fewer tell nothing.

The library is imported late: only the ceremonies at the console need it.
"""

import re
from typing import TYPE_CHECKING

from reporting.crypto.errors import NotAShare, OtherShares, SameShare
from reporting.crypto.parameters import KEY_SIZE, LEAST_THRESHOLD, MOST_SHARES
from reporting.crypto.secret import Seed

if TYPE_CHECKING:
    from shamir_mnemonic.share import Share

_SHORTEST_PREFIX = 4


def split_seed(seed: Seed, threshold: int, count: int) -> tuple[str, ...]:
    """Split a seed into `count` shares of which `threshold` suffice; ValueError for numbers that make no quorum."""
    from shamir_mnemonic import generate_mnemonics

    if not LEAST_THRESHOLD <= threshold <= count <= MOST_SHARES:
        raise ValueError(f"a quorum is {LEAST_THRESHOLD} or more of at most {MOST_SHARES}")
    return tuple(generate_mnemonics(1, [(threshold, count)], seed.raw)[0])


class Shares:
    """The shares that have been given so far; each is checked when it comes."""

    def __init__(self) -> None:
        self._given: list[Share] = []

    @property
    def needed(self) -> int | None:
        """How many are still missing; not known before the first is there."""
        return self._given[0].member_threshold - len(self._given) if self._given else None

    def add(self, text: str) -> None:
        """Take one share, however it is spaced or numbered.

        :raises NotAShare: a word is wrong, missing or out of order.
        :raises OtherShares: it is whole, but belongs to another split.
        :raises SameShare: it was given already.
        """
        share = _read(text)
        if self._given and share.group_parameters() != self._given[0].group_parameters():
            raise OtherShares("the share belongs to another set")
        if any(share.index == other.index for other in self._given):
            raise SameShare("the share was given already")
        self._given.append(share)

    def seed(self) -> Seed:
        """Return the seed, once nothing is missing; NotAShare where the shares do not fit each other."""
        from shamir_mnemonic import MnemonicError, combine_mnemonics

        try:
            raw = combine_mnemonics([share.mnemonic() for share in self._given])
        except MnemonicError:
            raise NotAShare("the shares do not give a key") from None
        if len(raw) != KEY_SIZE:
            raise NotAShare("the shares give something that is no key")
        return Seed(raw)

    def __repr__(self) -> str:
        return f"<Shares: {len(self._given)} given, redacted>"


def _read(text: str) -> "Share":
    from shamir_mnemonic import MnemonicError
    from shamir_mnemonic.share import Share

    try:
        share = Share.from_mnemonic(" ".join(_words(text)))
    except MnemonicError:
        # The library's own sentence repeats words of the share.
        raise NotAShare("a word of the share is wrong, missing or out of order") from None
    if share.group_count != 1 or share.group_threshold != 1:
        raise NotAShare("the share was not made here")
    return share


def _words(text: str) -> list[str]:
    """Return the words, of which the first four letters suffice: no two words of the list share them."""
    from shamir_mnemonic.wordlist import WORDLIST

    by_prefix = {word[:_SHORTEST_PREFIX]: word for word in WORDLIST}
    typed = re.findall(r"[a-z]+", text.lower())
    return [found if (found := by_prefix.get(word[:4], "")).startswith(word) else word for word in typed]
