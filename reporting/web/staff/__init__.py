"""What the staff pages share: who is signed in, navigation, forms, and an opened case in plain words."""
