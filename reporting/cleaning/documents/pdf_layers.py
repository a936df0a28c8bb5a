"""Which layers of a PDF are off when it is opened: what stands on them is not seen, so it does not come along."""

from typing import Any, Final

import pikepdf

_RULES: Final = {"/AllOn": (all, True), "/AnyOff": (any, False), "/AllOff": (all, False)}
_DEEPEST: Final = 5


class Layers:
    """The state of the layers by the default configuration (ISO 32000-2, 8.11.4.3)."""

    def __init__(self, root: Any) -> None:
        found = root.get("/OCProperties")
        properties = found if isinstance(found, pikepdf.Dictionary) else pikepdf.Dictionary()
        default = properties.get("/D")
        default = default if isinstance(default, pikepdf.Dictionary) else pikepdf.Dictionary()
        self._off = _ids(default.get("/OFF"))
        if default.get("/BaseState") == "/OFF":
            self._off |= _ids(properties.get("/OCGs")) - _ids(default.get("/ON"))

    def hide(self, layer: Any, depth: int = 0) -> bool:
        """Return whether what belongs to this layer, or to this rule over layers, is not seen."""
        if not isinstance(layer, pikepdf.Dictionary):
            return False
        if layer.get("/Type") != "/OCMD":
            return layer.objgen in self._off
        named: Any = layer.get("/OCGs")
        listed = list(named) if isinstance(named, pikepdf.Array) else [named]
        groups = [one for one in listed if isinstance(one, pikepdf.Dictionary)]
        if not groups or depth > _DEEPEST:
            return False
        how, wanted = _RULES.get(str(layer.get("/P")), (any, True))
        return not how(self.hide(one, depth + 1) is not wanted for one in groups)


def _ids(groups: Any) -> set[tuple[int, int]]:
    if not isinstance(groups, pikepdf.Array):
        return set()
    return {one.objgen for one in groups if isinstance(one, pikepdf.Dictionary)}
