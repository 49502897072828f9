// What processes have used: CPU time of a process with everything below it, and resident memory.

import { readFileSync, readdirSync } from "node:fs";

// Linux counts in hundredths of a second.
const TICK_MS = 10;

function stat(pid) {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name of the program may hold spaces; what counts stands after its closing parenthesis.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [user, system, childUser, childSystem] = fields.slice(11, 15).map(Number);
  return { parent: Number(fields[1]), own: user + system, ended: childUser + childSystem };
}

function living() {
  const found = new Map();
  for (const name of readdirSync("/proc").filter((n) => /^\d+$/.test(n))) {
    try {
      found.set(Number(name), stat(name));
    } catch {
      // It has ended meanwhile; its parent has counted it.
    }
  }
  return found;
}

/** Milliseconds of CPU of a process, its living descendants and those that have ended. */
export function cpuMs(root) {
  const all = living();
  const belongs = (pid) => {
    for (let at = pid; at > 1; at = all.get(at)?.parent ?? 0) if (at === root) return true;
    return false;
  };
  let ticks = 0;
  for (const [pid, { own, ended }] of all) if (belongs(pid)) ticks += own + ended;
  return ticks * TICK_MS;
}

/** Mebibytes in memory now and at most. */
export function memory(pid) {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const kib = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? NaN);
  return { now: kib("VmRSS") / 1024, most: kib("VmHWM") / 1024 };
}
