"""Covering by PySAL spopt and HiGHS, on the instances that `script/bench wifi peer FOLDER` writes.

Prints one line an instance: value, CPU seconds of building the model and of solving it, and the ratio of the whole to
what this program took for the same proven optimum. Both see only the demand that no access point serves yet.
"""

import csv
import json
import pathlib
import sys
import time

import numpy
import pulp
import spopt
from spopt.locate import MCLP

folder = pathlib.Path(sys.argv[1])
for ours in map(json.loads, (folder / "instances.jsonl").read_text().splitlines()):
    demand, candidates = (
        numpy.array(list(csv.reader((folder / f"{ours['name']}-{what}.csv").open())), dtype=float)
        for what in ("demand", "candidates")
    )
    start = time.process_time()
    apart = numpy.hypot(demand[:, :1] - candidates[:, 0], demand[:, 1:2] - candidates[:, 1])
    model = MCLP.from_cost_matrix(apart, demand[:, 2], service_radius=ours["radius_dm"], p_facilities=ours["sites"])
    built = time.process_time() - start
    model = model.solve(pulp.HiGHS(msg=False))
    whole = time.process_time() - start
    value = round(pulp.value(model.problem.objective))
    # Both bounds are proven, so two values that differ would mean that one program is wrong.
    agreement = "same value" if value == ours["value"] and ours["proven"] else f"OURS {ours['value']}"
    print(
        f"| {ours['name']} | spopt {spopt.__version__} + HiGHS | {value} ({agreement}) | {whole:.1f} ({built:.1f} to build) "
        f"| {ours['cpu_seconds']:.4f} | {whole / ours['cpu_seconds']:,.0f} |",
        flush=True,
    )
