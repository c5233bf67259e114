import { type Offerable, command } from "./command.ts";
import { Refused } from "./refused.ts";

/** A command that is known by its name alone: whatever words follow, it says that it is not simulated. */
export function notSimulated(name: string): Offerable {
  const declared = command({
    name,
    parameters: [],
    run: ({ dialect }) => Promise.reject(new Refused(dialect.notSimulated(name), { namesCommand: false })),
  });
  return (offered) => {
    const made = declared(offered);
    return { ...made, usage: `${name} ...`, read: () => made.read([]) };
  };
}
