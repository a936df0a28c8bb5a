"""What the survivor's pages share: whose token opened them, the draft, the form, her case, her words."""
