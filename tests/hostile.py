"""Programs that mean harm, by name: each must cost its own outcome alone, and none is "ok".

The exceptions are in ``UNHARMED``: they compute a value, and a small one.
"""

# ruff: noqa: E501 - a program is easier to read on its own line
from __future__ import annotations

LOOPS = {
    "endless loop": "while True: pass",
    "endless loop that swallows everything": (
        "while True:\n    try:\n        while True: pass\n    except BaseException:\n        pass"
    ),
    "endless loop in finally": "try:\n    1/0\nfinally:\n    while True: pass",
    "endless loop in an except": "try:\n    1/0\nexcept Exception:\n    while True: pass",
    "long range": "for i in range(10**12): pass",
    "nested ranges": "n = 0\nfor i in range(10**5):\n    for j in range(10**5):\n        n += 1\nans = n",
    "endless comprehension": "ans = sum([i for i in range(10**11)])",
    "list that grows while it is read": "xs = [1]\nfor x in xs: xs.append(x)",
    "endless solver": "def solver():\n    while True: pass",
    "endless text of a value": (
        "class A:\n    def __str__(self):\n        while True: pass\nprint(A())"
    ),
    "endless comparison": (
        "class A:\n    def __lt__(self, other):\n        while True: pass\nans = sorted([A(), A()])"
    ),
    "endless iterator": (
        "class A:\n    def __iter__(self): return self\n    def __next__(self): return 1\n"
        "ans = sum(A())"
    ),
    "endless count": "import itertools\nans = sum(itertools.count())",
    "endless cycle": "import itertools\nans = list(itertools.cycle([1]))",
    "endless sleep": "import time\nwhile True: time.sleep(1000)",
    "endless coroutine": (
        "import asyncio\nasync def f():\n    while True: await asyncio.sleep(0)\nasyncio.run(f())"
    ),
    "many exceptions": "while True:\n    try: raise ValueError('x' * 1000)\n    except ValueError: pass",
    "endless exec": "while True: exec('x = 1')",
    "endless eval": "while True: eval('1 + 1')",
    "limit caught as TimeoutError": (
        "try:\n    while True: pass\nexcept TimeoutError:\n    ans = 'caught'"
    ),
    "endless prints": "while True: print('x')",
    "endless prints without a line end": "while True: print('x', end='')",
    "endless sort key": "ans = sorted(range(10), key=lambda x: [0 for _ in range(10**12)])",
    "many permutations": "import itertools\nans = len(list(itertools.permutations(range(14))))",
    "isprime of a large number": (
        "n = 10**18 + 9\ni = 2\nwhile i * i <= n:\n    if n % i == 0: break\n    i += 1\nans = i"
    ),
}

MEMORY = {
    "list bomb": "ans = [0] * 10**10",
    "list bomb, caught": "try:\n    x = [0] * 10**10\nexcept BaseException:\n    ans = 'caught'",
    "list bomb, caught by name": "try:\n    x = [0] * 10**10\nexcept MemoryError:\n    ans = 1",
    "text bomb": "ans = 'x' * 10**10",
    "bytes bomb": "ans = len(bytes(10**10))",
    "doubling text": "x = 'x'\nwhile True: x += x",
    "doubling list": "x = [1]\nwhile True: x += x",
    "tuple nested again and again": "x = ()\nwhile True: x = (x, x, x)",
    "dictionary bomb": "d = {}\ni = 0\nwhile True:\n    d[i] = 'x' * 1000\n    i += 1",
    "set bomb": "s = set()\ni = 0\nwhile True:\n    s.add(i)\n    i += 1",
    "range to list": "ans = list(range(10**10))",
    "join bomb": "ans = ','.join(['x' * 10**6] * 10**6)",
    "replace bomb": "ans = ('a' * 10**6).replace('a', 'b' * 10**6)",
    "format width bomb": "ans = f'{1:{10**10}}'",
    "format precision bomb": "ans = '%.*f' % (10**9, 1.5)",
    "format method bomb": "ans = '{:>9999999999}'.format(1)",
    "zfill bomb": "ans = '1'.zfill(10**10)",
    "ljust bomb": "ans = '1'.ljust(10**10)",
    "nested list copies": "x = [[0] * 1000 for _ in range(1000)]\nwhile True: x = x + x",
    "product bomb": "import itertools\nans = list(itertools.product(range(100), repeat=10))",
    "repeat bomb": "import itertools\nans = list(itertools.repeat('x' * 1000, 10**9))",
    "split bomb": "ans = ('a,' * 10**7).split(',')",
    "deep closure chain": (
        "f = lambda: 0\nfor i in range(10**7):\n    f = (lambda g: lambda: g())(f)\nans = f()"
    ),
    "default argument hoard": "def f(x, kept=[]):\n    kept.append('x' * 10**6)\nwhile True: f(1)",
    "deque bomb": "from collections import deque\nd = deque()\nwhile True: d.append('x' * 10**5)",
}

