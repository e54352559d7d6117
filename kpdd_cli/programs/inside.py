"""What runs inside the contained interpreter: the loop over programs, and what it lends them.

The text of this file is fed to each session of the interpreter; the host imports none of it. It
keeps to the part of Python that the interpreter has. A program runs by ``exec`` with names of its
own: of this file it can reach only the functions in ``LENT``.
"""

# ruff: noqa: N801 - these classes stand in for builtins, by their names
import math
from typing import Any


def lent_round(number: Any, ndigits: Any = None) -> Any:
    """``round`` as CPython does it: the interpreter's own errs on halves (2.675 to two digits)."""
    if ndigits is None:
        return round(number)
    if type(number) is not float or type(ndigits) is not int or not math.isfinite(number):
        return round(number, ndigits)
    if ndigits >= 0:
        return float(f"{number:.{ndigits}f}") if ndigits <= 323 else number
    if ndigits < -308:
        return 0.0 * number
    exponent = int(f"{number:.17e}".split("e")[1])
    if exponent + ndigits >= 0:
        return float(f"{number:.{exponent + ndigits}e}")
    return math.copysign(10.0**-ndigits if abs(number) * 2 > 10.0**-ndigits else 0.0, number)


# The interpreter's own map, zip, filter, enumerate and reversed work at once and may be read twice,
# as do its generators; these work as they are read, once. Each call makes a class of its own, since
# a class that programs share could carry something from one to the next.


def lent_map(function: Any, *iterables: Any) -> Any:
    """``map``."""
    iterators = [iter(iterable) for iterable in iterables]

    class map:
        def __iter__(self) -> Any:
            return self

        def __next__(self) -> Any:
            return function(*[next(iterator) for iterator in iterators])

    return map()


def lent_filter(function: Any, iterable: Any) -> Any:
    """``filter``."""
    iterator = iter(iterable)

    class filter:
        def __iter__(self) -> Any:
            return self

        def __next__(self) -> Any:
            while True:
                item = next(iterator)
                if item if function is None else function(item):
                    return item

    return filter()


def lent_zip(*iterables: Any, strict: bool = False) -> Any:
    """``zip``."""
    if strict:
        raise NotImplementedError("zip(strict=True)")
    iterators = [iter(iterable) for iterable in iterables]

    class zip:
        def __iter__(self) -> Any:
            return self

        def __next__(self) -> Any:
            if not iterators:
                raise StopIteration
            return tuple([next(iterator) for iterator in iterators])

    return zip()


def lent_enumerate(iterable: Any, start: int = 0) -> Any:
    """``enumerate``."""
    iterator = iter(iterable)
    count = start - 1

    class enumerate:
        def __iter__(self) -> Any:
            return self

        def __next__(self) -> Any:
            nonlocal count
            item = next(iterator)
            count += 1
            return count, item

    return enumerate()


def lent_reversed(sequence: Any) -> Any:
    """``reversed`` of a sequence; of what only offers to be iterated, of a copy."""
    if type(sequence) is not list and type(sequence) is not tuple and type(sequence) is not str:
        sequence = list(sequence)
    index = len(sequence)

    class reversed:
        def __iter__(self) -> Any:
            return self

        def __next__(self) -> Any:
            nonlocal index
            index -= 1
            if index < 0 or index >= len(sequence):
                index = 0
                raise StopIteration
            return sequence[index]

    return reversed()


def lent_generator(items: Any, iterable: Any) -> Any:
    """A generator expression: ``items`` makes, of one item of the outermost iterable, a list."""
    iterator = iter(iterable)
    ready: list[Any] = []

    class generator:
        def __iter__(self) -> Any:
            return self

        def __next__(self) -> Any:
            nonlocal ready
            while not ready:
                ready = items(next(iterator))
            return ready.pop(0)

    return generator()


def lent_is_integer(number: Any) -> Any:
    """``number.is_integer()``."""
    if type(number) is float:
        return math.isfinite(number) and number == math.floor(number)
    if type(number) is int or type(number) is bool:
        return True
    return number.is_integer()


def lent_mean(data: Any) -> Any:
    """``statistics.mean``; of floats within a unit in the last place."""
    data = list(data)
    if not data:
        raise ValueError("mean requires at least one data point")
    for number in data:
        if type(number) is not int and type(number) is not bool:
            return math.fsum(data) / len(data)
    total = sum(data)
    return total // len(data) if total % len(data) == 0 else total / len(data)


def lent_fmean(data: Any) -> Any:
    """``statistics.fmean``."""
    data = list(data)
    if not data:
        raise ValueError("fmean requires at least one data point")
    return math.fsum(data) / len(data)


