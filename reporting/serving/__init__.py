"""How gunicorn serves Harbour: its settings, its worker, its log, and the side process for timed work."""