INTEGERS = {
    "power tower": "ans = 9**9**9",
    "power": "ans = 10 ** (10 ** 10)",
    "shift": "ans = 1 << 10**12",
    "squaring": "x = 3\nwhile True: x = x * x",
    "factorial": "import math\nans = math.factorial(10**8)",
    "binomial": "import math\nans = math.comb(10**8, 5 * 10**7)",
    "large power by a large modulus": "ans = pow(3, 10**100000, 10**100000 + 7)",
    "text of a large integer": "ans = str(7 ** 10**6)",
    "large integer from text": "ans = int('9' * 10**7)",
    "value of too many digits": "ans = 7 ** 10**5",
    "division of large integers": "ans = (7 ** (10**6)) // (3 ** (10**5)) % 10**9 + 10**20000",
    "product of a range": "import math\nans = math.prod(range(1, 10**7))",
    "decimal of many digits": (
        "from decimal import Decimal, getcontext\ngetcontext().prec = 10**9\nans = Decimal(1) / 3"
    ),
    "decimal exponent": "from decimal import Decimal\nans = int(Decimal('1e999999999'))",
    "lcm of many": "import math\nx = 1\nfor i in range(1, 10**7): x = math.lcm(x, i)\nans = x",
    "isqrt of a large integer": "import math\nans = math.isqrt(10 ** 10**7)",
    "gcd of large integers": "import math\na, b = 3**10**6, 7**10**6\nwhile True: math.gcd(a, b)",
}

RECURSION = {
    "plain": "def f(): return f()\nans = f()",
    "mutual": "def f(): return g()\ndef g(): return f()\nans = f()",
    "swallowed": (
        "def f():\n    try: return f()\n    except RecursionError: return f()\nans = f()"
    ),
    "by finally": "def f():\n    try: f()\n    finally: f()\nf()",
    "by text of itself": "class A:\n    def __str__(self): return str(self)\nprint(A())",
    "by comparison": "class A:\n    def __eq__(self, o): return self == o\nans = A() == A()",
    "by sort key": "def k(x): return sorted([1, 2], key=k)\nans = k(1)",
    "by call": "class A:\n    def __call__(self): return self()\nans = A()()",
    "by nested exec": "s = 'exec(s, {\"s\": s})'\nexec(s, {'s': s})",
    "by nested eval": "s = 'eval(s, {\"s\": s})'\nans = eval(s, {'s': s})",
    "value nested deep": "x = []\nfor i in range(10**5): x = [x]\nans = x",
    "value that holds itself": "x = []\nx.append(x)\nans = x",
    "dictionary that holds itself": "d = {}\nd['d'] = d\nans = d",
    "equality of deep values": (
        "x, y = [], []\nfor i in range(10**5):\n    x, y = [x], [y]\nans = x == y"
    ),
    "text of a deep value": "x = []\nfor i in range(10**5): x = [x]\nans = str(x)",
    "by lambda": "f = lambda f: f(f)\nans = f(f)",
}

