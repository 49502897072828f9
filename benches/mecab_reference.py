"""Cuts texts as mecab-ko does: one JSON list of [surface, tag] a line. Needs python-mecab-ko and its dictionary from PyPI.

    python3 benches/mecab_reference.py TEXTS.tsv.gz > FILE
"""

import gzip
import json
import sys

from mecab import MeCab

mecab = MeCab()
with gzip.open(sys.argv[1], "rt", encoding="utf-8") as texts:
    for line in texts:
        text = line.rstrip("\n").split("\t")[1]
        print(json.dumps([[surface, tag] for surface, tag in mecab.pos(text)], ensure_ascii=False))
