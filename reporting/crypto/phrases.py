"""Passphrases that the machine draws, for whoever does not want to choose one."""

import secrets

from reporting.crypto.avoid import AVOID
from reporting.crypto.wordlists import FINGERPRINT_LIST, word_list

STRONG = 8


def draw_passphrase(words: int = STRONG) -> str:
    """Return so many English words with hyphens between them, nearly 11 bits each; none of them may hurt."""
    hurtful = AVOID[FINGERPRINT_LIST]
    kind = [word for word in word_list(FINGERPRINT_LIST) if word not in hurtful]
    return "-".join(secrets.choice(kind) for _ in range(words))
