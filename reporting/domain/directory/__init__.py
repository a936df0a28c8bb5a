"""The directory of services on the Open Referral HSDS 3 model: its tables, words, rules and the data that ships."""
