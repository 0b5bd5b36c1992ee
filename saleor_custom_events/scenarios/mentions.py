"""What a definition says of its own steps and variables, kept until it is known which there are."""

from __future__ import annotations

from dataclasses import dataclass, field

from saleor_custom_events.scenarios.definition import Operand, Source


@dataclass(frozen=True, slots=True)
class Mentions:
    """Every `steps.<id>` and `variables.<name>` that something looks at, with its place."""

    steps: list[tuple[str, str]] = field(default_factory=list)
    variables: list[tuple[str, str]] = field(default_factory=list)

    def note(self, operand: Operand, place: str) -> None:
        """Keep what an operand at `place` names, where it is a step or a variable."""
        if operand.source is Source.STEP:
            self.steps.append((operand.names[0], place))
        elif operand.source is Source.VARIABLE:
            self.variables.append((operand.names[0], place))
