"""The survivor's way: writing, sending, coming back, choosing, ending."""
