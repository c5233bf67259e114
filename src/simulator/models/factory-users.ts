import type { FactoryUser } from "./model.ts";

/** Who is on a cluster as it is delivered: the officer who activates it, with that password, and the service's own user. */
export function factoryUsers(password: string): readonly FactoryUser[] {
  return [
    { id: 1, type: "PRECO", name: "admin", password },
    { id: 2, type: "AU", name: "app_user", password: undefined },
  ];
}