PARSERS = {
    "brackets": "ans = " + "(" * 20_000 + "1" + ")" * 20_000,
    "square brackets": "ans = " + "[" * 20_000 + "]" * 20_000,
    "unary minuses": "ans = " + "-" * 40_000 + "1",
    "nots": "ans = " + "not " * 10_000 + "1",
    "additions": "ans = " + "1+" * 20_000 + "1",
    "powers": "ans = " + "1**" * 10_000 + "1",
    "attributes": "ans = a" + ".a" * 20_000,
    "calls": "ans = f" + "()" * 20_000,
    "subscripts": "ans = a" + "[0]" * 15_000,
    "lambdas": "ans = " + "lambda: " * 5_000 + "1",
    "conditionals": "ans = " + "1 if 1 else " * 4_000 + "1",
    "comprehensions": "ans = " + "[x for x in " * 2_000 + "[1]" + "]" * 2_000,
    "indentation": "\n".join(" " * i + "if 1:" for i in range(250)),
    "elifs": "if 0: pass\n" + "elif 0: pass\n" * 3_000,
    "very long program": "ans = 1\n" * 200_000,
    "very long line": "ans = '" + "x" * 2_000_000 + "'",
    "many names": "\n".join(f"v{i} = {i}" for i in range(4_000)) + "\nwhile True: pass",
    "many arguments": "def f(" + ", ".join(f"a{i}" for i in range(5_000)) + "): pass\nf()",
    "unclosed text": "ans = 'abc",
    "unclosed triple": 'ans = """abc',
    "f-strings nested": "ans = " + "f'{" * 200 + "1" + "}'" * 200,
    "large literal": "ans = " + "9" * 40_000,
    "null byte": "ans = 1\0\nimport os",
    "null byte first": "\0ans = 1",
    "lone surrogate": "ans = '\ud800'",
    "lone surrogate as a name": "\udcff = 1",
    "byte order mark": "\ufeffans = open('/etc/passwd').read()",
    "form feeds and vertical tabs": "\fans\v= 1 ;;; \f",
    "right-to-left override": "ans = 1 # \u202e\nopen('/etc/passwd')",
    "only white space": " \n\t\n",
    "nothing": "",
    "binary junk": "".join(map(chr, range(256))) * 20,
    "generator in brackets": "ans = " + "(x for x in " * 500 + "[1]" + ")" * 500 + "; set(); zip()",
    "set displays": "ans = " + "{" * 3_000 + "1" + "}" * 3_000,
}

PATTERNS = {
    "nested quantifiers": "import re\nans = re.match('(a+)+$', 'a' * 60 + 'b')",
    "alternation": "import re\nans = re.match('(a|a)*$', 'a' * 60 + 'b')",
    "backreferences": r"import re" + "\n" + r"ans = re.match('(a*)*\\1b', 'a' * 60)",
    "counted repeats": "import re\nans = re.match('((a{0,500}){0,500}){0,500}b', 'a' * 500)",
    "long pattern": "import re\nans = re.match('(' * 50000 + ')' * 50000, '')",
    "many groups": "import re\nans = re.match('(a?)' * 30000, 'a')",
    "deep JSON": "import json\nans = json.loads('[' * 10**6)",
    "large JSON number": "import json\nans = json.loads('1' * 10**6)",
    "strptime": "from datetime import datetime\nans = datetime.strptime('1' * 10**6, '%Y' * 10**5)",
}

