"""Lets the runner of the official WASI test suite run the tool.

    run-tests --runtime-adapter tests/wasi-testsuite/nacre.py

NACRE names the executable: NACRE="nacre", or
NACRE="dotnet artifacts/bin/Nacre.Cli/release/nacre.dll". What follows "--" are options of `nacre run`.
"""
import os
import shlex
import subprocess
from pathlib import Path
from typing import Dict, List, Optional, Tuple

COMMAND = shlex.split(os.getenv("NACRE", "nacre"), posix=os.name != "nt")
EXECUTABLE = COMMAND[:COMMAND.index("--")] if "--" in COMMAND else COMMAND
OPTIONS = COMMAND[len(EXECUTABLE) + 1:]

# The programs of this folder start threads.
PROPOSAL_OF_THREADS = "wasi-threads"
THREADS = ["--threads", "16"]


def get_name() -> str:
    return "nacre"


def get_version() -> str:
    result = subprocess.run(EXECUTABLE + ["--version"], encoding="UTF-8", capture_output=True, check=True)
    return result.stdout.strip()


def get_wasi_versions() -> List[str]:
    return ["wasm32-wasip1"]


def get_wasi_worlds() -> List[str]:
    return ["wasi:cli/command"]


def compute_argv(test_path: str,
                 args_env_root: Tuple[List[str], Dict[str, str], Optional[str]],
                 proposals: List[str],
                 wasi_world: str,
                 wasi_version: str) -> List[str]:
    args, env, root = args_env_root
    options = OPTIONS + THREADS * (PROPOSAL_OF_THREADS in Path(test_path).parts)
    options += [option for key, value in env.items() for option in ("--env", f"{key}={value}")]
    if root:
        options += ["--dir", f"{root}::/"]
    return EXECUTABLE + ["run"] + options + [test_path] + list(args)
