/** The reason with which a signal ends a wait that somebody will go on with: the place in the line is kept. */
export const pause = 'pause';
