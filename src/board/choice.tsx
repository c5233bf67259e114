interface Properties {
  readonly label: string;
  readonly value: string;
  readonly choose: (value: string) => void;
  readonly choices: readonly string[];
  /** What a choice is called, where it is not called as it is. */
  readonly nameOf?: (choice: string) => string;
}

/** One of several words. */
export function Choice({ label, value, choose, choices, nameOf = (choice) => choice }: Properties) {
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
            {nameOf(choice)}
          </option>
        ))}
      </select>
    </label>
  );
}
