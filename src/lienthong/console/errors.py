"""What the console refuses, each with a sentence for the operator and a stable code."""


class ConsoleError(Exception):
    """A refusal: says what is wrong and what to do, in Vietnamese, with a code that never changes."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(f"{sentence} [{code}]")
        self.code = code
        self.sentence = sentence
