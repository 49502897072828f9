"""The panel of daily rows by pyfixest, from the file that `script/bench economy panel-rows FILE` writes.

Prints one line of the table of `script/bench economy panel`: the same estimator on the same rows, its slope and its CPU
seconds.
"""

import sys
import time

import pandas
import pyfixest

CONTROLS = "x + yr + pub + lun + pre + d2 + d3 + d4 + d5 + d6 + d7 | cell + woy"

rows = pandas.read_csv(sys.argv[1])
fit = pyfixest.feols(f"y ~ {CONTROLS}", data=rows.head(10_000), vcov={"CRV1": "cell"})  # compiles what it needs
start = time.process_time()
fit = pyfixest.feols(f"y ~ {CONTROLS}", data=rows, vcov={"CRV1": "cell"})
seconds = time.process_time() - start
print(f"| pyfixest {pyfixest.__version__}, slope {fit.coef()['x']:.12f} | {len(rows)} | - | {seconds:.4f} |")
