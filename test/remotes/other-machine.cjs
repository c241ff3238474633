/** Loaded before a program: it believes to be on the host OTHER_HOST, whose clock is OTHER_CLOCK_MS ahead. */
const { OTHER_HOST: host, OTHER_CLOCK_MS: aheadMs } = process.env;
if (host) require('node:os').hostname = () => host;
const now = Date.now;
if (aheadMs) Date.now = () => now() + Number(aheadMs);
