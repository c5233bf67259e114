import { useChanges } from "./changes.ts";

/** How the last change went; nothing before the first. */
export function Outcome() {
  const { said } = useChanges();
  if (said === undefined) return null;
  const { id, isDone, message } = said;
  return (
    <p key={id} class={isDone ? "said" : "said refused"} role={isDone ? "status" : "alert"}>
      {isDone ? "Done: " : "Refused: "}
      {message}
    </p>
  );
}
