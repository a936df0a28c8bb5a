"""What a page draws, instruction by instruction, without what is not drawn: marks, and layers that are off."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

import pikepdf
from pikepdf import ContentStreamInlineImage, ContentStreamInstruction, Operator

_FILLED: Final = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "S", "s"})
_SHOWN: Final = frozenset({"Tj", "TJ", "Do", "sh", "INLINE IMAGE"})
_OPERATORS: Final = """
b B b* B* BT BX c cm CS cs d d0 d1 Do ET EX f F f* G g gs h i j J K k l m M n q Q re RG rg ri S s SC sc SCN scn
sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' "
"""
"""The operators that draw (ISO 32000-2, table A.1). Marked content says things about what is drawn, so it is left out
with the names, texts and properties that it carries."""
_KNOWN: Final = frozenset(_OPERATORS.split())
Layer = Callable[[str], bool]
"""Whether the property list of this name says that what it marks is a layer that is off."""
Instruction = ContentStreamInstruction | ContentStreamInlineImage


def visible(instructions: Iterable[Instruction], is_off: Layer) -> bytes:
    """Return a content stream that draws what these instructions draw, and says nothing else."""
    return pikepdf.unparse_content_stream(list(_drawn(instructions, is_off)))


def _drawn(instructions: Iterable[Instruction], is_off: Layer) -> Iterator[Instruction]:
    marks: list[bool] = []
    for one in instructions:
        operator = str(one.operator)
        if operator in ("BMC", "BDC"):
            marks.append(operator == "BDC" and _begins_hidden(one, is_off))
        elif operator == "EMC":
            del marks[-1:]
        elif isinstance(one, ContentStreamInlineImage):
            if not any(marks) and not _is_photo(one):
                yield one
        elif operator in _KNOWN:
            yield from _not_drawn(one, operator) if any(marks) else (one,)


def _begins_hidden(one: Instruction, is_off: Layer) -> bool:
    operands = list(one.operands)
    return (
        len(operands) == 2
        and operands[0] == "/OC"
        and isinstance(operands[1], pikepdf.Name)
        and is_off(str(operands[1]))
    )


def _not_drawn(one: ContentStreamInstruction, operator: str) -> Iterator[Instruction]:
    """Keep of a hidden instruction what those after it rely on: the path ends, the line moves on."""
    if operator in _FILLED:
        yield ContentStreamInstruction([], Operator("n"))
    elif operator in ("'", '"'):
        if operator == '"':
            yield ContentStreamInstruction([one.operands[0]], Operator("Tw"))
            yield ContentStreamInstruction([one.operands[1]], Operator("Tc"))
        yield ContentStreamInstruction([], Operator("T*"))
    elif operator not in _SHOWN:
        yield one


def _is_photo(one: ContentStreamInlineImage) -> bool:
    """Whether a small picture between the instructions is a JPEG, which may carry anything; hardly any is."""
    return any(name in ("/DCT", "/DCTDecode", "/JPXDecode") for name in one.iimage.filters)
