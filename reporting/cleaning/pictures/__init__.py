"""Images: decoded to their pixels and encoded anew."""
