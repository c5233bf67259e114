import { basename } from "node:path";
import type { KeyUtilityWording } from "../command/key-utility-wording.ts";
import type { Dialect } from "../command/wording.ts";
import { type DialectName, type LimitsOf, dialectNames } from "../config/dialect-name.ts";
import { aws } from "../dialects/aws/aws.ts";
import type { Model } from "../simulator/models/model.ts";

/** A vendor's shell and HSMs; what a start does not need of them is not loaded. */
interface Vendor {
  /** The name of the program, as the vendor ships it. */
  readonly program: string;
  readonly dialect: () => Promise<Dialect>;
  readonly model: () => Promise<Model>;
  /** The name of its key utility, as the vendor ships it. */
  readonly keyProgram: string;
  readonly keyUtility: () => Promise<KeyUtilityWording>;
}

/** The vendors: no other file of the program says which shells and HSMs there are. */
const vendors: Readonly<Record<DialectName, Vendor>> = {
  aws: {
    program: "cloudhsm_mgmt_util",
    dialect: () => Promise.resolve(aws),
    model: async () => (await import("../simulator/models/aws.ts")).aws,
    keyProgram: "key_mgmt_util",
    keyUtility: async () => (await import("../dialects/aws/key-utility/key-utility.ts")).keyUtility,
  },
  azure: {
    program: "azcloudhsm_mgmt_util",
    dialect: async () => (await import("../dialects/azure/azure.ts")).azure,
    model: async () => (await import("../simulator/models/azure.ts")).azure,
    keyProgram: "azcloudhsm_util",
    keyUtility: async () => (await import("../dialects/azure/key-utility/key-utility.ts")).keyUtility,
  },
  oracle: {
    program: "user_mgmt_util",
    dialect: async () => (await import("../dialects/oracle/oracle.ts")).oracle,
    model: async () => (await import("../simulator/models/oracle.ts")).oracle,
    keyProgram: "key_mgmt_util",
    keyUtility: async () => (await import("../dialects/oracle/key-utility/key-utility.ts")).keyUtility,
  },
  alibaba: {
    program: "hsm_mgmt_tool",
    dialect: async () => (await import("../dialects/alibaba/alibaba.ts")).alibaba,
    model: async () => (await import("../simulator/models/alibaba.ts")).alibaba,
    keyProgram: "key_mgmt_tool",
    keyUtility: async () => (await import("../dialects/alibaba/key-utility/key-utility.ts")).keyUtility,
  },
};

/** The vendor with a name. */
export function vendorNamed(name: DialectName): Vendor {
  return vendors[name];
}

/** The vendor whose model HSMs recorded; undefined for a name that this program does not have. */
export function vendorOfModel(model = "aws"): Vendor | undefined {
  const name = dialectOfModel(model);
  return name === undefined ? undefined : vendors[name];
}

/** The name of that vendor. */
export function dialectOfModel(model: string): DialectName | undefined {
  return dialectNames.find((dialect) => dialect === model);
}

/** The names that other vendors than AWS give the shell, or the key utility, where theirs is not AWS's. */
export function otherNames(kind: "program" | "keyProgram"): readonly string[] {
  return dialectNames.map((dialect) => vendors[dialect][kind]).filter((name) => name !== vendors.aws[kind]);
}

/** Whose shell a program is, by the name under which it was called; undefined for one that is no vendor's, or AWS's. */
export function dialectOfProgram(path: string): DialectName | undefined {
  return calledAs(path, "program");
}

/** Whose key utility a program is; undefined also for the name that AWS's and Oracle's share. */
export function dialectOfKeyProgram(path: string): DialectName | undefined {
  return calledAs(path, "keyProgram");
}

function calledAs(path: string, kind: "program" | "keyProgram"): DialectName | undefined {
  const name = basename(path).replace(/\.(?:js|exe)$/, "");
  return dialectNames.find((dialect) => vendors[dialect][kind] === name && vendors.aws[kind] !== name);
}

/**
 * What the shell of each vendor takes in place of a password that is to be asked for, by the name of its HSMs' model; empty
 * for one that asks always.
 */
export async function passwordWords(): Promise<(model: string) => string> {
  const always: string[] = [];
  for (const name of dialectNames) {
    const { offer } = await vendors[name].dialect();
    if (offer["loginHSM"]?.without?.includes("password") === true) always.push((await vendors[name].model()).name);
  }
  return (model) => (always.includes(model) ? "" : " -hpswd");
}

/**
 * What the HSMs of each vendor accept.
 *
 * @param usual whose HSMs they are where nobody says
 */
export async function limitsBy(usual: DialectName = "aws"): Promise<LimitsOf> {
  const { modelOf } = await import("../simulator/models/models.ts");
  return (dialect = usual) => modelOf({ model: dialect }).limits;
}
