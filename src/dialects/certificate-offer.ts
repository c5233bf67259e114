import type { ManagementOffer } from "../command/offer.ts";

/** How the shells of Azure and Alibaba offer the life before the certificates. */
export const certificateOffer = {
  getCertReq: {
    modes: ["server"],
    summary: "Writes this HSM's certificate request to a file",
    description:
      "Writes the request for the certificate of this HSM's cluster, in PEM, for the customer's CA to sign. No login required.",
    example: "getCertReq ../cert/P1.csr",
  },
  storeCert: {
    modes: ["server"],
    summary: "Stores what the customer's CA signed",
    description:
      "Stores the certificate of the owner's CA (4), then that of the cluster, which the CA signed (8): that ends the login, " +
      "and encrypts the connection end to end. Requires a PRECO or CO.",
    example: "storeCert ../cert/PO.crt 4",
  },
} as const satisfies ManagementOffer;
