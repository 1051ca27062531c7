"""Lists of what compilers read."""

from pathlib import Path

from componium_sdk._builders._makefile import prerequisites


def test_reads_blanks_lines_and_relative_paths(tmp_path: Path) -> None:
    """Escaped blanks and line ends are undone, relative paths resolved, missing files left out."""
    for name in ("a.c", "with blank.h", "b.h"):
        (tmp_path / name).touch()
    (tmp_path / "a.d").write_text(f"a.o: a.c with\\ blank.h \\\n  {tmp_path}/b.h gone.h\n\nother.o: other.c\n")

    assert prerequisites(tmp_path / "a.d", tmp_path) == [tmp_path / name for name in ("a.c", "with blank.h", "b.h")]
