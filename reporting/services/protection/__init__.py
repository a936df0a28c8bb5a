"""What is planned for her: assistance, measures, and the day the named person is told."""
