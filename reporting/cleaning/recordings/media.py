"""Sound and video: ffmpeg takes the picture and the sound out of their container and puts them into a new, bare one.

Nothing else comes along: no tags, chapters, covers, attachments, subtitles (drones keep places in them), time codes or
data tracks. Sound is encoded anew, because AAC, MP3 and Vorbis carry free text; only plain samples (PCM) are copied. A
picture in H.264, H.265 or VP9 is copied, without the units in which cameras and encoders write what they like (SEI and
everything unspecified); any other is encoded anew. The copy is one MP4 that can be played while it comes, or a WAV.

ffmpeg gets a file in memory and one demuxer, chosen by what the file is; a playlist or a reference to another file has
nobody who follows it, and the kernel refuses it every other file and the network (`limits`).
"""

import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from reporting.cleaning.answer import Cleaned, NoProgram, NotReadable, TooMuch
from reporting.cleaning.confinement.limits import LARGEST_RECORDING
from reporting.cleaning.confinement.scratch import in_memory
from reporting.cleaning.recordings.mp4 import without_free_text

MOST_SOUNDS: Final = 8
_LONGEST_PROBE: Final = 1024 * 1024
_DEMUXERS: Final = {
    "video/mp4": "mov",
    "video/quicktime": "mov",
    "audio/mp4": "mov",
    "video/webm": "matroska",
    "video/x-matroska": "matroska",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/aac": "aac",
    "audio/amr": "amr",
    "audio/flac": "flac",
}
_COPIED: Final = {
    "h264": ["copy", "-bsf:v", "filter_units=pass_types=1-5|7-8"],
    "hevc": ["copy", "-bsf:v", "filter_units=pass_types=0-9|16-21|32-34", "-tag:v", "hvc1"],
    "vp9": ["copy"],
}
"""How a picture is copied: only slices and parameter sets pass (ITU-T H.264 table 7-1, H.265 table 7-1)."""
_ENCODED: Final = [
    "libx264",
    *("-preset", "veryfast", "-crf", "24", "-pix_fmt", "yuv420p", "-threads:v", "2"),
    *("-vf", "scale=w='min(1280,iw)':h=-2:flags=bilinear,scale=w='trunc(iw/2)*2':h='trunc(ih/2)*2'"),
    *("-bsf:v", "filter_units=pass_types=1-5|7-8"),
]
_DECODERS: Final = ",".join(
    (
        *("h264", "hevc", "vp8", "vp9", "libvpx", "libvpx-vp9", "av1", "libdav1d", "libaom-av1", "mpeg4", "h263"),
        *("mpeg1video", "mpeg2video", "mjpeg", "theora", "prores", "msmpeg4v3", "aac", "aac_fixed", "mp3float", "mp3"),
        *("opus", "libopus", "vorbis", "flac", "alac", "amrnb", "amrwb", "ac3", "eac3", "adpcm_ima_wav", "adpcm_ms"),
        *("adpcm_ima_qt", "pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_u8", "pcm_f32le"),
        *("pcm_alaw", "pcm_mulaw", "gsm_ms", "mov_text", "subrip", "srt", "ass", "ssa", "webvtt", "text", "png"),
    )
)
"""What may be decoded at all. ffprobe wants one for covers and subtitles as well, which do not come along."""
_READ: Final = ["-protocol_whitelist", "file", "-codec_whitelist", _DECODERS]
_FILE: Final = ["-i", "file:/proc/self/fd/0"]
_BARE: Final = [
    *("-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn"),
    *("-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"),
]
_MP4: Final = [
    *("-c:a", "aac", "-b:a", "128k", "-aac_coder", "fast", "-write_tmcd", "0", "-frag_duration", "2000000"),
    *("-movflags", "frag_keyframe+empty_moov+default_base_moof+skip_trailer", "-f", "mp4", "pipe:1"),
]
_WAV: Final = ["-c:a", "copy", "-f", "wav", "pipe:1"]


@dataclass(frozen=True)
class Tracks:
    """What there is to see and to hear: the codec of the picture, if there is one, and of each sound."""

    picture: str
    sounds: tuple[str, ...]


def clean(source: BinaryIO, sink: BinaryIO, task: str) -> Cleaned:
    """Write a recording to `sink` without anything beside picture and sound, and return its media type.

    :raises NotReadable: it is no recording of this kind, or has neither picture nor sound.
    :raises TooMuch: it is larger than `LARGEST_RECORDING`, has too many tracks, or takes more time than it has.
    :raises NoProgram: ffmpeg is not installed.
    """
    ffmpeg, ffprobe = shutil.which("ffmpeg"), shutil.which("ffprobe")
    if not ffmpeg or not ffprobe:
        raise NoProgram
    reading = [*_READ, "-f", _DEMUXERS[task], *_FILE]
    with in_memory(source, LARGEST_RECORDING) as file:
        tracks = _tracks(ffprobe, reading, file)
        media, writing = _how(task, tracks)
        _convert([ffmpeg, "-v", "quiet", "-nostdin", "-threads", "2", *reading, *_BARE, *writing], file, sink)
    return Cleaned(b"", media)


def _tracks(ffprobe: str, reading: Sequence[str], file: int) -> Tracks:
    asked = ["-show_entries", "stream=codec_type,codec_name:stream_disposition=attached_pic,timed_thumbnails"]
    command = [ffprobe, "-v", "quiet", "-of", "json", *asked, *reading]
    with subprocess.Popen(command, stdin=file, stdout=subprocess.PIPE) as process:  # noqa: S603 - fixed arguments
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        said = process.stdout.read(_LONGEST_PROBE)
        process.stdout.close()
    _check(process.returncode)
    try:
        streams = json.loads(said)["streams"]
    except (ValueError, LookupError):
        raise NotReadable from None
    pictures = [one["codec_name"] for one in streams if _is_picture(one)]
    sounds = [one.get("codec_name", "") for one in streams if one.get("codec_type") == "audio"]
    if len(sounds) > MOST_SOUNDS:
        raise TooMuch
    if not pictures and not sounds:
        raise NotReadable
    return Tracks(pictures[0] if pictures else "", tuple(sounds))


def _is_picture(stream: dict[str, Any]) -> bool:
    """Say whether a stream moves; a cover is no picture of the recording."""
    return stream.get("codec_type") == "video" and "codec_name" in stream and not any(stream["disposition"].values())


def _how(task: str, tracks: Tracks) -> tuple[str, list[str]]:
    """Return the media type of the copy, and what ffmpeg is told about it."""
    if tracks.picture:
        encode = _COPIED.get(tracks.picture, _ENCODED)
        return "video/mp4", ["-map", "0:V:0", "-map", "0:a?", "-c:v", *encode, *_MP4]
    if task == "audio/wav" and all(sound.startswith("pcm_") for sound in tracks.sounds):
        return "audio/wav", ["-map", "0:a:0", *_WAV]
    return "audio/mp4", ["-map", "0:a", *_MP4]


def _convert(command: Sequence[str], file: int, sink: BinaryIO) -> None:
    """Let ffmpeg write, and pass on what it writes."""
    with subprocess.Popen(command, stdin=file, stdout=subprocess.PIPE) as process:  # noqa: S603 - fixed arguments
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        try:
            for piece in without_free_text(process.stdout):
                sink.write(piece)
        except BaseException:
            process.kill()
            raise
    _check(process.returncode)


def _check(returned: int) -> None:
    if returned < 0:  # by a signal: its time was over, or a decoder fell
        raise TooMuch
    if returned:
        raise NotReadable
