"""What anybody may read here: plain examples, rights with what to do about each, and scenes for whoever sees it."""
