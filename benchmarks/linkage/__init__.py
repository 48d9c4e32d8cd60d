"""Record linkage measured: side by side with its peers, and tokens under attack."""


def main(argv: list[str] | None = None) -> int:
    """Run the linkers side by side (``./run bench linkage``)."""
    from benchmarks.linkage.side_by_side import main as side_by_side

    return side_by_side(argv)
