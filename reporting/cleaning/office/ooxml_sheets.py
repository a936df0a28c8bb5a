"""What is told by more than one part: strings that no cell shows any more, and who wrote which comment."""

from typing import Any

from reporting.cleaning.office.markup import word_of


def used_strings(sheet: Any) -> set[int]:
    """Return which of the shared strings the cells of a sheet show."""
    return {
        int(value.text)
        for value in sheet.iter("{*}v")
        if value.getparent().get("t") == "s" and value.text and value.text.strip().isdecimal()
    }


def only_used_strings(root: Any, used: set[int]) -> None:
    """Empty the strings that no cell shows: they are what cells said before. Their places stay."""
    for number, string in enumerate(one for one in root if word_of(one.tag) == "si"):
        if number not in used:
            for child in list(string):
                string.remove(child)
    for count in ("count", "uniqueCount"):
        root.attrib.pop(count, None)


def nameless_comments(root: Any) -> None:
    """Take the names of those who commented out of their list, and from where Excel writes them into the comment."""
    authors = list(root.iter("{*}author"))
    names = [author.text or "" for author in authors]
    for author in authors:
        author.text = ""
    for comment in root.iter("{*}comment"):
        number = comment.get("authorId", "")
        name = names[int(number)] if number.isdecimal() and int(number) < len(names) else ""
        first = next(comment.iter("{*}t"), None)
        if name and first is not None and (first.text or "").startswith(f"{name}:"):
            first.text = (first.text or "")[len(name) + 1 :]


def number_people(root: Any, numbers: dict[str, str]) -> None:
    """Count those who commented on slides: their identifiers are the same in every file that they ever wrote in."""
    for element in root.iter():
        for key in ("authorId", *(("id",) if word_of(element.tag) == "author" else ())):
            if key in element.attrib:
                known = f"{{00000000-0000-0000-0000-{len(numbers) + 1:012}}}"
                element.set(key, numbers.setdefault(element.get(key), known))