ESCAPES = {
    "read a file": "ans = open('/etc/passwd').read()",
    "write a file": "open('/tmp/kpdd-hostile', 'w').write('x')\nans = 1",
    "read by pathlib": "import pathlib\nans = pathlib.Path('/etc/passwd').read_text()",
    "list a folder": "import os\nans = os.listdir('/')",
    "remove a folder": "import shutil\nshutil.rmtree('/tmp')",
    "environment": "import os\nans = os.environ['PATH']",
    "getenv": "import os\nans = os.getenv('PATH', open)",
    "shell": "import os\nos.system('touch /tmp/kpdd-hostile')",
    "subprocess": "import subprocess\nans = subprocess.check_output(['id'])",
    "socket": "import socket\nans = socket.create_connection(('127.0.0.1', 80))",
    "url": "import urllib.request\nans = urllib.request.urlopen('http://localhost').read()",
    "ctypes": "import ctypes\nctypes.string_at(0)",
    "kill": "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)",
    "fork": "import os\nwhile True: os.fork()",
    "threads": "import threading\nwhile True: threading.Thread(target=print).start()",
    "exit": "exit(0)",
    "os._exit": "import os\nos._exit(0)",
    "sys.exit": "import sys\nsys.exit(0)",
    "SystemExit": "raise SystemExit(0)",
    "KeyboardInterrupt": "raise KeyboardInterrupt('x' * 10**6)",
    "GeneratorExit": "raise GeneratorExit",
    "dunder import": "__import__('os').system('id')",
    "builtins": "ans = __builtins__['open']('/etc/passwd').read()",
    "importlib": "import importlib\nimportlib.import_module('os').system('id')",
    "subclasses": "ans = ().__class__.__base__.__subclasses__()",
    "subclasses by getattr": "ans = getattr(getattr((), '__class__'), '__base__')",
    "function globals": "def f(): pass\nans = f.__globals__",
    "lent function's globals": "ans = print.__globals__",
    "lent function's code": "ans = round.__code__",
    "lent function's closure": "ans = print.__closure__",
    "lent function's defaults": "round.__defaults__ = (2,)\nans = round(2.5)",
    "method's function": "ans = [].append.__self__",
    "traceback frames": (
        "try:\n    1/0\nexcept Exception as e:\n    ans = e.__traceback__.tb_frame.f_back.f_globals"
    ),
    "frames": "import sys\nans = sys._getframe(1).f_globals",
    "modules": "import sys\nans = sys.modules['os']",
    "inspect": "import inspect\nans = inspect.stack()[1].frame.f_locals",
    "garbage collector": "import gc\nans = gc.get_objects()",
    "format string attributes": "ans = '{0.__class__.__mro__}'.format(0)",
    "f-string attributes": "ans = f'{print.__globals__}'",
    "pickle": "import pickle\nans = pickle.loads(b'cos\\nsystem\\n(S\"id\"\\ntR.')",
    "full-width exec": "ｅｘｅｃ(\"import os\\nos.system('id')\")\nans = open('/etc/passwd').read()",
    "full-width import": "ans = __ｉｍｐｏｒｔ__('os')",
    "input": "ans = input()",
    "breakpoint": "breakpoint()",
    "help": "help()",
    "compile": "ans = compile('import os', 'x', 'exec')",
    "memoryview": "ans = memoryview(bytearray(8)).cast('P')[0]",
    "code object": "ans = type((lambda: 0).__code__)",
    "wsgi server": "import http.server\nhttp.server.test()",
    "install a package": "import pip\npip.main(['install', 'x'])",
}

