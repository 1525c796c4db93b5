"""Reading the hand-written source files and writing the tables; shared by all builders."""
import os
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
GAZETTEER = os.path.dirname(HERE)
SOURCE = os.path.join(GAZETTEER, "source")


def shared():
    """The folder with the raw material: LEGATION_DATA, else ../shared/data beside the repository."""
    root = os.environ.get("LEGATION_DATA") or os.path.join(GAZETTEER, "..", "..", "shared", "data")
    return os.path.abspath(root)


def rows(name):
    """The rows of a source file as lists of stripped fields; comment lines and blank lines are left out."""
    with open(os.path.join(SOURCE, name), encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\n")
            if line.strip() and not line.startswith("#"):
                yield [field.strip() for field in line.split("|")]


def padded(fields, count):
    """The fields, filled with empty ones up to `count`."""
    return fields + [""] * (count - len(fields))


def names(cell):
    """The names in a cell, in order, without repeats."""
    seen = []
    for name in (part.strip() for part in cell.split(";")):
        if name and name not in seen and name.rstrip("?") not in [s.rstrip("?") for s in seen]:
            seen.append(name)
    return seen


def without_diacritics(text):
    """Latin letters without their marks."""
    text = text.replace("ı", "i").replace("ø", "o").replace("Ø", "O").replace("ł", "l").replace("Ł", "L")
    text = text.replace("đ", "d").replace("Đ", "D").replace("ß", "ss").replace("ə", "a").replace("Ə", "A")
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def write(name, comments, header, table):
    """Writes a sorted table with its comment lines; the same rows give the same bytes."""
    path = os.path.join(GAZETTEER, name)
    lines = ["# " + c for c in comments] + ["\t".join(header)]
    body = []
    for row in table:
        cells = [str(cell) for cell in row]
        assert len(cells) == len(header), (name, cells)
        assert not any("\t" in c or "\n" in c for c in cells), cells
        body.append("\t".join(cells))
    assert len(set(body)) == len(body), (name, "repeated rows", [b for b in body if body.count(b) > 1][:3])
    lines += sorted(body)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write("\n".join(lines) + "\n")
    print(f"{name}: {len(body)} rows, {os.path.getsize(path)} bytes")


def read(name):
    """A built table as a list of dictionaries."""
    with open(os.path.join(GAZETTEER, name), encoding="utf-8") as file:
        lines = [line.rstrip("\n") for line in file if not line.startswith("#")]
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:]]


def common_words():
    """Words that the English Web Treebank writes in lower case: no place or person is known by such a name alone."""
    words = set()
    path = os.path.join(shared(), "treebank", "UD_English-EWT")
    for file in sorted(os.listdir(path)):
        if file.endswith(".conllu"):
            with open(os.path.join(path, file), encoding="utf-8") as lines:
                for line in lines:
                    cells = line.split("\t")
                    if len(cells) > 3 and cells[3] != "PROPN" and cells[1].islower():
                        words.add(cells[1])
    return words
