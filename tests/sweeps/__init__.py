"""Sweeps: what has to hold on every route, for every role and every object, whatever routes there are."""
