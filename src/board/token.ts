/** Where the tab keeps it. */
const key = "board-token";

/**
 * The token with which changes are asked for; undefined for somebody who only looks. It is taken out of the address, which
 * others may see, and kept for this tab alone.
 */
export function boardToken(): string | undefined {
  const address = new URL(location.href);
  const given = address.searchParams.get("token");
  if (given !== null) {
    sessionStorage.setItem(key, given);
    address.searchParams.delete("token");
    history.replaceState(null, "", address);
  }
  return sessionStorage.getItem(key) ?? undefined;
}
