import { aws as dialect } from "../dialects/aws/aws.ts";
import type { Limits } from "../hsm/limits.ts";
import type { Model } from "../simulator/models/model.ts";

/** Whose shell this is, and whose HSMs: no other file of the program says so. Most starts do not need the HSMs' model. */
export const vendor = {
  dialect,
  model: async (): Promise<Model> => (await import("../simulator/models/aws.ts")).aws,
  limits: async (): Promise<Limits> => (await vendor.model()).limits,
};
