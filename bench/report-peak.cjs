// Loaded into a measured process: writes its peak memory, in kilobytes, to file descriptor 3 when it ends.
const { existsSync, readFileSync, writeSync } = require("node:fs");

/** Linux counts the memory of the process that started this one into maxRSS; VmHWM is this program's own. */
function peak() {
  const status = "/proc/self/status";
  if (!existsSync(status)) return String(process.resourceUsage().maxRSS);
  return /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(status, "utf8"))[1];
}

process.on("exit", () => writeSync(3, peak()));
