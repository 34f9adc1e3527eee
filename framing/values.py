"""Values: classes of named fields that never change, cheap to import.

What a dataclass is, for the types that every start of the command needs: importing
:mod:`dataclasses` and running the code it generates took longer than judging a draft.
:mod:`typing` takes a tenth of it, so such modules import it for the type checker alone.
"""

from __future__ import annotations

from collections import namedtuple

__all__ = ["TYPE_CHECKING", "NamedTuple", "Value"]

#: What :data:`typing.TYPE_CHECKING` is.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any, ClassVar, NamedTuple, NoReturn, Self, dataclass_transform
else:

    def dataclass_transform(**_):
        """Tell the type checker something, and nobody else."""
        return lambda made: made

    class _Named(type):
        """Makes a named tuple of a class's annotations, and gives it the class's methods."""

        def __new__(mcs, name, bases, body):
            fields = body.get("__annotations__", {})
            defaults = [body.pop(field) for field in fields if field in body]
            made = namedtuple(name, fields, defaults=defaults, module=body["__module__"])
            for key, value in body.items():
                if key != "__module__":
                    setattr(made, key, value)
            return made

    #: What :class:`typing.NamedTuple` is, without compiling each annotation.
    NamedTuple = type.__new__(_Named, "NamedTuple", (), {})


@dataclass_transform(frozen_default=True)
class Value:
    """A frozen record: its annotations are its fields, compared, hashed, shown and pickled.

    A default that is a dict is copied, so that each value has one of its own. What a
    ``cached_property`` remembers is no field.

    Examples
    --------
    >>> class Place(Value):
    ...     line: int
    ...     column: int = 1
    >>> place = Place(3)
    >>> place, place == Place(line=3, column=1), place.replace(column=5).column
    (Place(line=3, column=1), True, 5)
    """

    _fields: ClassVar[tuple[str, ...]] = ()
    _compared: ClassVar[tuple[str, ...]] = ()
    _defaults: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(cls, uncompared: tuple[str, ...] = ()) -> None:
        names = tuple(cls.__annotations__)
        cls._fields = names
        cls._compared = tuple(name for name in names if name not in uncompared)
        cls._defaults = {name: cls.__dict__[name] for name in names if name in cls.__dict__}

    def __init__(self, *values: Any, **named: Any) -> None:
        given = dict(zip(self._fields, values, strict=False))
        known = self.__dict__
        for name in self._fields:
            if name in given:
                known[name] = given[name]
            elif name in named:
                known[name] = named.pop(name)
            elif name in self._defaults:
                default = self._defaults[name]
                known[name] = default.copy() if isinstance(default, dict) else default
            else:
                raise TypeError(f"{type(self).__name__}() lacks {name!r}")
        if named or len(values) > len(self._fields):
            what = ", ".join(map(repr, named)) or f"more than {len(self._fields)} values"
            raise TypeError(f"{type(self).__name__}() does not take {what}, or takes it once")

    def replace(self, **changes: Any) -> Self:
        """Return a copy in which some fields are others."""
        return type(self)(**{name: getattr(self, name) for name in self._fields} | changes)

    __replace__ = replace  # what copy.replace calls

    def _key(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self._compared)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Value) or type(other) is not type(self):
            return NotImplemented
        return self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._fields)
        return f"{type(self).__qualname__}({shown})"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), tuple(getattr(self, name) for name in self._fields)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"cannot change {name!r} of a {type(self).__name__}; use replace()")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"cannot delete {name!r} of a {type(self).__name__}")