FORGERIES = {
    "result tuple as text": "print(('ok', '', [42]))\nraise ValueError",
    "protocol on stdout": 'print(\'\\x00\\x01{"status": "ok", "value": 42}\' * 100)\n1/0',
    "real print, by exec": "exec('print(\"42\")', {})\n1/0",
    "print to stderr": "import sys\nprint('42', file=sys.stderr)\n1/0",
    "stdout": "import sys\nsys.stdout.write('42')\n1/0",
    "driver's names": "run_one = run_all = atoms_of = value_of = lambda *a: ('ok', '', [42])\n1/0",
    "driver's names, global": "def f():\n    global run_all\n    run_all = None\nf()\nraise ValueError",
    "driver's lists": "atoms.append(42)",
    "driver's results": "results = outcomes = sources = texts = [42] * 1000\n1/0",
    "lent names": "LENT['round'] = lambda *a: 42",
    "module attribute": "import math\nmath.floor = lambda x: 42",
    "module by setattr": "import math\nsetattr(math, 'pi', 42)",
    "lent function's attribute": "map.secret = 42",
    "lent class's attribute": "type(zip([1], [2])).secret = 42\nans = zip.secret",
    "lent class's method": "type(zip([1])).__next__ = lambda self: 42\n1/0",
    "builtin type": "int.__add__ = lambda a, b: 42",
    "builtin type by setattr": "setattr(int, '__add__', lambda a, b: 42)",
    "builtin name, global": "def f():\n    global sum, len, exec\n    sum = len = exec = None\nf()\n1/0",
    "decimal context": (
        "import decimal\ndecimal.getcontext().prec = 2\ndecimal.getcontext().rounding = 'ROUND_UP'\n1/0"
    ),
    "random state": "import random\nrandom.seed(1)\n1/0",
    "working directory": "import os\nos.chdir('/tmp')\n1/0",
    "large error": "raise ValueError('x' * 10**7)",
    "error of control characters": "raise ValueError('\\x1b[2J\\x00\\r\\n' * 100)",
    "error that looks like a limit": "raise TimeoutError('feed time limit exceeded')",
    "error that looks like memory": "raise MemoryError('memory limit exceeded')",
    "error object odd": "raise 42",
    "error chained without end": (
        "e = None\nfor i in range(10**5):\n    n = ValueError(i)\n    n.__cause__ = e\n    e = n\nraise e"
    ),
    "type that poses as Decimal": (
        "class Decimal:\n    def __str__(self): raise ValueError\nans = Decimal()"
    ),
    "text that is not text": "class Decimal:\n    def __str__(self): return 42\nans = Decimal()",
    "function value": "ans = print",
    "module value": "import math\nans = math",
    "type value": "ans = int",
    "range value": "ans = range(10**12)",
    "huge list value": "ans = [1] * 10**6",
    "huge list of texts": "ans = ['x' * 10**4] * 100",
    "many references to one text": "ans = ['x' * 9_000] * 10**6",
    "many empty texts": "ans = [''] * 10**6",
    "many nones": "ans = [None] * 10**6",
    "many empty lists": "ans = [[]] * 10**6",
    "lists of one list": "x = []\nfor i in range(18): x = [x, x, x, x]\nans = x",
    "huge text value": "ans = 'x' * 10**7",
    "huge dictionary value": "ans = {i: i for i in range(10**5)}",
    "not a number": "ans = float('nan')",
    "infinity": "ans = float('inf')",
    "bytes value": "ans = b'42'",
    "ellipsis value": "ans = ...",
    "class value": "class A: pass\nans = A",
    "object value": "class A: pass\nans = A()",
    "iterator value": "ans = iter([42])",
    "set of unlike things": "ans = {1, 'a', (2,)}",
}

