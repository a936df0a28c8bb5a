"""The page docs/STATUS.md, written from the tables in `case` so that it cannot drift from them."""

from reporting.domain.case import MACRO_STATES, SENTENCES, diagram


def status_page() -> str:
    """Return the whole page in Markdown: the diagram, and what she reads in each status."""
    rows = [
        f"| {status} | {MACRO_STATES.get(status, 'hers alone')} | {stage.now} {stage.next} |"
        for status, stage in SENTENCES.items()
    ]
    lines = [
        "# The status of a case",
        "",
        "Written by `make docs` from `TRANSITIONS` and `SENTENCES` in `reporting/domain/case.py`. Each arrow names the",
        "act and who may do it: the survivor, or a handler, who is a reader with a grant of the case. Erasing at once",
        "is possible in every status; afterwards there is no case.",
        "",
        "```mermaid",
        diagram().rstrip(),
        "```",
        "",
        "| status | stage | what she reads |",
        "|---|---|---|",
        *rows,
        "",
    ]
    return "\n".join(lines)
