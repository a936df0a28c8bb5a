"""The process of its own in which files of strangers are taken apart, so that what a decoder does wrong ends with it.

`python -I -m reporting.cleaning TASK` reads a whole file from its standard input, writes the working copy to its
standard output, and one line of JSON about it to its standard error: `{"state": ..., "type": ..., "pages": ...}`. It
has limits of time, memory and file size from its first moment (`limits`) and leaves nothing behind. It is started by
`services/evidence/cleaning.py` and knows nothing else of the house.
"""