HOOKS = {
    "hash that hangs": (
        "class A:\n    def __hash__(self):\n        while True: pass\nans = len({A(): 1, A(): 2})"
    ),
    "hash of one value for all": (
        "class A:\n    def __hash__(self): return 1\n    def __eq__(self, other): return False\n"
        "d = {}\nwhile True: d[A()] = 1"
    ),
    "integers of one hash": "ans = len({i * (2**61 - 1) for i in range(10**5)}) and exit()",
    "comparison function that hangs": (
        "from functools import cmp_to_key\ndef c(a, b):\n    while True: pass\n"
        "ans = sorted([2, 1], key=cmp_to_key(c))"
    ),
    "key that changes its list": (
        "xs = list(range(100))\ndef k(x):\n    xs.append(x)\n    return len(xs)\n"
        "while True: xs.sort(key=k)"
    ),
    "destructor that raises": (
        "class A:\n    def __del__(self): raise SystemExit\nfor i in range(1000): A()\nans = A()"
    ),
    "destructor that revives": (
        "kept = []\nclass A:\n    def __del__(self):\n        kept.append(self)\n        A()\n"
        "A()\nans = A()"
    ),
    "repr that hangs in a value": (
        "class A:\n    def __repr__(self):\n        while True: pass\nans = str([A()])"
    ),
    "repr that hangs in an error": (
        "class E(Exception):\n    def __str__(self):\n        while True: pass\nraise E()"
    ),
    "format hook": (
        "class A:\n    def __format__(self, spec):\n        while True: pass\nans = f'{A():x}'"
    ),
    "index hook": (
        "class A:\n    def __index__(self):\n        while True: pass\nans = [1, 2][A()]"
    ),
    "length hook": "class A:\n    def __len__(self): return 10**30\nans = len(A())",
    "truth hook": ("class A:\n    def __bool__(self):\n        while True: pass\nif A(): ans = 1"),
    "attribute hook": (
        "class A:\n    def __getattr__(self, name): return getattr(self, name + 'x')\nans = A().a"
    ),
    "context manager that swallows": (
        "class A:\n    def __enter__(self): return self\n    def __exit__(self, *e): return True\n"
        "while True:\n    with A():\n        while True: pass"
    ),
    "metaclass": (
        "class M(type):\n    def __call__(cls):\n        while True: pass\n"
        "class A(metaclass=M): pass\nans = A()"
    ),
    "class made by type": (
        "A = type('A', (), {'__str__': lambda self: str(self)})\nans = str(A())"
    ),
    "class made by type, over int": "ans = type('A', (int,), {'__eq__': lambda a, b: True})(42)",
    "class decorator that hangs": ("def d(c):\n    while True: pass\n@d\nclass A: pass\nans = A()"),
    "match on a hook": (
        "class A:\n    def __eq__(self, other):\n        while True: pass\n"
        "match A():\n    case 1: ans = 1\n    case _: ans = A"
    ),
    "swallow all, again and again": (
        "def f():\n    try:\n        f()\n    except BaseException:\n        f()\n"
        "while True:\n    try: f()\n    except BaseException: continue"
    ),
    "error in handling an error": (
        "def f(n):\n    try: raise ValueError(n)\n    except ValueError: f(n + 1)\nf(0)"
    ),
    "return in finally": (
        "def f():\n    while True:\n        try:\n            while True: pass\n"
        "        finally: continue\nans = f()"
    ),
    "exception groups": (
        "e = ValueError(1)\nfor i in range(10**5): e = ExceptionGroup('x', [e])\nraise e"
    ),
    "exception group of many": "raise ExceptionGroup('x', [ValueError(i) for i in range(10**6)])",
    "generator that feeds itself": (
        "g = (x for x in [1])\nfor i in range(10**5): g = (x for x in g)\nans = sum(g) and exit()"
    ),
    "generator that reads itself": "g = (x for x in (y for y in g))\nans = list(g)",
    "generator's frame": "g = (x for x in [1])\nans = g.gi_frame.f_back.f_globals",
    "coroutines without end": (
        "import asyncio\nasync def f():\n    await asyncio.gather(*[f() for _ in range(9)])\n"
        "asyncio.run(f())"
    ),
    "coroutine never awaited": "async def f(): return 42\nans = f()",
    "walrus in a comprehension": "ans = [y := (y, y) for _ in [0]]\nwhile (n := 1): pass",
    "star bomb": "xs = [1]\nwhile True: xs = [*xs, *xs]",
    "star arguments": "def f(*a): return f(*a, *a)\nans = f(1)",
    "double-star bomb": "d = {}\nfor i in range(10**9): d = {**d, str(i): d}\nans = d",
    "match that never ends": (
        "xs = [1]\nwhile True:\n    match xs:\n        case [a, *rest]: xs = [a, a, *rest]"
    ),
}

