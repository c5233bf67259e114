import { HsmError } from "../../hsm/return-code.ts";
import { alibaba } from "./alibaba.ts";
import { aws } from "./aws.ts";
import { azure } from "./azure.ts";
import type { Model } from "./model.ts";
import { oracle } from "./oracle.ts";

/** The models that there are, by name. */
export const models: ReadonlyMap<string, Model> = new Map(
  [aws, azure, oracle, alibaba].map((model) => [model.name, model]),
);

/** The model of HSMs that recorded none: there was no other. */
export const unrecorded = aws.name;

/** The model of an HSM that recorded this. Throws {@link HsmError} STORAGE_FAILURE for one that this program does not have. */
export function modelOf({ model }: { readonly model?: string }): Model {
  const found = models.get(model ?? unrecorded);
  if (found === undefined) throw new HsmError("STORAGE_FAILURE");
  return found;
}
