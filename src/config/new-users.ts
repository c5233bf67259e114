import type { DialectName } from "./dialect-name.ts";

/** Who activates a cluster as its vendor delivers it, and with which password. */
export interface FirstLogin {
  readonly name: string;
  readonly password: string;
}

/** What a configuration to start from says of users. */
interface NewUsers {
  /** The member of the cluster, with the comments above it. */
  readonly ofCluster: string;
  /** A user who is on one HSM only. */
  readonly ofOneHsm: string;
}

const known = "These passwords are the examples of the documentation, and known to everybody: change them.";

/** The examples of AWS's documentation are shorter than the passwords that others take. */
const longOfficer = "{ id: 4, type: CO, name: officer1, password: officer-rehearses }";

/** The users of a new cluster, by vendor. */
const users: Readonly<Record<DialectName, (login: FirstLogin) => NewUsers>> = {
  aws: () => ({
    ofCluster: `    users:                    # on every HSM; left out: a cluster that is still to be activated
      # ${known}
      - { id: 1, type: CO, name: admin, password: co12345 }
      - { id: 2, type: AU, name: app_user, password: appliance1 }
      - { id: 3, type: CU, name: crypto_user1, password: user12345 }`,
    ofOneHsm: "{ id: 4, type: CO, name: officer1, password: officer12345 }",
  }),
  azure: asDelivered,
  // The console tells name and password of its first officer.
  oracle: () => ({
    ofCluster: `    users:                    # on every HSM; to activate it, log in as PRECO and set a new password (changePswd)
      # ${known}
      - { id: 1, type: PRECO, name: preco_dkms, password: From-the-console1 }
      - { id: 2, type: AU, name: app_user, password: Appliance-user1 }
      # - { id: 3, type: CU, name: crypto_user1, password: user-rehearses }`,
    ofOneHsm: longOfficer,
  }),
  alibaba: asDelivered,
};

/** The users of a vendor's new cluster: those of the siblings wait for its activation by the first login. */
export function newUsersText(dialect: DialectName, login: FirstLogin): NewUsers {
  return users[dialect](login);
}

function asDelivered({ name, password }: FirstLogin): NewUsers {
  return {
    ofOneHsm: longOfficer,
    ofCluster: `    # Still to be activated: loginHSM PRECO ${name} ${password}, then changePswd PRECO ${name} <new password>.
    # certificates: pending   # it waits for the certificates of its owner, too: getCertReq, openssl, storeCert
    # users:                  # on every HSM; with them, it was activated
    #   # ${known}
    #   - { id: 1, type: CO, name: admin, password: admin-rehearses }
    #   - { id: 2, type: AU, name: app_user, password: appliance-user1 }
    #   - { id: 3, type: CU, name: crypto_user1, password: user-rehearses }`,
  };
}
