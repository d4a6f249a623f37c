"""`pledgebook extract --explain`: data on stdout, reasons on stderr."""

import json
import subprocess
import sys
from pathlib import Path

ARTICLE = "Nordwind will invest 2 billion euros in a data centre in Spain by 2028, Nordwind said on Monday.\n"


def test_reasons_go_to_stderr_and_the_claims_stay_as_they_are(tmp_path: Path) -> None:
    article = tmp_path / "news.txt"
    article.write_text(f"Nordwind to invest 2 billion euros in Spain\n\n{ARTICLE}", encoding="utf-8")
    command = [sys.executable, "-m", "pledgebook", "extract", str(article), "--format", "jsonl"]
    plain = subprocess.run(command, check=True, capture_output=True, text=True)
    explained = subprocess.run([*command, "--explain"], check=True, capture_output=True, text=True)
    assert explained.stdout == plain.stdout
    claims = json.loads(plain.stdout)["claims"]
    assert claims
    assert all(claim["id"] in explained.stderr for claim in claims)
    assert "a pledge (" in explained.stderr
