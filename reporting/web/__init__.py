"""The web: routes that turn a request into one service call and its outcome into a page."""
