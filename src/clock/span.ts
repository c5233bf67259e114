const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a span of time: `500ms`, `30s`, `10m`, `2h`, `3d`; undefined for what is none, or lasts no time. */
export function millisecondsOf(span: string): number | undefined {
  const [, count = "", unit = ""] = /^(\d{1,9})(ms|s|m|h|d)$/.exec(span) ?? [];
  const milliseconds = Number(count) * (units[unit] ?? 0);
  return milliseconds > 0 ? milliseconds : undefined;
}
