import type { Hsm, Login, SessionHandle } from "../hsm/hsm.ts";
import { HsmError } from "../hsm/return-code.ts";
import type { Answer, Request } from "./answer.ts";

/** Where a server of the configuration is found. */
export interface ServerAddress {
  /** `servers[].name` of the configuration, or the hostname: shown in brackets after `server N`. */
  readonly name: string;
  readonly hostname: string;
  readonly port: number;
  /** The cluster that it is in, and which of its nodes it is, from 1 on; left out where a shell is not told. */
  readonly clusterId?: string;
  readonly node?: number;
}

/** Whether a server can be asked: one that was not there at the start is not asked again. */
export type Reach = "connected" | "never" | "lost";

/** Switches the HSM at an address on. Rejects with `HsmError` SERVER_UNAVAILABLE. */
export type Connector = (address: ServerAddress) => Promise<Hsm>;

/** One server of the configuration: its place in the order, its HSM, and who is logged in there. */
export class Server {
  readonly id: number;
  readonly address: ServerAddress;
  /** Whether the connection was encrypted end to end when this shell looked last. */
  isEncrypted = true;
  readonly #connector: Connector;
  #hsm: Promise<Hsm> | undefined;
  #login: Login | undefined;
  #reach: Reach = "connected";

  constructor(id: number, address: ServerAddress, connector: Connector) {
    this.id = id;
    this.address = address;
    this.#connector = connector;
  }

  /** `N(name)`, as the original writes a server in every line. */
  get label(): string {
    return `${String(this.id)}(${this.address.name})`;
  }

  /** Whether the server answered last time; `never` where the start did not reach it. */
  get reach(): Reach {
    return this.#reach;
  }

  /** Notes that the start did not reach the server: it is asked for nothing. */
  missed(): void {
    this.#reach = "never";
  }

  /** Who is logged in on this server through this shell. */
  get login(): Login | undefined {
    return this.#login;
  }

  /** The session of that login; 0, which every HSM refuses, when there is none. */
  get session(): SessionHandle {
    return this.#login?.session ?? 0;
  }

  /** The HSM, switched on by the first request. Rejects with `HsmError`. */
  async hsm(): Promise<Hsm> {
    this.#hsm ??= this.#connector(this.address);
    try {
      return await this.#hsm;
    } catch (error) {
      this.#hsm = undefined;
      throw error;
    }
  }

  /** Sends a request to the HSM. What is no refusal of the HSM is thrown: a fault of this program. */
  async ask<T>(request: Request<T>): Promise<Answer<T>> {
    if (this.#reach === "never") return { server: this, outcome: "failed", error: new HsmError("SERVER_UNAVAILABLE") };
    try {
      const value = await request(await this.hsm(), this.session);
      this.#reach = "connected";
      return { server: this, outcome: "done", value };
    } catch (error) {
      if (!(error instanceof HsmError)) throw error;
      this.#reach = error.returnCode === "SERVER_UNAVAILABLE" ? "lost" : "connected";
      return { server: this, outcome: "failed", error };
    }
  }

  /** Whether a user has this name; a server that does not answer knows none. */
  async knows(name: string): Promise<boolean> {
    return (await this.ask((hsm) => hsm.users.find(name))).outcome === "done";
  }

  /** Notes who is logged in now, or with undefined that nobody is. */
  remember(login: Login | undefined): void {
    this.#login = login;
  }

  /** Connects anew, also to a server that was lost or never reached; who was logged in there is not any more. */
  async reconnect(): Promise<Answer<unknown>> {
    await this.disconnect();
    this.#hsm = undefined;
    this.#login = undefined;
    const before = this.#reach;
    this.#reach = "connected";
    const answer = await this.ask((hsm) => hsm.encrypt());
    const isStillAway = answer.outcome === "failed" && answer.error.returnCode === "SERVER_UNAVAILABLE";
    if (isStillAway && before === "never") this.#reach = before;
    return answer;
  }

  /**
   * Ends the login of this shell, if there is one, and switches the HSM off. Returns the refusal of an HSM that could
   * not record it: the login ends all the same, with this process. One that was ended from outside has been recorded.
   */
  async disconnect(): Promise<HsmError | undefined> {
    const hsm = await this.#opened();
    if (hsm === undefined) return undefined;
    try {
      if (this.#login !== undefined) await hsm.logins.leave(this.#login.session);
      return undefined;
    } catch (error) {
      if (!(error instanceof HsmError)) throw error;
      return error.returnCode === "NOT_LOGGED_IN" ? undefined : error;
    } finally {
      await hsm.close();
    }
  }

  /** The open HSM; undefined before the first request, and where opening failed: its caller was told. */
  async #opened(): Promise<Hsm | undefined> {
    try {
      return await this.#hsm;
    } catch {
      return undefined;
    }
  }
}
