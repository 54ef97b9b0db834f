"""Every command and option is told of, and every command that is told of works as written."""

from __future__ import annotations

import re
import shlex

import click
import pytest
import typer

from amparo.cli.main import app
from tests.docs.pages import PAGES, ROOT, code_spans, name, section, shell_lines

PAGE = (ROOT / "docs" / "commands.md").read_text("utf-8")
PROGRAM = typer.main.get_command(app)


def commands(group=PROGRAM, words=("amparo",)):
    """Every command and group with its words."""
    for each, command in group.commands.items():
        yield (*words, each), command
        if hasattr(command, "commands"):
            yield from commands(command, (*words, each))


COMMANDS = {" ".join(words): command for words, command in commands()}


def options(command) -> set[str]:
    """The long names of a command's options, help left out."""
    found = set()
    for parameter in command.params:
        if isinstance(parameter, click.Option) or parameter.param_type_name == "option":
            found |= {*parameter.opts, *parameter.secondary_opts}
    return {option for option in found if option.startswith("--")} - {"--help"}


@pytest.mark.parametrize("words", COMMANDS)
def test_every_command_is_documented(words):
    level = "##" if words.count(" ") == 1 else "###"
    assert f"\n{level} {words}\n" in PAGE


@pytest.mark.parametrize("words", COMMANDS)
def test_every_option_is_documented_and_no_other(words):
    command = COMMANDS[words]
    told = section(PAGE, words)
    if hasattr(command, "commands"):
        return
    named = {span for span in code_spans(told) if re.fullmatch(r"--[a-z-]+", span)}
    assert named - {"--home"} == options(command)


def test_what_stands_before_a_command_is_documented():
    before = PAGE.partition("\n## ")[0]
    assert options(PROGRAM) <= set(code_spans(before))


def test_no_command_is_documented_that_is_not_there():
    headings = re.findall(r"^#{2,3} (amparo .+)$", PAGE, re.MULTILINE)
    assert set(headings) == set(COMMANDS)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_in_the_text_are_written_as_they_work(page):
    for line in shell_lines(page):
        words = shlex.split(line.replace("WORKSPACE", "home").partition(" > ")[0])[1:]
        _check(words, line)


def _check(words, line):
    """Follow the words down the commands; every option must be one of the command they reach."""
    group, known = PROGRAM, options(PROGRAM)
    while words:
        word = words.pop(0)
        if word.startswith("--"):
            assert word in known, f"{line}: {word}"
            if not _is_flag(group, word) and words:
                words.pop(0)
        elif hasattr(group, "commands") and word != "COMMAND":
            assert word in group.commands, f"{line}: {word}"
            group = group.commands[word]
            known = options(group)


def _is_flag(command, option):
    for parameter in command.params:
        if option in (*parameter.opts, *parameter.secondary_opts):
            return bool(getattr(parameter, "is_flag", False))
    return False
