"""A demonstration with fictional people, made by the services as people would make it."""
