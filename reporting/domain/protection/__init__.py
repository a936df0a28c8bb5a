"""What is planned for her: measures, assistance, referrals, the named person."""
