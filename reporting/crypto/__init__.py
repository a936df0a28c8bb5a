"""Who can open what. Bytes in, bytes out: this floor knows no case, no database and no web page.

A reporter is a `token.Token`, a member of staff is a passphrase; either gives a `Seed`, and a seed is a
`keys.KeyPair`. A compartment of a case has a `CompartmentKey`, drawn when the case is born:

    token = draw("en")                                          # shown once: eight words, or 27 digits
    reporter = derive(token, salt)                              # ~50 ms; store only reporter.lookup_id ...
    pair = KeyPair.from_seed(reporter.seed)                     # ... and pair.public_key
    key = CompartmentKey.random()
    sealed = seal_item(key, item_context, disclosure)           # opens for whoever holds the key
    grant, shred_key = seal_grant(key, pair.public_key, grant_context)

    key = open_grant(grant, shred_key, pair, grant_context)     # only this holder, only while the shred key lives
    disclosure = open_item(key, item_context, sealed)           # only in the place it was sealed for

| sealed form | opens for |
|---|---|
| item (`envelope.seal_item`) | holders of the compartment key |
| grant (`grants.seal_grant`) | the one holder it names, while its shred key exists |
| half of a key (`grants.split`) | nobody alone; both halves joined give the key |
| box (`envelope.seal_box`) | whoever brings the secret: the cookie of a session, the form of a draft |
| seed (`passphrases.seal_seed`) | the person who knows the passphrase |
| fact (`facts.seal_fact`) | a release job, run with the operator's passphrase |

The instance key (`keyring.Keyring`) opens none of these; it only authenticates. Whatever does not open raises a
subclass of `errors.CannotOpen`. Formats are described byte by byte in `docs/FORMATS.md` and are permanent: a sealed
form begins with a version byte, and every version ever released stays readable.
"""
