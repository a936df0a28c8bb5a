"""The server, as it behaves on a socket and to signals."""
