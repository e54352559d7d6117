"""What runs inside the contained interpreter: the loop over programs and what it lends them.

The text of this file is fed to each interpreter session; nothing here is called by the host. It is
written in the part of Python that the interpreter has. A program runs by ``exec`` with names of its
own, from which nothing in this file can be reached but the functions in ``LENT``.
"""

import math


def kpdd_round(number, ndigits=None):
    """``round`` as CPython does it: the interpreter's own errs on halves (2.675 to two digits)."""
    if ndigits is None or type(number) is not float or number != number or abs(number) > 1e300:
        return round(number) if ndigits is None else round(number, ndigits)
    if ndigits > 300:
        return number
    if ndigits >= 0:
        return float(f"{number:.{ndigits}f}")
    if ndigits < -300:
        return 0.0 * number
    exponent = int(f"{number:e}".split("e")[1])
    if exponent + ndigits >= 0:
        return float(f"{number:.{exponent + ndigits}e}")
    return math.copysign(10.0**-ndigits if abs(number) * 2 > 10**-ndigits else 0.0, number)


# The interpreter's own map, zip, filter, reversed and enumerate are lists: read twice, they would
# give their items twice.
def kpdd_map(function, *iterables):
    return iter(map(function, *iterables))


def kpdd_zip(*iterables, strict=False):
    return iter(zip(*iterables, strict=strict))


def kpdd_filter(function, iterable):
    return iter(filter(function, iterable))


def kpdd_enumerate(iterable, start=0):
    return iter(enumerate(iterable, start))


def kpdd_reversed(sequence):
    return iter(reversed(sequence))


def kpdd_is_integer(number):
    """``number.is_integer()``."""
    if type(number) is float:
        return number == number and abs(number) != math.inf and number == math.floor(number)
    if type(number) is int or type(number) is bool:
        return True
    return number.is_integer()


def kpdd_mean(data):
    data = list(data)
    if not data:
        raise ValueError("mean requires at least one data point")
    if not all([type(x) is int or type(x) is bool for x in data]):
        return math.fsum(data) / len(data)
    total = sum(data)
    return total // len(data) if total % len(data) == 0 else total / len(data)


def kpdd_fmean(data):
    data = list(data)
    return math.fsum(data) / len(data)


def kpdd_median(data):
    data = sorted(data)
    middle = len(data) // 2
    return data[middle] if len(data) % 2 else (data[middle - 1] + data[middle]) / 2


def kpdd_median_low(data):
    data = sorted(data)
    return data[(len(data) - 1) // 2]


def kpdd_median_high(data):
    data = sorted(data)
    return data[len(data) // 2]


def kpdd_mode(data):
    data = list(data)
    counts = [data.count(x) for x in data]
    return data[counts.index(max(counts))]


LENT = {
    "__name__": "__main__",
    "math": math,
    "round": kpdd_round,
    "map": kpdd_map,
    "zip": kpdd_zip,
    "filter": kpdd_filter,
    "enumerate": kpdd_enumerate,
    "reversed": kpdd_reversed,
    "kpdd_is_integer": kpdd_is_integer,
    "kpdd_mean": kpdd_mean,
    "kpdd_fmean": kpdd_fmean,
    "kpdd_median": kpdd_median,
    "kpdd_median_low": kpdd_median_low,
    "kpdd_median_high": kpdd_median_high,
    "kpdd_mode": kpdd_mode,
}


def atoms_of(value, atoms, depth, most):
    """Flatten a value into at most about ``most`` atoms, each of at most about ``most`` characters."""
    kind = type(value)
    if kind is int:
        small = -1000000000000000000 < value < 1000000000000000000
        atoms.append(value if small else ("hex", hex(value)[: most + 4]))
    elif kind is float or kind is bool or value is None:
        atoms.append(value)
    elif kind is str:
        atoms.append(value[: most + 1])
    elif kind is list or kind is tuple or kind is range or kind is dict or kind is set:
        if depth > 20:
            raise ValueError("a value nested too deep")
        if kind is dict:
            value = value.values()
        elif kind is set:
            value = sorted(value)  # its own order means nothing
        for item in value:
            if len(atoms) > most:
                break
            atoms_of(item, atoms, depth + 1, most)
    elif kind.__name__ in ("Decimal", "date", "datetime", "time", "timedelta", "complex"):
        atoms.append(str(value)[: most + 1])
    else:
        atoms.append(("other", kind.__name__))


def value_of(returned, names, printed):
    """A program's value, by the conventions that :mod:`kpdd_cli.programs` documents."""
    if returned is not None:
        return returned
    for name in ("ans", "answer", "result"):
        value = names.get(name)
        if value is not None and type(value).__name__ not in (
            "function",
            "builtin_function_or_method",
        ):
            return value
    for name in ("solution", "solver", "solve"):
        if type(names.get(name)).__name__ == "function":
            value = names[name]()
            if value is not None:
                return value
    return printed[1] if printed[1] else None


def run_one(source, most):
    """("ok", "", atoms) or ("error", type, message) for one program; what it did stays behind."""
    printed = ["", ""]  # the line being written, the last line that is not empty

    def kpdd_print(*values, sep=" ", end="\n", file=None, flush=False):
        text = (" " if sep is None else sep).join([str(value) for value in values])
        lines = (printed[0] + text + ("\n" if end is None else end))[-4 * most :].split("\n")
        printed[0] = lines[-1]
        for line in lines:
            if line.strip():
                printed[1] = line

    names = dict(LENT)
    names["print"] = kpdd_print
    try:
        atoms = []
        atoms_of(value_of(exec(source, names), names, printed), atoms, 0, most)
        return "ok", "", atoms
    except BaseException as error:
        return "error", type(error).__name__, str(error)[:500]


def run_all(sources, most):
    return [run_one(source, most) for source in sources]
