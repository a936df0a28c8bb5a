"""A recording comes out with its picture and its sound and nothing else, or not at all."""

import json
import re
import socket
import subprocess
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pytest
from PIL import ImageCms

from reporting.cleaning.confinement.limits import LARGEST_RECORDING
from reporting.domain.evidence.evidence import Cleaning
from reporting.domain.evidence.file_types import type_of
from reporting.services.evidence.cleaning import Report, take_apart
from tests.machine import program
from tests.recordings import CANARY, H264, PICTURE, SOUND, TAGS, ffmpeg, phone_video, recording

MIB: Final = 1024 * 1024
DESCRIBING: Final = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd", b"avc1", b"vp09", b"mp4v")
CAMERA: Final = b"camera number 4711"


def cleaned(content: bytes, task: str = "") -> tuple[Report, bytes]:
    """Take a recording apart as the server does."""
    out: list[bytes] = []
    report = take_apart(task or type_of(content).media, [content], out.append)
    return report, b"".join(out)


def probe(content: bytes) -> dict[str, Any]:
    """Return what ffprobe finds in a recording."""
    asked = ["-show_format", "-show_streams", "-show_chapters", "-of", "json", "-"]
    path = program("ffprobe", package="ffmpeg")
    done = subprocess.run([path, "-v", "error", *asked], input=content, check=True, capture_output=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def codecs(content: bytes) -> list[str]:
    return [stream["codec_name"] for stream in probe(content)["streams"]]


def test_a_video_of_a_telephone_keeps_picture_and_sound_alone(tmp_path: Path) -> None:
    sent = phone_video(tmp_path)
    assert sent.index(b"moov") > sent.index(b"mdat")
    assert sent.count(CANARY.encode()) >= 8
    report, copy = cleaned(sent)
    assert report == Report(Cleaning.CLEANED, "video/mp4", 0)
    assert CANARY.encode() not in copy
    assert b"46.2044" not in copy
    found = probe(copy)
    assert [stream["codec_type"] for stream in found["streams"]] == ["video", "audio"]
    assert found["chapters"] == []
    assert 1.9 < float(found["format"]["duration"]) < 2.2
    assert "creation_time" not in json.dumps(found)
    assert "timecode" not in json.dumps(found)


def test_the_picture_of_a_telephone_is_copied_and_not_made_worse(tmp_path: Path) -> None:
    sent = phone_video(tmp_path)
    _, copy = cleaned(sent)
    assert pixels(copy, tmp_path) == pixels(sent, tmp_path)


def pixels(content: bytes, folder: Path) -> list[bytes]:
    """Return a hash of every frame as it is seen."""
    (folder / "seen").write_bytes(content)
    frames = ffmpeg("-i", folder / "seen", "-map", "0:V:0", "-fps_mode", "passthrough", "-f", "framemd5", "-")
    return [line.split(b",")[-1] for line in frames.splitlines() if not line.startswith(b"#")]


COVER = ("-i", "{folder}/cover.jpg", "-map", "0", "-map", "1", "-c:v", "copy", "-disposition:v", "attached_pic")
ATTACHED = ("-attach", "{folder}/note.txt", "-metadata:s:t", "mimetype=text/plain")
KINDS: Final = {
    "video.mov": ("video/mp4", ["h264", "aac"], (*PICTURE, *SOUND, *TAGS, *H264, "-movflags", "use_metadata_tags")),
    "video.mkv": ("video/mp4", ["h264", "aac"], (*PICTURE, *SOUND, *TAGS, *ATTACHED, *H264, "-c:a", "libvorbis")),
    "vp8.webm": ("video/mp4", ["h264", "aac"], (*PICTURE, *SOUND, *TAGS, "-c:v", "libvpx", "-c:a", "libopus")),
    "vp9.webm": ("video/mp4", ["vp9"], (*PICTURE, *TAGS, "-c:v", "libvpx-vp9", "-deadline", "realtime")),
    "frames.mov": ("video/mp4", ["h264", "aac"], (*PICTURE, *SOUND, *TAGS, "-c:v", "mjpeg", "-c:a", "pcm_s16le")),
    "old.mp4": ("video/mp4", ["h264"], (*PICTURE, *TAGS, "-c:v", "mpeg4")),
    "sound.mp3": ("audio/mp4", ["aac"], (*SOUND, *COVER, *TAGS, "-c:a", "libmp3lame")),
    "sound.ogg": ("audio/mp4", ["aac"], (*SOUND, *TAGS, "-c:a", "libvorbis")),
    "sound.flac": ("audio/mp4", ["aac"], (*SOUND, *TAGS)),
    "sound.m4a": ("audio/mp4", ["aac"], (*SOUND, *COVER, *TAGS)),
    "sound.wav": ("audio/wav", ["pcm_s16le"], (*SOUND, *TAGS)),
}


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_loses_what_hides_in_it(tmp_path: Path, name: str) -> None:
    media, expected, how = KINDS[name]
    sent = recording(tmp_path, name, *how)
    assert CANARY.encode() in sent
    report, copy = cleaned(sent)
    assert report == Report(Cleaning.CLEANED, media, 0)
    assert CANARY.encode() not in copy
    assert codecs(copy) == expected
    assert not re.search(rb"Lavf|x264 - core", copy)


def test_sound_without_a_container_is_cleaned_as_well(tmp_path: Path) -> None:
    sent = recording(tmp_path, "sound.aac", *SOUND)
    assert b"Lavc" in sent  # what the encoder wrote between the sounds
    report, copy = cleaned(sent)
    assert report.type == "audio/mp4"
    assert b"Lavc" not in copy


def test_words_in_the_description_of_an_h265_picture_are_overwritten(tmp_path: Path) -> None:
    # x265 writes its settings into the description (hvcC) and before the first picture, as cameras write their names.
    how = (*PICTURE, "-c:v", "libx265", "-preset", "ultrafast", "-tag:v", "hvc1")
    sent = recording(tmp_path, "video.mp4", *how)
    head = sent.replace(b"x265.org", CAMERA[:8])
    assert sent.count(b"x265") >= 2
    report, copy = cleaned(head)
    assert report.state is Cleaning.CLEANED
    assert b"x265" not in copy
    assert CAMERA[:8] not in copy
    assert pixels(copy, tmp_path) == pixels(sent, tmp_path)


@pytest.mark.parametrize(
    "how", [H264, ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8"), ("-c:v", "mpeg4")]
)
def test_the_colour_profile_of_a_video_which_names_a_device_is_gone(tmp_path: Path, how: Sequence[str]) -> None:
    sent = recording(tmp_path, "video.mp4", *PICTURE, *how)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + CAMERA
    profile = len(profile).to_bytes(4) + profile[4:]
    colours = (len(profile) + 12).to_bytes(4) + b"colrprof" + profile
    report, copy = cleaned(beside_the_description(sent, colours))
    assert report.state is Cleaning.CLEANED
    assert CAMERA not in copy
    assert pixels(copy, tmp_path) == pixels(cleaned(sent)[1], tmp_path)


def beside_the_description(film: bytes, box: bytes) -> bytes:
    """Return a film whose index stands at its end, with one box more at the end of what describes its picture."""
    changed, start, end = bytearray(film), 0, len(film)
    for inner in (8, 8, 8, 8, 8, 16, 86):  # moov, trak, mdia, minf, stbl, stsd, and the description
        while bytes(changed[start + 4 : start + 8]) not in DESCRIBING:
            start += int.from_bytes(changed[start : start + 4])
        size = int.from_bytes(changed[start : start + 4])
        changed[start : start + 4] = (size + len(box)).to_bytes(4)
        start, end = start + inner, start + size
    return bytes(changed[:end] + box + changed[end:])


def test_the_side_on_which_a_video_stands_is_kept(tmp_path: Path) -> None:
    phone_video(tmp_path)
    sent = recording(tmp_path, "turned.mp4", "-i", "{folder}/video.mp4", "-c:v", "copy", "-metadata:s:v", "rotate=90")
    _, copy = cleaned(sent)
    turned = [probe(one)["streams"][0]["side_data_list"][0]["rotation"] for one in (sent, copy)]
    assert turned[0] == turned[1]
    assert abs(turned[0]) == 90


PLAYLISTS: Final = (
    "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\n{there}\n#EXT-X-ENDLIST\n",
    "ffconcat version 1.0\nfile '{there}'\n",
    "<?xml version='1.0'?><MPD xmlns='urn:mpeg:dash:schema:mpd:2011'><Period><BaseURL>{there}</BaseURL></Period></MPD>",
    "ID3\x04\x00\x00\x00\x00\x00\x00#EXTM3U\n#EXTINF:10.0,\n{there}\n#EXT-X-ENDLIST\n",
    "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=audio {port} RTP/AVP 0\n",
)
TASKS: Final = ("video/mp4", "video/x-matroska", "audio/mpeg", "audio/wav", "audio/ogg")


@pytest.mark.parametrize("playlist", PLAYLISTS)
def test_nobody_follows_a_playlist_to_a_file_or_to_the_network(tmp_path: Path, playlist: str) -> None:
    phone_video(tmp_path, "secret.mp4")
    asked: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=accept, args=(server, asked), daemon=True).start()
        port = server.getsockname()[1]
        for there in (f"{tmp_path}/secret.mp4", f"http://127.0.0.1:{port}/a.mp4", f"tcp://127.0.0.1:{port}"):
            content = playlist.format(there=there, port=port).encode()
            for task in ("video/mp4", "audio/mpeg"):
                report, copy = cleaned(content, task)
                assert report.state is Cleaning.NOT_READABLE
                assert copy == b""
    assert asked == []


def accept(server: socket.socket, asked: list[object]) -> None:
    try:
        while True:
            asked.append(server.accept())
    except OSError:
        return


def test_a_film_that_names_another_file_as_its_picture_does_not_get_it(tmp_path: Path) -> None:
    secret = recording(tmp_path, "secret.mov", *PICTURE, *H264)
    begin = secret.index(b"mdat") + 2000
    seen = secret[begin : begin + 64]
    hostile = naming(secret.replace(secret[begin - 1000 : begin + 1000], bytes(2000)), str(tmp_path / "secret.mov"))
    (tmp_path / "hostile.mov").write_bytes(hostile)
    followed = ("-enable_drefs", "1", "-use_absolute_path", "1", "-i", tmp_path / "hostile.mov")
    assert seen in ffmpeg(*followed, "-c", "copy", "-movflags", "empty_moov", "-f", "mp4", "-")
    _, copy = cleaned(hostile)
    assert seen not in copy


def naming(film: bytes, path: str) -> bytes:
    """Return a film (with its index at the end) that says that its picture lies in another file."""
    volume = b"d".ljust(27, b"\x00")
    alias = bytes(10) + b"\x01" + volume + bytes(12) + b"\x00" + bytes(63) + bytes(16 + 4 + 16)
    alias += b"\x00\x02" + len(path).to_bytes(2) + path.encode() + bytes(len(path) % 2) + b"\xff\xff\x00\x00"
    entry = (12 + len(alias)).to_bytes(4) + b"alis" + bytes(4) + alias
    at = film.index(b"dref") - 4
    size = int.from_bytes(film[at : at + 4])
    grown = bytearray(film[: at + 16] + entry + film[at + size :])
    for name in (b"dref", b"dinf", b"minf", b"mdia", b"trak", b"moov"):
        box = grown.rindex(name, 0, at + 8) - 4
        longer = int.from_bytes(grown[box : box + 4]) + 16 + len(entry) - size
        grown[box : box + 4] = longer.to_bytes(4)
    return bytes(grown)


@pytest.mark.parametrize("task", TASKS)
def test_what_is_no_recording_is_said_to_be_unreadable(task: str) -> None:
    program("ffmpeg", package="ffmpeg")
    for content in (b"", b"\x00", b"a note: " * 20_000):
        assert cleaned(content, task) == (Report(Cleaning.NOT_READABLE), b"")


def test_a_recording_that_is_cut_off_ends_in_time(tmp_path: Path) -> None:
    sent = phone_video(tmp_path)
    for end in range(0, len(sent), len(sent) // 7):
        report, copy = cleaned(sent[:end], "video/mp4")
        assert report.state is Cleaning.NOT_READABLE
        assert CANARY.encode() not in copy


def test_a_recording_that_is_too_large_is_too_much(tmp_path: Path) -> None:
    sent = phone_video(tmp_path)
    rest = (bytes(MIB) for _ in range(LARGEST_RECORDING // MIB))
    out: list[bytes] = []
    assert take_apart("video/mp4", [sent, *rest], out.append).state is Cleaning.TOO_MUCH
    assert out == []


def test_a_recording_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    sent = recording(tmp_path, "long.mov", "-f", "lavfi", "-i", "testsrc=s=1280x720:d=60", "-c:v", "mjpeg")
    began = time.monotonic()
    report = take_apart("video/quicktime", [sent], lambda _: None, seconds=1.0)
    assert report.state is Cleaning.TOO_MUCH
    assert time.monotonic() - began < 5
    assert left_running() == []


def left_running() -> Sequence[str]:
    """Return every ffmpeg that reads as ours do and is still there."""
    found = subprocess.run(["ps", "-eo", "args"], check=True, capture_output=True, text=True).stdout
    return [line for line in found.splitlines() if "/proc/self/fd/0" in line]


def test_without_ffmpeg_it_is_said_that_the_program_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reporting.services.evidence.apart._ENVIRONMENT", {"PATH": "/nowhere"})
    report, copy = cleaned(b"ID3\x04", "audio/mpeg")
    assert report.state is Cleaning.NO_PROGRAM
    assert copy == b""
