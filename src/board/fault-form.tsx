import { useEffect, useState } from "preact/hooks";
import type { FaultWords } from "../endpoint/board/snapshot.ts";
import { type ChangeParts, useChanges } from "./changes.ts";
import { Choice } from "./choice.tsx";

let words: Promise<FaultWords> | undefined;

/** What faults are made of; asked for once. */
function useFaultWords(): FaultWords | undefined {
  const [known, setKnown] = useState<FaultWords>();
  useEffect(() => {
    words ??= fetch("/board/fault-words").then((response) => response.json() as Promise<FaultWords>);
    void words.then(setKnown);
  }, []);
  return known;
}

/** Sets a fault on the road to an HSM, or with `all` to every HSM. */
export function FaultForm({ home, hsm }: { readonly home: string; readonly hsm: string }) {
  const known = useFaultWords();
  const { isAllowed, make } = useChanges();
  const [kind, setKind] = useState("unreachable");
  const [command, setCommand] = useState("");
  const [times, setTimes] = useState("1");
  const [milliseconds, setMilliseconds] = useState("2000");
  const [code, setCode] = useState("NOT_AUTHORISED");
  if (known === undefined) return null;
  const submit = (event: Event): void => {
    event.preventDefault();
    const parts: ChangeParts<"add-fault"> = {
      home,
      hsm,
      kind: kind as ChangeParts<"add-fault">["kind"],
      ...(command === "" ? {} : { command }),
      ...(times === "" ? {} : { times: Number(times) }),
      ...(kind === "delay" ? { milliseconds: Number(milliseconds) } : {}),
      ...(kind === "refuse" ? { code: code as NonNullable<ChangeParts<"add-fault">["code"]> } : {}),
    };
    void make("add-fault", parts);
  };
  return (
    <form class="fault" onSubmit={submit}>
      <Choice label="Kind" value={kind} choose={setKind} choices={known.kinds} />
      <Choice
        label="Command"
        value={command}
        choose={setCommand}
        choices={["", ...known.commands]}
        nameOf={(choice) => (choice === "" ? "any" : choice)}
      />
      {kind === "refuse" && <Choice label="Code" value={code} choose={setCode} choices={known.codes} />}
      {kind === "delay" && (
        <label>
          Milliseconds
          <input
            type="number"
            min="1"
            max="600000"
            required
            value={milliseconds}
            onInput={(event) => {
              setMilliseconds(event.currentTarget.value);
            }}
          />
        </label>
      )}
      <label>
        Times
        <input
          type="number"
          min="1"
          max="1000000"
          placeholder="until cleared"
          value={times}
          onInput={(event) => {
            setTimes(event.currentTarget.value);
          }}
        />
      </label>
      <button type="submit" disabled={!isAllowed}>
        Set fault
      </button>
    </form>
  );
}
