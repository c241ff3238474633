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
line=
nap=
# Whatever goes wrong, 2 is for a line alone: it is also what a shell ends with that cannot do what it should.
trap 'rm -f "$opening" "$pipe"; [ -z "$nap" ] || kill "$nap" 2>/dev/null; [ -n "$line" ] || exit 0' EXIT
trap 'exit 0' HUP INT TERM
# Open before it has the name that is looked for: a line for a pipe that nobody reads yet would be lost. For writing as
# well, for opening one end alone waits for the other.
mkfifo "$opening" && exec 4<>"$opening" 3<"$opening" && mv "$opening" "$pipe" || exit 0

# Nobody tells it when Claude Code and the server are killed at once, so each minute it looks whether Claude Code is still
# there: `sleep` alone has the pipe open for writing, and reading ends when it does.
while kill -0 "$claude" 2>/dev/null; do
  sleep 60 </dev/null >&4 2>/dev/null 3<&- 4>&- &
  nap=$!
  exec 4>&-
  # An empty line ends it: the server is gone.
  if IFS= read -r line <&3; then break; fi
  line=
  wait "$nap" || exit 0
  nap=
  [ -p "$pipe" ] && exec 4>"$pipe" || exit 0
done
[ -n "$line" ] || exit 0
printf '%s\n' "$line" >&2
exit 2