def lent_median(data: Any) -> Any:
    """``statistics.median``."""
    data = sorted(data)
    if not data:
        raise ValueError("no median for empty data")
    middle = len(data) // 2
    return data[middle] if len(data) % 2 else (data[middle - 1] + data[middle]) / 2


def lent_median_low(data: Any) -> Any:
    """``statistics.median_low``."""
    data = sorted(data)
    if not data:
        raise ValueError("no median for empty data")
    return data[(len(data) - 1) // 2]


def lent_median_high(data: Any) -> Any:
    """``statistics.median_high``."""
    data = sorted(data)
    if not data:
        raise ValueError("no median for empty data")
    return data[len(data) // 2]


def lent_mode(data: Any) -> Any:
    """``statistics.mode``."""
    data = list(data)
    if not data:
        raise ValueError("no mode for empty data")
    counts = [data.count(value) for value in data]
    return data[counts.index(max(counts))]


LENT = {
    "__name__": "__main__",
    "math": math,
    "round": lent_round,
    "map": lent_map,
    "filter": lent_filter,
    "zip": lent_zip,
    "enumerate": lent_enumerate,
    "reversed": lent_reversed,
    "kpdd_generator": lent_generator,
    "kpdd_is_integer": lent_is_integer,
    "kpdd_mean": lent_mean,
    "kpdd_fmean": lent_fmean,
    "kpdd_median": lent_median,
    "kpdd_median_low": lent_median_low,
    "kpdd_median_high": lent_median_high,
    "kpdd_mode": lent_mode,
}


def atoms_of(value: Any, atoms: list[Any], room: list[int], depth: int) -> None:
    """Flatten a value into atoms while there is ``room``: one number, characters left."""
    kind = type(value)
    if kind is list or kind is tuple or kind is range or kind is dict or kind is set:
        if depth > 20:
            raise ValueError("a value nested too deep")
        if kind is dict:
            value = value.values()
        elif kind is set:
            value = sorted(value)  # its own order means nothing
        for item in value:
            room[0] -= 2  # "; "
            if room[0] < 0:
                break
            atoms_of(item, atoms, room, depth + 1)
    elif kind is int and not -1000000000000000000 < value < 1000000000000000000:
        text = hex(value)
        room[0] -= len(text)  # in decimal it is longer
        atoms.append(("hex", text if room[0] > -8 else ""))
    elif kind is str or kind.__name__ in ("Decimal", "date", "datetime", "time", "complex"):
        text = str(value)
        room[0] -= len(text)
        atoms.append(text if room[0] >= 0 else "")
    elif value is None or kind is int or kind is float or kind is bool:
        atoms.append(value)
    else:
        atoms.append(("other", ""))
    if room[0] < 0:
        atoms.append(("long", ""))


def value_of(returned: Any, names: dict[str, Any], printed: list[str]) -> Any:
    """A program's value, by the conventions that :mod:`kpdd_cli.programs` documents."""
    if returned is not None:
        return returned
    for name in ("ans", "answer", "result"):
        value = names.get(name)
        if value is not None and type(value).__name__ != "function":
            return value
    for name in ("solution", "solver", "solve"):
        if type(names.get(name)).__name__ == "function":
            value = names[name]()
            if value is not None:
                return value
    return printed[1] or None


def run_one(source: str, most: int) -> tuple[str, str, Any]:
    """("ok", "", atoms) or ("error", type, message) of one program."""
    printed = ["", ""]  # the line being written, and the last one that is not empty

    def print_line(
        *values: Any, sep: Any = " ", end: Any = "\n", file: Any = None, flush: Any = False
    ) -> None:
        text = (" " if sep is None else sep).join([str(value) for value in values])
        lines = (printed[0] + text + ("\n" if end is None else end))[-4 * most :].split("\n")
        printed[0] = lines[-1]
        for line in lines:
            if line.strip():
                printed[1] = line

    names = dict(LENT)
    names["print"] = print_line
    atoms: list[Any] = []
    try:
        returned = exec(source, names)  # type: ignore[func-returns-value]  # here it does
        atoms_of(value_of(returned, names, printed), atoms, [most], 0)
    except BaseException as error:  # noqa: BLE001 - whatever a program raises is its outcome
        return "error", type(error).__name__, str(error)[:500]
    return "ok", "", atoms


def run_all(sources: list[str], most: int) -> list[tuple[str, str, Any]]:
    """Run each program; none can see another."""
    return [run_one(source, most) for source in sources]
