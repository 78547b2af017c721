"""Compiles the knowledge once when the package is built, so that no start has to parse 150 TOML files."""

from __future__ import annotations

import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

COMPILED = "protocols/data/compiled.msgpack"


class CompileKnowledge(BuildHookInterface[Any]):
    """Writes protocols/data/compiled.msgpack, for wheels and for editable installs."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and ship the file although it is not under version control."""
        if self.target_name != "wheel":
            return
        sys.path.insert(0, self.root)
        try:
            from protocols.library import compile_bundled

            compile_bundled()
        finally:
            sys.path.remove(self.root)
        build_data["artifacts"].append(COMPILED)
