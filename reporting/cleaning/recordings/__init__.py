"""Sound and video, through ffmpeg."""
