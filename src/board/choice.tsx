interface Properties {
  readonly label: string;
  readonly value: string;
  readonly choose: (value: string) => void;
  readonly choices: readonly string[];
  /** What the empty choice is called. */
  readonly none?: string;
}

/** One of several words. */
export function Choice({ label, value, choose, choices, none = "" }: Properties) {
  return (
    <label>
      {label}
      <select
        value={value}
        onChange={(event) => {
          choose(event.currentTarget.value);
        }}
      >
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice === "" ? none : choice}
          </option>
        ))}
      </select>
    </label>
  );
}
