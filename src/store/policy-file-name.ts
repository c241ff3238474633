/** The team's policy, below the top of the work tree. */
export const policyFileName = '.intercom/config.yaml';
