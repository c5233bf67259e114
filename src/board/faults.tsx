import { useState } from "preact/hooks";
import type { BoardHome } from "../endpoint/board/snapshot.ts";
import { Choice } from "./choice.tsx";
import { FaultForm } from "./fault-form.tsx";
import { FaultList } from "./fault-list.tsx";

/** All faults, and what sets one. */
export function Faults({ homes }: { readonly homes: readonly BoardHome[] }) {
  const [chosen, setChosen] = useState("home all");
  const names = new Map(homes.flatMap(placesIn));
  const places = [...names.keys()];
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
          <Choice
            label="On the road to"
            value={`${home} ${hsm}`}
            choose={setChosen}
            choices={places}
            nameOf={(place) => names.get(place) ?? place}
          />
        </div>
        <FaultForm home={home} hsm={hsm} />
      </details>
    </section>
  );
}

/** Where a fault can be set in a home: the place as it is chosen, and what it is called. */
function placesIn({ name, families }: BoardHome): readonly (readonly [place: string, name: string])[] {
  const where = name === "home" ? "" : `, drill ${name}`;
  const columns = families.flatMap((family) => family.columns).filter(({ state }) => state !== "destroyed");
  return [
    [`${name} all`, `all HSMs${where}`],
    ...columns.map(
      ({ hsmId, server }) =>
        [`${name} ${hsmId}`, `${server === undefined ? hsmId : `${server}, ${hsmId}`}${where}`] as const,
    ),
  ];
}
