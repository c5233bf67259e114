import { aws } from "./aws.ts";
import type { Model } from "./model.ts";

/** The models that there are, by name. */
export const models: ReadonlyMap<string, Model> = new Map([[aws.name, aws]]);

/** The model of HSMs that recorded none: there was no other. */
export const unrecorded = aws.name;
