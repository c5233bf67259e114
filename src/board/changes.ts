import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { BoardChange, ChangeName } from "../endpoint/board/change.ts";

/** What a change needs to be told beside its name. */
export type ChangeParts<Name extends ChangeName> = Omit<Extract<BoardChange, { readonly name: Name }>, "name">;

/** How a change went. */
export interface Said {
  readonly id: number;
  readonly isDone: boolean;
  readonly message: string;
}

/** Has changes made, and tells the person how they went. */
export interface Changes {
  /** Whether the page has a token. */
  readonly isAllowed: boolean;
  /** How the last one went. */
  readonly said: Said | undefined;
  readonly make: <Name extends ChangeName>(name: Name, parts: ChangeParts<Name>) => Promise<void>;
}

const context = createContext<Changes>({
  isAllowed: false,
  said: undefined,
  make: () => Promise.resolve(),
});

/** Hands the changes to all that is in it. */
export const ChangesProvider = context.Provider;

/** The changes that a component can have made. */
export function useChanges(): Changes {
  return useContext(context);
}

/** Sends a change. Resolves with what the server says of it. */
export async function send(token: string, name: ChangeName, parts: object): Promise<Omit<Said, "id">> {
  try {
    const response = await fetch(`/board/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-board-token": token },
      body: JSON.stringify(parts),
    });
    const { message } = (await response.json()) as { readonly message: string };
    return { isDone: response.ok, message };
  } catch {
    return { isDone: false, message: "nobody answers: is cloudhsm-sim serve still running?" };
  }
}