TEXTS = {
    "percent width": "ans = '%9999999999d' % 1",
    "percent width by argument": "ans = '%*d' % (10**10, 1)",
    "percent of many": "ans = ('%s' * 10**7) % tuple(['x'] * 10**7)",
    "format by nested fields": "ans = '{:{}}'.format(1, 10**10)",
    "format of attributes of a function": "ans = '{0.__globals__[LENT]}'.format(round)",
    "format of the loop's list": "ans = '{0.__closure__[0].cell_contents}'.format(print)",
    "format_map": "ans = '{x.__class__.__init__.__globals__}'.format_map({'x': 1})",
    "template": "from string import Template\nans = Template('$x').substitute(x=open)",
    "centre bomb": "ans = '1'.center(10**10)",
    "rjust bomb": "ans = '1'.rjust(10**10, 'x')",
    "expandtabs bomb": "ans = '\\t'.expandtabs(10**10)",
    "replace of nothing": "ans = ('x' * 10**5).replace('', 'y' * 10**5)",
    "replace again and again": "s = 'a'\nwhile True: s = s.replace('a', 'aa')",
    "join of itself": "s = 'ab'\nwhile True: s = s.join(s)",
    "translate bomb": "ans = ('a' * 10**5).translate({97: 'b' * 10**6})",
    "repeated tuple": "ans = ((1,) * 10**5) * 10**6",
    "bytes of integers": "ans = (1).to_bytes(10**10, 'big')",
    "encodings": "ans = ('x' * 10**6).encode('utf-32').decode('idna')",
    "count of nothing": "while True: ('x' * 10**6).count('')",
    "search that is slow": "s = 'a' * 10**6\nwhile True: ('a' * 500_000 + 'b') in s",
    "shift by a shift": "ans = 1 << (1 << 70)",
    "shift, doubled": "x = 1\nwhile True: x <<= 10**6",
    "shift to the left by less than nothing": "ans = 1 << -1",
    "power by modulus, again and again": "while True: pow(3, 10**4000, 10**4000 + 7)",
    "power by no modulus": "ans = pow(3, 5, 0)",
    "power of a large fraction": "from fractions import Fraction\nans = Fraction(3, 7) ** 10**9",
    "fraction from text": "from fractions import Fraction\nans = Fraction('1e999999999')",
    "decimal power": "from decimal import Decimal\nans = Decimal(3) ** Decimal(10**9)",
    "decimal quantize": "from decimal import Decimal\nans = Decimal(1).quantize(Decimal('1e-999999999'))",
    "integer from text in a large base": "while True: int('z' * 10**5, 36)",
    "many digits in an f-string": "ans = f'{7 ** 10**6:,}'",
    "zero-width name": "a\u200bns = 42\n1/0",
    "right-to-left name": "\u202eans = 42\n1/0",
    "marks on a name": "a" + "\u0301" * 5_000 + " = 42\n1/0",
    "ligature name": "ﬁlter = ﬅr = None\n1/0",
    "digits of other scripts": "ans = int('٤٢') and exit()",
    "digits of other scripts in code": "ans = ٤٢",
    "encoding cookie": "# -*- coding: utf-7 -*-\n+AG8AcABlAG4-('/etc/passwd')\n1/0",
    "null byte in a text": "ans = open('/etc/passwd\\0.txt').read()",
    "line separators": "ans = 1 #\u2028open('/etc/passwd')\n1/0",
    "line continued for ever": "ans = 1 + " + "\\\n" * 20_000 + "x",
    "comparison chained": "ans = " + "1 < " * 20_000 + "1",
    "braces": "ans = " + "{1: " * 5_000 + "1" + "}" * 5_000,
    "nested functions": "\n".join(" " * i + f"def f{i}():" for i in range(300))
    + "\n"
    + " " * 300
    + "pass",
    "nested classes": "\n".join(" " * i + f"class A{i}:" for i in range(90))
    + "\n"
    + " " * 90
    + "pass",
    "decorators": "@f\n" * 10_000 + "def f(): pass",
    "stars": "ans = [" + "*[" * 3_000 + "1" + "]" * 3_001 + "\n1/0",
    "walruses": "ans = " + "(x := " * 3_000 + "1" + ")" * 3_000 + "\n1/0",
    "awaits": "async def f(): " + "await " * 10_000 + "f()",
    "match patterns": "match 1:\n    case " + "[" * 5_000 + "]" * 5_000 + ": pass",
    "comprehension of many loops": "ans = [1 " + "for x in range(9) " * 2_000 + "]",
    "backtracking over words": "import re\nans = re.search(r'^(\\w+\\s?)*$', 'word ' * 40 + '!')",
    "backtracking by lookahead": "import re\nwhile True: re.search('(?=(a+)+b)', 'a' * 5000)",
    "pattern counted by a billion": "import re\nans = re.compile('a{1000000000}')",
    "substitution bomb": "import re\nans = re.sub('', 'y' * 10**5, 'x' * 10**5)",
    "range of huge bounds": "ans = sum(range(10**30, 10**30 + 10**12))",
    "slice of huge bounds": "xs = [1] * 10\nwhile True: xs[10**30:] = xs * 2",
}

