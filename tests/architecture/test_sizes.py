"""Files that one sitting can read, functions that one glance can."""

import statistics

from tests.architecture.source import ROOT, functions, parsed, python_files, shown

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
MOST_POSITIONAL = 5
# Longer, and looked at hard: one file checks a night, or it would not stand alone.
READ_AS_A_WHOLE = {"service/draw/standalone/verify_tour_de_role.py"}
# Schema in one transaction reads best in one place.
LONG_BY_NATURE = "service/migrations/versions/"


def ours():
    return [
        path
        for path in python_files("service", "simulation")
        if not shown(path).startswith(LONG_BY_NATURE)
    ]


def length(function):
    """Lines of code of a function: its docstring explains, it does not weigh."""
    body = function.body
    first = body[0]
    is_docstring = (
        type(first).__name__ == "Expr"
        and type(getattr(first, "value", None)).__name__ == "Constant"
        and len(body) > 1
    )
    begin = body[1].lineno if is_docstring else first.lineno
    return (function.end_lineno or begin) - begin + 1


def test_no_file_is_longer_than_one_sitting():
    files = [*ours(), *python_files("tests", "load"), ROOT / "run.py"]
    lengths = {shown(p): len(p.read_text("utf-8").splitlines()) for p in files}

    long = {name: size for name, size in lengths.items() if size > LONGEST_FILE}
    assert {name: long[name] for name in long if name not in READ_AS_A_WHOLE} == {}
    assert all(size <= 500 for size in long.values())


def test_no_function_is_longer_than_a_page():
    long = {
        f"{shown(path)}:{function.name}": length(function)
        for path in ours()
        for function in functions(parsed(path))
        if length(function) > LONGEST_FUNCTION
    }

    assert long == {}


def test_most_functions_are_small():
    lengths = [length(f) for path in ours() for f in functions(parsed(path))]

    assert statistics.median(lengths) <= 10
    assert statistics.quantiles(lengths, n=10)[-1] <= 30


def test_what_is_passed_by_position_can_be_counted_on_one_hand():
    counts = {
        f"{shown(path)}:{function.name}": len(function.args.args)
        for path in ours()
        for function in functions(parsed(path))
        if not function.decorator_list  # routes and commands are called by name
    }
    many = {n: count for n, count in counts.items() if count > MOST_POSITIONAL + 1}

    assert max(counts.values()) <= MOST_POSITIONAL + 3
    assert len(many) <= len(counts) / 50, many
