/**
 * The types of user that an HSM knows: the crypto officer of a cluster that was never activated (PRECO), the first
 * officer of older clusters (PCO), crypto officers, crypto users, and the appliance user of the service.
 */
export const userTypes = ["PRECO", "PCO", "CO", "CU", "AU"] as const;

/** One of {@link userTypes}; case matters, as in the original. */
export type UserType = (typeof userTypes)[number];

/** What anybody may know of a user. */
export interface UserSummary {
  readonly id: number;
  readonly type: UserType;
  readonly name: string;
  /** Whether a public key for quorum approvals is registered. */
  readonly quorumKey: boolean;
  /** Wrong passwords since the last right one. */
  readonly loginFailures: number;
  /** Whether logging in requires a second factor. */
  readonly twoFactor: boolean;
}

/** What a crypto user may be kept from: uses of keys, and being managed by officers. */
export const userSwitches = ["sign", "wrap", "unwrap", "modify", "derive", "generate", "managedByOfficers"] as const;

/** One of {@link userSwitches}. */
export type UserSwitch = (typeof userSwitches)[number];

/** What is to become of switches; those that are left out stay. */
export type SwitchChanges = Readonly<Partial<Record<UserSwitch, boolean>>>;

/** A user with what it may do with keys. */
export interface UserDetails extends UserSummary {
  /** Of a crypto user; others have none. */
  readonly switches?: Readonly<Record<UserSwitch, boolean>>;
}

/** Reads a word as a user type; `preCO` is PRECO (AWS CloudHSM User Guide, createUser). */
export function parseUserType(word: string): UserType | undefined {
  if (word === "preCO") return "PRECO";
  return userTypes.find((type) => type === word);
}

/** Whether a user of type `actual` is found as `asked`: a PCO logs in and is managed as a CO. */
export function answersTo(actual: UserType, asked: UserType): boolean {
  return actual === asked || (actual === "PCO" && asked === "CO");
}
