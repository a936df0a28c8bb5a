"""Tests of the domain: plain functions, no server, no database."""
