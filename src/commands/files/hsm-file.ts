/**
 * Whether a path, without links, is that of an HSM's own file. To open one by another way than the HSM's would end the
 * locks that this process has on it, so that other shells would take away what it works on.
 */
export function isHsmFile(path: string): boolean {
  return /\.hsm(?:-wal|-shm|-journal)?$/i.test(path);
}
