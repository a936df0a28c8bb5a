"""The demonstration, as whoever looks at Harbour for the first time meets it."""
