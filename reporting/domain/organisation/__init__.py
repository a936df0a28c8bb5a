"""The house without a case in it: rules, calendars, rota, the daily mail."""
