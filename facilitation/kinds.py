"""Whether what was sent has the names and kinds that a verb asks for.

The verb's own signature says them (`people: Mapping[str, int]`): what the type checker holds our own code to holds for
every device. A bool is no number, a text is no list, and a number is finite.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from inspect import Parameter, signature
from math import isfinite
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints, is_typeddict

from facilitation.access import Problem, RefusedFields

SHOWN = 20
"""Letters of a name of a field that a refusal says again."""

Verb = Callable[..., Any]


def check(verb: Verb, fields: Mapping[str, Any], given: int = 2) -> None:
    """Raise `RefusedFields` with every field that `verb` does not ask for, lacks, or asks for in another kind. `given`:
    how many of its parameters come from ourselves (the state, and who acts)."""
    asked, more = _asked(verb, given)
    wrong = [name for name, (_, needed) in asked.items() if needed and name not in fields]
    for name, value in fields.items():
        kind = asked[name][0] if name in asked else more
        if kind is None or not fits(value, kind):
            wrong.append(name)
    if wrong:
        raise RefusedFields(tuple(Problem(name, "form", {"found": name[:SHOWN]}) for name in wrong))


@cache
def _asked(verb: Verb, given: int) -> tuple[Mapping[str, tuple[Any, bool]], Any]:
    """A verb's fields, each with its kind and whether it has to be there; and the kind of further ones (None: none)."""
    kinds = get_type_hints(verb)
    parameters = list(signature(verb).parameters.values())[given:]
    asked = {
        each.name: (kinds.get(each.name, Any), each.default is Parameter.empty)
        for each in parameters
        if each.kind in (Parameter.KEYWORD_ONLY, Parameter.POSITIONAL_OR_KEYWORD)
    }
    more = next((kinds.get(each.name, Any) for each in parameters if each.kind is Parameter.VAR_KEYWORD), None)
    return asked, more


def fits(value: Any, kind: Any) -> bool:
    """Whether a value is of a kind. Only what JSON holds is looked into: a set or a generator comes from ourselves."""
    origin, inner = get_origin(kind), get_args(kind)
    if kind is Any:
        return True
    if is_typeddict(kind):
        return isinstance(value, Mapping) and all(
            name not in value or fits(value[name], each) for name, each in get_type_hints(kind).items()
        )
    if origin is None:
        return _plain(value, kind)
    if origin in (Union, UnionType):
        return any(fits(value, each) for each in inner)
    if origin is tuple and inner[-1] is not Ellipsis:
        parts = value if isinstance(value, list | tuple) else ()
        return len(parts) == len(inner) and all(map(fits, parts, inner))
    if issubclass(origin, Mapping):
        of_names, of_values = inner
        return isinstance(value, Mapping) and all(fits(k, of_names) and fits(v, of_values) for k, v in value.items())
    listed = isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping)
    looked = value if isinstance(value, list | tuple) else ()
    return listed and all(fits(each, inner[0]) for each in looked)


def _plain(value: Any, kind: Any) -> bool:
    if isinstance(value, bool):
        return kind is bool
    if kind is float:
        return isinstance(value, int) or (isinstance(value, float) and isfinite(value))
    return isinstance(value, type(None) if kind is None else kind)