CLIMBS = {
    "method resolution order": "ans = (1).__class__.__mro__[1].__subclasses__()",
    "method resolution order, by type": "ans = type(1).mro()[-1].__subclasses__()",
    "bases by vars": "ans = vars(type(1))['__base__']",
    "attributes by dir": "ans = [getattr(int, n) for n in dir(int)][0].__self__.__class__.__base__",
    "builtins of a module": "import math\nans = math.__loader__.load_module('os').getpid()",
    "specification of a module": "import math\nans = math.__spec__.loader",
    "builtins by globals": "ans = globals()['__builtins__']['open']",
    "locals of the caller": "ans = locals()['names']['__builtins__']",
    "operator's attrgetter": "from operator import attrgetter\nans = attrgetter('__class__.__base__')(1)",
    "object by super": "class A:\n    def f(self): return super().__getattribute__('__class__')\nans = A().f()",
    "reduce": "ans = (1).__reduce_ex__(2)[0].__globals__",
    "error's arguments": "try: print(1, sep=2)\nexcept TypeError as e: ans = e.__context__.__traceback__",
    "result forged by an exception class": (
        "class ok(BaseException):\n    def __str__(self): return '42'\nraise ok('ok', '', [42])"
    ),
    "error named like an outcome": "class ok(Exception): pass\nok.__name__ = 'ok'\nraise ok(42)",
    "outcomes printed like the loop's": (
        "for _ in range(200): print([('ok', '', [42])] * 128)\nraise ValueError(('ok', '', [42]))"
    ),
    "value that poses as digits": "ans = ('hex', '0x2a'), print",
    "value that poses as too long": "ans = [('long', ''), print]",
    "results by name": "run_one.__defaults__ = (42,)",
    "pickled outcome on stdout": "import sys\nsys.stdout.buffer.write(b'\\x80\\x05K*.')\n1/0",
    "write to the pipe": "import os\nos.write(1, b'\\x80\\x05]K*a.' * 1000)",
    "close the pipe": "import os\nos.close(0)\nos.close(1)",
}

GROUPS = {
    "loop": LOOPS,
    "memory": MEMORY,
    "integer": INTEGERS,
    "recursion": RECURSION,
    "parser": PARSERS,
    "pattern": PATTERNS,
    "escape": ESCAPES,
    "forgery": FORGERIES,
    "hook": HOOKS,
    "text": TEXTS,
    "climb": CLIMBS,
}

PROGRAMS = {
    f"{group}: {name}": program
    for group, programs in GROUPS.items()
    for name, program in programs.items()
}

UNHARMED = {
    "recursion: text of a deep value"
}  # the interpreter cuts the text of a deep value short
