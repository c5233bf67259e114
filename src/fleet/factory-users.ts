import { randomBytes } from "node:crypto";
import type { UserEntry } from "../config/configuration.ts";
import type { InitialUser } from "../simulator/image-users.ts";
import type { FactoryUser, Model } from "../simulator/models/model.ts";
import { Offers } from "./offers.ts";

/**
 * The users that an HSM of a model comes with. A password that nobody knows is drawn.
 *
 * @param offers of the cluster whose users these are
 */
export function factoryUsers(model: Pick<Model, "factoryUsers">, offers = new Offers()): readonly InitialUser[] {
  return model.factoryUsers.map(drawn).map(offers.user);
}

function drawn({ password = randomBytes(24).toString("base64url"), ...user }: FactoryUser): UserEntry {
  return { ...user, password };
}
