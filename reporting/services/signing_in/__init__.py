"""Sessions, second factors, one-time codes, and the throttles before them."""
