#!/bin/sh
# git-intercom, as harnesses start it. Written by "git intercom init", taken away by "git intercom remove".
# Where node or the program is gone it says nothing and succeeds: a broken guard never blocks an edit.
node=@NODE@
program=@PROGRAM@
[ -x "$node" ] || node=$(command -v node) || exit 0
[ -f "$program" ] || exit 0
# Reading extra certificates makes node slow to start, and nothing here goes to the network by itself.
unset NODE_EXTRA_CA_CERTS
exec "$node" "$program" "$@"
