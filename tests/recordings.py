"""Recordings for tests, made by ffmpeg, with a word in every place where something can hide."""

import subprocess
from pathlib import Path
from typing import Final

from tests.machine import program

CANARY: Final = "Canary-7f3a"
PICTURE: Final = ("-f", "lavfi", "-i", "testsrc=s=320x240:d=2")
SOUND: Final = ("-f", "lavfi", "-i", "sine=d=2")
CHAPTER: Final = f"""\
;FFMETADATA1
title={CANARY}-title
[CHAPTER]
TIMEBASE=1/1000
START=0
END=1000
title={CANARY}-chapter
"""
SUBTITLE: Final = f"1\n00:00:00,000 --> 00:00:01,000\nGPS (46.2044, 6.1432) {CANARY}\n"
TAGS: Final = (
    *("-metadata", f"location=+46.2044+006.1432/{CANARY}", "-metadata", f"com.apple.quicktime.make={CANARY}-make"),
    *("-metadata", "creation_time=2024-03-01T10:11:12Z", "-metadata", f"artist={CANARY}-artist"),
    *("-metadata:s", f"title={CANARY}-track", "-metadata:s", f"handler_name={CANARY}-handler"),
)
SEI: Final = f"h264_metadata=sei_user_data=086f3693-b7b3-4f2c-9653-21492feee5b8+{CANARY}-sei"
H264: Final = ("-c:v", "libx264", "-preset", "ultrafast", "-bsf:v", SEI)


def ffmpeg(*arguments: str | Path) -> bytes:
    """Run ffmpeg, or give up on the test where it is not installed, and return what it writes."""
    path = program("ffmpeg", package="ffmpeg")
    return subprocess.run([path, "-v", "error", "-y", *arguments], check=True, capture_output=True).stdout


def recording(folder: Path, name: str, *how: str) -> bytes:
    """Return a recording of two seconds with everything around it that `how` and its container allow.

    :param name: what the file is called; its ending tells ffmpeg the container.
    """
    for place, text in (("meta", CHAPTER), ("said.srt", SUBTITLE), ("note.txt", f"{CANARY}-attached")):
        (folder / place).write_text(text)
    ffmpeg("-f", "lavfi", "-i", "color=s=64x64:d=1", "-frames:v", "1", folder / "cover.jpg")
    ffmpeg(*[one.format(folder=folder) for one in how], folder / name)
    return (folder / name).read_bytes()


def phone_video(folder: Path, name: str = "video.mp4") -> bytes:
    """Return a video as a telephone makes it: place, device, day, chapters, subtitles, time code, words between frames.

    Its index stands at the end, as it does when a telephone is still recording.
    """
    inputs = (*PICTURE, *SOUND, "-i", "{folder}/said.srt", "-i", "{folder}/meta")
    mapped = ("-map", "0", "-map", "1", "-map", "2", "-map_metadata", "3", "-map_chapters", "3")
    kept = ("-c:s", "mov_text", "-movflags", "use_metadata_tags", "-timecode", "01:02:03:04")
    return recording(folder, name, *inputs, *mapped, *TAGS, *H264, "-c:a", "aac", *kept)
