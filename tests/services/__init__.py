"""Tests of the services, each on both engines."""
