/**
 * What a cluster does with its users, told plainly and without the product's code: ids, types, names, passwords,
 * counts of wrong passwords, and who is logged in where.
 */
export interface ModelUser {
  readonly id: number;
  readonly type: string;
  readonly name: string;
  readonly failures: number;
  readonly password: string;
}

export interface ModelHsm {
  users: readonly ModelUser[];
  /** The id of the user who is logged in. */
  login: number | undefined;
}

/** A command with its words, and the answer to the question that follows a failure. */
export type ModelCommand =
  | { readonly kind: "login"; readonly type: string; readonly name: string; readonly password: string }
  | { readonly kind: "logout" }
  | {
      readonly kind: "create" | "change";
      readonly type: string;
      readonly name: string;
      readonly password: string;
      readonly goOn: boolean;
    }
  | { readonly kind: "delete"; readonly type: string; readonly name: string; readonly goOn: boolean }
  | { readonly kind: "sync"; readonly id: number; readonly to: number }
  | { readonly kind: "enter"; readonly server: number }
  | { readonly kind: "exit" };

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
const answers = (user: ModelUser, type: string): boolean =>
  user.type === type || (user.type === "PCO" && type === "CO");

export class Model {
  readonly hsms: readonly ModelHsm[];
  /** The server of server mode. */
  current: number | undefined;

  constructor(users: readonly (readonly ModelUser[])[]) {
    this.hsms = users.map((own) => ({ users: own, login: undefined }));
  }

  run(command: ModelCommand): void {
    const scope = this.#scope();
    if (command.kind === "enter") {
      if (this.current === undefined && this.hsms[command.server] !== undefined) this.current = command.server;
      return;
    }
    if (command.kind === "exit") {
      this.current = undefined;
      return;
    }
    if (command.kind === "login") {
      for (const hsm of scope) logIn(hsm, command.type, command.name, command.password);
      return;
    }
    if (scope.every(({ login }) => login === undefined)) return;
    if (command.kind === "logout") for (const hsm of scope) hsm.login = undefined;
    else if (command.kind === "sync") this.#sync(command.id, command.to);
    else if (command.kind === "delete") deleteFrom(scope, command.type, command.name, command.goOn);
    else {
      for (const hsm of scope) {
        const { type, name, password } = command;
        const done = command.kind === "create" ? create(hsm, type, name, password) : change(hsm, type, name, password);
        if (!done && !command.goOn) break;
      }
    }
  }

  #scope(): readonly ModelHsm[] {
    return this.hsms.filter((_, server) => this.current === undefined || this.current === server);
  }

  #sync(id: number, to: number): void {
    const source = this.current === undefined ? undefined : this.hsms[this.current];
    const destination = this.hsms[to];
    if (source === undefined || destination === undefined || source === destination) return;
    const user = source.users.find((each) => each.id === id);
    if (!isOfficer(source) || !isOfficer(destination) || user === undefined) return;
    const inTheWay = destination.users.filter((each) => each.id === id || same(each.name, user.name));
    const sameUser = inTheWay[0]?.id === id && same(inTheWay[0].name, user.name) && inTheWay[0].type === user.type;
    if (inTheWay.length > 0 && !(inTheWay.length === 1 && sameUser)) return;
    destination.users = sorted([...destination.users.filter((each) => each.id !== id), user]);
  }
}

function logIn(hsm: ModelHsm, type: string, name: string, password: string): void {
  const user = hsm.users.find((each) => same(each.name, name));
  if (user === undefined || !answers(user, type) || user.failures >= 5) return;
  const right = user.password === password;
  if (right) hsm.login = user.id;
  replace(hsm, { ...user, failures: right ? 0 : user.failures + 1 });
}

function isOfficer(hsm: ModelHsm): boolean {
  const user = hsm.users.find(({ id }) => id === hsm.login);
  return user?.type === "CO" || user?.type === "PCO";
}

const hasLength = (password: string): boolean => password.length >= 7 && password.length <= 32;

function create(hsm: ModelHsm, type: string, name: string, password: string): boolean {
  if (!isOfficer(hsm) || !["CO", "CU", "PCO", "PRECO"].includes(type)) return false;
  if (!hasLength(password) || hsm.users.some((each) => same(each.name, name))) return false;
  const id = Math.max(...hsm.users.map((each) => each.id)) + 1;
  hsm.users = [...hsm.users, { id, type, name, failures: 0, password }];
  return true;
}

function change(hsm: ModelHsm, type: string, name: string, password: string): boolean {
  const user = hsm.users.find((each) => same(each.name, name));
  if (hsm.login === undefined || user === undefined || !answers(user, type) || !hasLength(password)) return false;
  const own = user.id === hsm.login;
  if (!own && (!isOfficer(hsm) || user.type === "AU")) return false;
  replace(hsm, { ...user, type: user.type === "PRECO" ? "CO" : user.type, failures: 0, password });
  return true;
}

/** The answer to a failure is Ignore, or roll back, which brings back whom the servers before had deleted. */
function deleteFrom(scope: readonly ModelHsm[], type: string, name: string, goOn: boolean): void {
  const before = scope.map(({ users }) => users);
  for (const hsm of scope) {
    const user = hsm.users.find((each) => same(each.name, name));
    const deletable = user !== undefined && answers(user, type) && user.type !== "AU" && user.id !== hsm.login;
    if (isOfficer(hsm) && deletable) hsm.users = hsm.users.filter((each) => each !== user);
    else if (!goOn) {
      scope.forEach((each, place) => (each.users = before[place] ?? []));
      return;
    }
  }
}

function replace(hsm: ModelHsm, user: ModelUser): void {
  hsm.users = hsm.users.map((each) => (each.id === user.id ? user : each));
}

function sorted(users: readonly ModelUser[]): readonly ModelUser[] {
  return [...users].sort((one, other) => one.id - other.id);
}
