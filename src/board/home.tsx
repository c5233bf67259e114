import type { BoardHome } from "../endpoint/board/snapshot.ts";
import { FamilyTable } from "./family-table.tsx";

/** The HSMs of one home. */
export function Home({ home }: { readonly home: BoardHome }) {
  const { name, folder, shell, families, problems } = home;
  const isServed = name === "home";
  return (
    <section class="home" aria-label={isServed ? "The HSMs that are served" : `The HSMs of drill ${name}`}>
      <header>
        <h2>{isServed ? "HSMs" : `Drill ${name}`}</h2>
        <p class="where">
          <span>{folder}</span>
          <code title="opens a shell on these HSMs">{shell}</code>
        </p>
      </header>
      {problems.map((problem) => (
        <p key={problem} class="problem">
          {problem}
        </p>
      ))}
      {families.length === 0 && (
        <p class="empty">There is no HSM yet. A shell creates them from a configuration, and so does aws cloudhsmv2.</p>
      )}
      {families.map((family) => (
        <FamilyTable key={family.clusters[0]} home={home} family={family} />
      ))}
    </section>
  );
}
