"""Harbour: confidential, survivor-centred reporting of sexual harassment.

This module stays empty on purpose: importing `reporting` must not load a web framework, because the
command line, the chores and the floors beneath the web start without one.
"""
