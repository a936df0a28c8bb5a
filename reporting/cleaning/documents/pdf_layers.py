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
        self._off = (self._off | _viewed(default, "/OFF")) - _viewed(default, "/ON")

    def hide(self, layer: Any, depth: int = 0) -> bool:
        """Return whether what belongs to this layer, or to this rule over layers, is not seen."""
        if not isinstance(layer, pikepdf.Dictionary):
            return False
        if layer.get("/Type") != "/OCMD":
            return layer.objgen in self._off
        expression: Any = layer.get("/VE")
        if isinstance(expression, pikepdf.Array):
            return not self._shows(expression, depth + 1)
        named: Any = layer.get("/OCGs")
        listed = list(named) if isinstance(named, pikepdf.Array) else [named]
        groups = [one for one in listed if isinstance(one, pikepdf.Dictionary)]
        if not groups or depth > _DEEPEST:
            return False
        how, wanted = _RULES.get(str(layer.get("/P")), (any, True))
        return not how(self.hide(one, depth + 1) is not wanted for one in groups)

    def _shows(self, rule: Any, depth: int) -> bool:
        """Return whether a visibility expression holds: a layer that is on, or And, Or and Not of such rules."""
        if not isinstance(rule, pikepdf.Array):
            return not self.hide(rule, depth)
        if not len(rule) or depth > _DEEPEST:
            return True
        held = [self._shows(one, depth + 1) for one in list(rule)[1:]]
        if rule[0] == "/Not":
            return not all(held)
        return any(held) if rule[0] == "/Or" else all(held)


def _viewed(default: Any, state: str) -> set[tuple[int, int]]:
    """Return the layers that are in this state when the file is looked at, not printed: by their usage, where the
    configuration says that it counts.
    """
    found: set[tuple[int, int]] = set()
    rules: Any = default.get("/AS")
    for rule in list(rules) if isinstance(rules, pikepdf.Array) else ():
        if isinstance(rule, pikepdf.Dictionary) and rule.get("/Event") == "/View":
            found |= {one.objgen for one in _groups(rule.get("/OCGs")) if _view_state(one) == state}
    return found


def _view_state(layer: Any) -> str:
    usage: Any = layer.get("/Usage")
    view: Any = usage.get("/View") if isinstance(usage, pikepdf.Dictionary) else None
    return str(view.get("/ViewState")) if isinstance(view, pikepdf.Dictionary) else ""


def _groups(groups: Any) -> list[Any]:
    return [one for one in groups if isinstance(one, pikepdf.Dictionary)] if isinstance(groups, pikepdf.Array) else []


def _ids(groups: Any) -> set[tuple[int, int]]:
    return {one.objgen for one in _groups(groups)}
