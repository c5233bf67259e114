/** What an HSM accepts (AWS CloudHSM User Guide, "limits", "loginLogout", "createUser" and "quorum-authentication"). */
export const limits = {
  /** Letters, digits and underscores in a user name. */
  userNameLength: { minimum: 1, maximum: 31 },
  /** Bytes of a password. */
  passwordLength: { minimum: 7, maximum: 32 },
  /** HSMs of one cluster. */
  hsms: 28,
  /** Users on one HSM, and the highest user id. */
  users: 1024,
  /** Wrong passwords after which a user is locked. */
  loginFailures: 5,
  /** Token keys on one HSM where a cluster's YAML does not say otherwise; and the most that it may say. */
  keys: { default: 3300, maximum: 1_000_000 },
  /** Users who must approve of a key's use. */
  keyMValue: { minimum: 1, maximum: 8 },
  /** Bytes of a key's label or id. */
  labelLength: 127,
  /** Officers that a service may be set to take. */
  quorumMinimum: { minimum: 2, maximum: 8 },
  /** Bytes of the registration token that proves the possession of a key. */
  registrationToken: { minimum: 1, maximum: 245 },
  /** Quorum tokens on one HSM, and for how long one can be approved. */
  tokens: 1024,
  tokenSeconds: 600,
  /** Exponent of scrypt's N: what a cluster's YAML may set, and what it is otherwise. */
  passwordCost: { minimum: 10, maximum: 20, default: 14 },
} as const;

/** Whether a user name has only the characters and the length that an HSM accepts. */
export function isUserName(name: string): boolean {
  return name.length <= limits.userNameLength.maximum && /^\w+$/.test(name);
}

/** Whether a password has a length that an HSM accepts, in bytes of UTF-8. */
export function isPasswordLength(password: string): boolean {
  const length = Buffer.byteLength(password);
  return length >= limits.passwordLength.minimum && length <= limits.passwordLength.maximum;
}

/** Whether a text may be the label or the id of a key: short enough, and nothing that moves a cursor or ends a line. */
export function isLabel(text: string): boolean {
  return Buffer.byteLength(text) <= limits.labelLength && !/\p{Cc}/u.test(text);
}

/** Whether a service may be set to take that many officers. */
export function isQuorumMinimum(officers: number): boolean {
  const { minimum, maximum } = limits.quorumMinimum;
  return Number.isInteger(officers) && officers >= minimum && officers <= maximum;
}

/** Whether a password may cost that much: what costs nothing protects nothing, and what costs too much never ends. */
export function isPasswordCost(cost: number): boolean {
  const { minimum, maximum } = limits.passwordCost;
  return Number.isInteger(cost) && cost >= minimum && cost <= maximum;
}
