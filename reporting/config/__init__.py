"""Settings: everything that whoever runs Harbour may choose from outside, and what it means.

Each setting is one row of `SETTINGS`, with its default and a sentence; `docs/SETTINGS.md` is written from these rows.
`Settings.from_environment` reads them once at the start. A value that cannot be used stops the program with a
`ConfigError` whose sentence says which setting it was and what mends it. It never repeats the value, which may hold a
password.
"""

from reporting.config.rows import PREFIX as PREFIX
from reporting.config.rows import SECRET as SECRET
from reporting.config.rows import SETTINGS as SETTINGS
from reporting.config.rows import ConfigError as ConfigError
from reporting.config.rows import Setting as Setting
from reporting.config.rows import misspelt as misspelt
from reporting.config.rows import settings_page as settings_page
from reporting.config.settings import Settings as Settings
from reporting.config.values import SHIPPED_LANGUAGES as SHIPPED_LANGUAGES
