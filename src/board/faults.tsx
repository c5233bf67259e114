import { useState } from "preact/hooks";
import type { BoardHome } from "../endpoint/board/snapshot.ts";
import { Choice } from "./choice.tsx";
import { FaultForm } from "./fault-form.tsx";
import { FaultList } from "./fault-list.tsx";

/** All faults, and what sets one. */
export function Faults({ homes }: { readonly homes: readonly BoardHome[] }) {
  const [chosen, setChosen] = useState("home all");
  const places = homes.flatMap(({ name, families }) => [
    `${name} all`,
    ...families.flatMap(({ columns }) =>
      columns.filter(({ state }) => state !== "destroyed").map(({ hsmId }) => `${name} ${hsmId}`),
    ),
  ]);
  const [home = "home", hsm = "all"] = (places.includes(chosen) ? chosen : "home all").split(" ");
  return (
    <section class="panel" aria-labelledby="faults">
      <h2 id="faults">Faults</h2>
      {homes
        .filter(({ name, faults }) => name === "home" || faults.length > 0)
        .map(({ name, faults }) => (
          <div key={name}>
            {name !== "home" && <h3>Drill {name}</h3>}
            <FaultList home={name} faults={faults} />
          </div>
        ))}
      <details>
        <summary>Set a fault</summary>
        <div class="fault">
          <Choice label="On the road to" value={`${home} ${hsm}`} choose={setChosen} choices={places} />
        </div>
        <FaultForm home={home} hsm={hsm} />
      </details>
    </section>
  );
}
