import { test } from "vitest";
import { expectRefused } from "./refused.ts";

const withFault = (fault: string) =>
  `clusters:\n  - id: cluster-a\n    hsms:\n      - { id: hsm-a, hostname: 10.9.0.1 }\nfaults:\n  - ${fault}\n`;

const mistakes: readonly (readonly [what: string, marked: string, words: string])[] = [
  [
    "a fault of no HSM of the file",
    withFault("{ hsm: ▶hsm-z, kind: drop }"),
    "faults[0].hsm must be all, or the id, hostname, or hostname:port of an HSM of this file",
  ],
  [
    "a fault of no kind",
    withFault("{ hsm: all, kind: ▶fire }"),
    "faults[0].kind must be one of unreachable, drop, refuse, lose-answer, delay, no-e2e, throttle, degraded, lag",
  ],
  [
    "a refusal without a code",
    withFault("▶{ hsm: 10.9.0.1, kind: refuse }"),
    "faults[0] needs a code: what the HSM refuses with (NOT_AUTHORISED)",
  ],
  [
    "a fault of a request and of a command",
    withFault("▶{ hsm: hsm-a, kind: drop, request: users.list, command: listUsers }"),
    "faults[0] is for a request or for a command, not for both",
  ],
  [
    "a request that no HSM knows",
    withFault("{ hsm: hsm-a, kind: drop, request: ▶users.paint }"),
    "faults[0].request must be a request of an HSM, users.create for instance (cloudhsm-sim fault add --help lists them)",
  ],
  [
    "a span that is none",
    withFault("{ hsm: hsm-a, kind: drop, for: ▶soon }"),
    "faults[0].for must be a span of time: 30s, 10m, 2h, 3d",
  ],
];

test.each(mistakes)("%s", (_, marked, words) => expectRefused("cluster.yaml", marked, words));
