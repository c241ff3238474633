#!/bin/sh
# Waits for mail while Claude Code is idle, and wakes it: a background hook that ends with 2 begins a turn with what it
# wrote to stderr (code.claude.com/docs, "Hooks reference", asyncRewake). The server of the session says when, through a
# named pipe (src/harness/claude-code/watcher.ts). Where the session has an inbox of its own the server writes to that.

# Cursor runs the hooks of Claude's plugins as well, and would wait for this one.
[ -z "${CLAUDE_CODE_MESSAGING_SOCKET-}${CURSOR_VERSION-}" ] || exit 0
claude=${CLAUDE_PID:-$PPID}
case $claude in '' | *[!0-9]*) exit 0 ;; esac
# A session that answers one prompt and ends runs this one in the foreground: it would never end.
case "${CLAUDE_CODE_ENTRYPOINT-} $(ps -ww -o args= -p "$claude" 2>/dev/null)" in
'cli '* | *--input-format[\ =]stream-json*) ;;
*) exit 0 ;;
esac

case ${XDG_CACHE_HOME-} in
/*) folder=$XDG_CACHE_HOME/git-intercom/wake ;;
*) folder=$HOME/.cache/git-intercom/wake ;;
esac
umask 077
mkdir -p "$folder" || exit 0

# One for a process is enough, which has one session at a time: each turn that ends starts one more.
for pipe in "$folder/$claude".* "$folder/.$claude".*; do
  [ -p "$pipe" ] || continue
  ! kill -0 "${pipe##*.}" 2>/dev/null || exit 0
  rm -f "$pipe"
done

pipe=$folder/$claude.$$
opening=$folder/.$claude.$$
trap 'rm -f "$opening" "$pipe"' EXIT
trap 'exit 0' HUP INT TERM
# Open before it has the name that is looked for: a line for a pipe that nobody reads yet would be lost. For writing as
# well, which does not wait for somebody else to open it.
mkfifo "$opening" && exec 3<>"$opening" && mv "$opening" "$pipe" || exit 0
IFS= read -r line <&3 || exit 0
# An empty line ends it: the server is gone.
[ -n "$line" ] || exit 0
printf '%s\n' "$line" >&2
exit 2
