/** What a clone keeps of its remote, beside the branches of people: git neither pushes nor shows these refs unasked. */

/** Where a fetch leaves the remote's tip, so that no cleaner takes it before it is followed. */
export const fetchedRef = 'refs/intercom/fetched';
/** The last tip of the authority that this clone agreed with. */
export const syncedRef = 'refs/intercom/synced';
/** The tip of what was acknowledged here while the authority lacked some of it. */
export const unpushedRef = 'refs/intercom/unpushed';
