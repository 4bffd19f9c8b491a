"""cmd.exe's way through run-report.cmd: the few commands that the file uses, with the programs it starts played by the
test. An unknown command is an error, so that the file stays within what is understood here.

What it can't show, how cmd itself takes quotes, code pages and network folders, is told in docs/windows.md.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

Program = Callable[[str], int]
"""A command line → its exit code."""


@dataclass
class Run:
    """What a run of the file came to."""

    exit: int | None = None
    paused: bool = False
    echoed: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)


@dataclass
class Cmd:
    """`folder` is where the file lies, `present` what exists: names in the folder, and whole paths."""

    lines: list[str]
    folder: str
    arguments: str
    present: set[str]
    program: Program
    variables: dict[str, str]
    run: Run = field(default_factory=Run)
    at: int = 0

    def start(self) -> Run:
        while self.run.exit is None:
            line = self.lines[self.at]
            self.at += 1
            if not line.startswith((":", "rem ", "@")) and line:
                self.statement(self.expanded(line))
        return self.run

    def expanded(self, line: str) -> str:
        first = next(iter(re.findall(r'"[^"]*"|\S+', self.arguments)), "").strip('"')
        line = line.replace("%~dp0", f"{self.folder}\\").replace("%~1", first).replace("%*", self.arguments)
        return re.sub(r"%(\w+)%", lambda name: self.variables.get(name[1].upper(), ""), line)

    def statement(self, line: str) -> int:
        """Runs a line whose variables are filled in; its exit code."""
        parts = re.fullmatch(r'((?:[^"&|]|"[^"]*")+?) ?(&&|\|\||&) ?(.*)', line)
        if parts and not line.startswith(("if ", "for ")):
            done = self.statement(parts[1])
            runs_on = {"&&": done == 0, "||": done != 0, "&": True}[parts[2]]
            return self.statement(parts[3]) if runs_on and self.run.exit is None else done
        if condition := re.fullmatch(r'if (not )?(exist ".*?"|defined \w+|".*?"==".*?") (.*)', line):
            return self.statement(condition[3]) if self.holds(condition[2]) != bool(condition[1]) else 0
        return self.command(line)

    def holds(self, condition: str) -> bool:
        if condition.startswith("exist "):
            return condition.removeprefix("exist ").strip('"') in self.present
        if condition.startswith("defined "):
            return bool(self.variables.get(condition.removeprefix("defined ").upper()))
        left, _, right = condition.partition("==")
        return left == right

    def command(self, line: str) -> int:
        name, _, rest = line.partition(" ")
        if name == "set" and (setting := re.fullmatch(r'"(\w+)=(.*)"', rest)):
            self.variables[setting[1].upper()] = setting[2]
        elif name == "for" and rest.startswith("/f") and (loop := re.search(r"%%P in \('chcp'\) do (.*)%%P(.*)", rest)):
            self.command(f"{loop[1]} 866{loop[2]}")
        elif name == "chcp":
            self.run.pages.append(rest.removesuffix(">nul").strip())
        elif name == "pushd":
            return 0 if rest.strip('"') in self.present else 1
        elif name == "goto":
            self.at = self.lines.index(f":{rest}")
        elif name == "echo":
            self.run.echoed.append(rest)
        elif name == "pause":
            self.run.paused = True
        elif name == "exit":
            self.run.exit = int(rest.removeprefix("/b "))
        elif name not in ("setlocal", "endlocal", "popd"):
            code = self.program(line)
            self.variables["ERRORLEVEL"] = str(code)
            return code
        return 0
