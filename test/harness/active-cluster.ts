/** The id of {@link activeCluster}. */
export const clusterId = "cluster-igklspoyj5v";

/** An activated cluster of two HSMs, as the service shows it, in YAML. */
export const activeCluster = `
clusters:
  - id: ${clusterId}
    passwordCost: 10
    users: [{ id: 1, type: CO, name: admin, password: co12345 }]
    hsms: [{ id: hsm-lgavqitns2a, hostname: 10.0.2.9 }, { id: hsm-lgavqitns2b, hostname: 10.0.3.11 }]
`;
