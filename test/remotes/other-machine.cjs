/** Loaded before a program: it believes to be on the host OTHER_HOST, started as OTHER_BOOT, whose clock is OTHER_CLOCK_MS ahead. */
const fs = require('node:fs');
const { OTHER_HOST: host, OTHER_BOOT: boot, OTHER_CLOCK_MS: aheadMs } = process.env;
if (host) require('node:os').hostname = () => host;
const { readFileSync } = fs;
if (boot) {
  fs.readFileSync = (file, ...how) =>
    file === '/proc/sys/kernel/random/boot_id' ? `${boot}\n` : readFileSync(file, ...how);
}
const now = Date.now;
if (aheadMs) Date.now = () => now() + Number(aheadMs);
