"""PDF: written anew from its pages, and one page drawn as a picture."""
