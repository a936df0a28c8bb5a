"""Help for everybody: the directory of services, the law of a country, the library."""
