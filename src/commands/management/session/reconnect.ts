import { isDone } from "../../../cluster/answer.ts";
import { command } from "../../../command/command.ts";
import { failure, success } from "../../../command/request-lines.ts";
import { requireCurrent } from "../../../command/require-server.ts";

/** Connects anew to the server of server mode (a command of the sibling shells, Oracle's wording). */
export const reconnect = command({
  name: "reconnect",
  parameters: [],
  async run(context) {
    const server = requireCurrent(context);
    const answer = await server.reconnect();
    const { dialect, output } = context;
    if (!isDone(answer)) {
      output.print(...failure(context, answer));
      return { outcome: "failed", answers: [answer] };
    }
    output.print(...dialect.reconnected(server.label), success(context, server));
    return { outcome: "done", answers: [answer] };
  },
});
