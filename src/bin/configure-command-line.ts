import { Option } from "commander";
import type { ConfigureRequest, Setting } from "../app/configure/request.ts";
import type { CommandLineAnswer } from "./command-line-answer.ts";
import { wholeNumber } from "./fleet/values.ts";
import { parserOf } from "./parser.ts";

/** The forms are the original's. */
const help = `Usage: configure -h | --help
                 -a <ENI IP address>
                 -m [-i <daemon_id>]
                 --ssl --pkey <private key file> --cert <certificate file>
                 --cmu <ENI IP address>

  -a <ENI IP address>    write this HSM into the client's and the shell's configuration, and no other
  -m                     list in the shell's configuration all HSMs that the client's daemon knows: those of the cluster of its
                         HSM, as they are now
  -i <daemon_id>         whose they are, with -m (default: 1)
  --cmu <ENI IP address> list in the shell's configuration all HSMs of this HSM's cluster, and give the client this one
  --ssl                  write another certificate and private key of the client into both configurations
  --pkey <file>          its private key, with --ssl
  --cert <file>          its certificate, with --ssl
  -h, --help             print this help

Exit status:
  0    done
  1    the answer is no: there is no such HSM, or it cannot be reached
  2    the command line or a configuration is wrong
`;

interface Options {
  readonly prefix?: string;
  readonly a?: string;
  readonly m?: true;
  readonly i?: number;
  readonly ssl?: true;
  readonly pkey?: string;
  readonly cert?: string;
  readonly cmu?: string;
}

/** Reads the words of the command line; returns help, or what is wrong, where nothing is to be done. */
export function parseConfigureCommandLine(words: readonly string[]): ConfigureRequest | CommandLineAnswer {
  const { command, parse } = parserOf("configure");
  command
    .configureHelp({ formatHelp: () => help })
    .option("-a <ENI IP address>")
    .option("-m")
    .addOption(new Option("-i <daemon_id>").argParser(wholeNumber(1, 65_535)))
    .option("--ssl")
    .option("--pkey <private key file>")
    .option("--cert <certificate file>")
    .option("--cmu <ENI IP address>")
    // The launcher says in whose place it stands.
    .addOption(new Option("--prefix <dir>").hideHelp());
  const answer = parse(words);
  if (answer !== undefined) return answer;
  const options = command.opts<Options>();
  if (options.prefix === undefined || options.prefix === "") {
    return wrong("start it as bin/configure below the folder that cloudhsm-sim install made, or give --prefix <dir>");
  }
  const setting = settingOf(options);
  return typeof setting === "string" ? wrong(setting) : { prefix: options.prefix, setting };
}

/** What is to be set; a text says why the options do not go together. */
function settingOf(options: Options): Setting | string {
  const { a, m, i, ssl, pkey, cert, cmu } = options;
  const given = Object.entries({ "-a": a, "-m": m, "--ssl": ssl, "--cmu": cmu })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name);
  if (given.length > 1) return `${given.join(" and ")} do not go together: give one of them at a time`;
  if (i !== undefined && m === undefined) return "-i goes with -m: give -m, too";
  if ((pkey ?? cert) !== undefined && ssl === undefined) return "--pkey and --cert go with --ssl: give --ssl, too";
  if (a !== undefined) return { kind: "one", address: a };
  if (cmu !== undefined) return { kind: "cluster", address: cmu };
  if (m !== undefined) return { kind: "daemon", id: i ?? 1 };
  if (ssl === undefined) return "nothing to do: give one of -a, -m, --ssl and --cmu";
  if (pkey === undefined || cert === undefined) return "--ssl takes both --pkey <file> and --cert <file>";
  return { kind: "identity", privateKey: pkey, certificate: cert };
}

function wrong(problem: string): CommandLineAnswer {
  return { status: 2, text: `configure: ${problem}\n(configure --help shows how to use it)` };
}
