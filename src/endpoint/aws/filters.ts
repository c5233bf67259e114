import { Refusal } from "./refusal.ts";

/** Filters as they are asked for: values behind the name of each. */
export type Filters = readonly (readonly [name: string, values: readonly string[]])[];

/** What the filters of a list look at, by their names. */
export type FilterTable<T> = Readonly<Record<string, (item: T) => string | undefined>>;

/**
 * What passes all filters: one of the values of each is enough. Throws {@link Refusal} for a name that the table does
 * not have.
 */
export function filtered<T>(items: readonly T[], filters: Filters, table: FilterTable<T>): readonly T[] {
  const unknown = filters.find(([name]) => !Object.hasOwn(table, name));
  if (unknown !== undefined) {
    const message = `Filters has the name ${JSON.stringify(unknown[0])}, which is none of ${Object.keys(table).join(", ")}.`;
    throw new Refusal("CloudHsmInvalidRequestException", message);
  }
  return items.filter((item) =>
    filters.every(([name, values]) => {
      const value = table[name]?.(item);
      return value !== undefined && values.includes(value);
    }),
  );
}
