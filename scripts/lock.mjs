// One process at a time prepares a clone. Runs before anything is installed, so it uses nothing but Node.
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Does `work` while this process alone holds the lock, a file with its process id. Says once whom it waits for; takes
 * the lock of a process that is gone.
 */
export async function locked(file, work) {
  let told;
  while (!acquire(file)) {
    const holder = read(file);
    if (holder === undefined) continue;
    if (!isAlive(holder)) {
      release(file, holder);
      continue;
    }
    if (told !== holder) {
      process.stderr.write(
        `waiting for process ${holder}, which installs and builds here (if there is no such thing: rm ${file})\n`,
      );
      told = holder;
    }
    await sleep(100);
  }
  const unlock = () => release(file, String(process.pid));
  // `work` may end the process.
  process.once("exit", unlock);
  try {
    return await work();
  } finally {
    process.off("exit", unlock);
    unlock();
  }
}

/** The lock appears with its content, so that nobody reads an empty one. */
function acquire(file) {
  const own = `${file}.${String(process.pid)}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    return false;
  } finally {
    rmSync(own);
  }
}

/** Removes the lock of `holder`, and puts it back where somebody else took it in between. */
function release(file, holder) {
  const moved = `${file}.${String(process.pid)}.released`;
  try {
    renameSync(file, moved);
  } catch (error) {
    if (error.code === "ENOENT") return;
    throw error;
  }
  if (read(moved) !== holder) linkSync(moved, file);
  rmSync(moved);
}

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

function isAlive(id) {
  try {
    process.kill(Number(id), 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
