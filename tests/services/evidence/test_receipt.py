"""Her receipt: with it and the file anybody finds what the record of the house says, without a program of ours."""

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reporting.domain.evidence.evidence import KeptFile
from reporting.services.evidence.pieces import new_piece
from tests.builders import Built

FORMATS = Path(__file__).parents[3] / "docs" / "FORMATS.md"
FROM_HEX = "import sys; sys.stdout.buffer.write(bytes.fromhex(sys.stdin.read()))"


@pytest.mark.req("P1")
def test_the_line_in_the_manual_works_out_the_name_in_the_record(built: Built, tmp_path: Path) -> None:
    content = b"a file"
    original = KeptFile("ab" * 16, "cd" * 32, len(content), hashlib.sha256(content).hexdigest(), "")
    piece = new_piece(built.house, original=original)
    (tmp_path / "FILE").write_bytes(content)
    (line,) = re.findall(r"^\{ printf harbour.*$", FORMATS.read_text(encoding="utf-8"), re.MULTILINE)
    if shutil.which("xxd") is None:
        line = line.replace("xxd -r -p", f"{sys.executable} -c '{FROM_HEX}'")
    command = ["bash", "-c", line.replace("CODE", piece.salt)]
    out = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    assert out.stdout.decode().strip() == piece.custody_ref.hex()
