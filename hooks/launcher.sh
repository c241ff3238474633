#!/bin/sh
# git-intercom, as harnesses start it. Written by "git intercom init", taken away by "git intercom remove".
# Where node or the program is gone it says so before an edit, and succeeds: a broken guard never blocks an edit.
node=@NODE@
program=@PROGRAM@

# Hooks run before each edit and between the steps of an agent. What a look at the projection found is noted in small
# files (src/store/projection/gate.ts), and as long as nothing they depend on has changed there is nothing to say: this
# takes no program at all. Whatever is not plain here is asked of node.

# The text of a key of the JSON in $input. Fails where it is not there, is there twice, or has an escape.
text_of() {
  case $input in *"\"$1\":\""*) ;; *) return 1 ;; esac
  value=${input#*"\"$1\":\""}
  case $value in *"\"$1\":\""*) return 1 ;; esac
  value=${value%%\"*}
  case $value in '' | *\\*) return 1 ;; esac
}

# The session that $input names, in one of the harnesses' ways.
session_of() {
  text_of session_id || text_of sessionId || text_of conversation_id || return 1
  case $value in *[!A-Za-z0-9._-]* | [!A-Za-z0-9]*) return 1 ;; esac
  session=$value
}

# The repository around the folder $1: its top, and the git directory that all of its work trees share.
repository_around() {
  top=$1
  until [ -e "$top/.git" ]; do
    case $top in /?*) top=${top%/*} ;; *) return 1 ;; esac
  done
  common=$top/.git
  [ -d "$common" ] && return
  IFS= read -r line <"$common" || return 1
  git_dir=${line#gitdir: }
  case $git_dir in /*) ;; *) return 1 ;; esac
  IFS= read -r line <"$git_dir/commondir" || return 1
  case $line in /*) common=$line ;; *) common=$git_dir/$line ;; esac
}

# Nobody ever opened coordination here: then there is nothing to guard.
is_nowhere_open() {
  [ ! -e "$common/intercom" ] && [ ! -e "$top/.intercom/config.yaml" ] && [ ! -e "$common/refs/heads/intercom" ] &&
    [ ! -e "$common/refs/remotes/origin/intercom" ] &&
    { [ ! -e "$common/packed-refs" ] || ! grep -F -q /intercom "$common/packed-refs"; }
}

# The projection stands for the tip of the branch, and was written since the machine started.
is_fresh() {
  read -r _ stamp _ boot _ <"$common/intercom/projection/stamp" || return 1
  IFS= read -r tip <"$common/refs/heads/intercom" || return 1
  [ "$stamp" = "$tip" ] || return 1
  [ ! -r /proc/sys/kernel/random/boot_id ] || { IFS= read -r now </proc/sys/kernel/random/boot_id && [ "$boot" = "$now" ]; }
}

# $1 is newer than $2, or there is no $2.
is_newer() {
  [ -e "$1" ] && { [ ! -e "$2" ] || [ "$1" -nt "$2" ]; }
}

# No lease is to be renewed yet. The file that is written has the present time.
is_no_lease_due() {
  : >"$gate/now" && [ "$gate/until" -nt "$gate/now" ]
}

is_edit_silent() {
  { text_of file_path || text_of notebook_path || text_of filePath || text_of path; } || return 1
  path=$value
  case $path in */../* | */./* | */.. | */. | *//*) return 1 ;; /*) ;; *) return 1 ;; esac
  repository_around "${path%/*}" || return 1
  is_nowhere_open && return
  gate=$common/intercom/gate/$harness-$session
  claims=$common/intercom/projection/claims
  below=${path#"$top"/}
  segment=${below%%/*}
  case $segment in *[!A-Za-z0-9._-]*) return 1 ;; esac
  is_newer "$gate/paths$path" "$claims/s-$segment" && is_newer "$gate/paths$path" "$claims/any" && is_fresh && is_no_lease_due
}

is_mail_silent() {
  case $input in *'"command":"'*) return 1 ;; esac
  text_of cwd || return 1
  repository_around "$value" || return 1
  is_nowhere_open && return
  gate=$common/intercom/gate/$harness-$session
  IFS= read -r agent <"$gate/agent" || return 1
  is_newer "$gate/heard" "$common/intercom/projection/mail/$agent" && is_fresh && is_no_lease_due
}

is_silent() {
  session_of || return 1
  case $event in
  PreToolUse | preToolUse | BeforeTool | tool.execute.before | tool_call) is_edit_silent ;;
  PostToolUse | postToolUse | PostToolBatch | AfterTool) is_mail_silent ;;
  *) return 1 ;;
  esac
}

# One line for the person, as each harness takes it. Between the steps of an agent nobody needs to hear it again.
gone() {
  said="intercom: $1 is gone, and nothing is guarded. Install git-intercom again, then run npx git-intercom init."
  case $harness/$event in
  claude-code/PreToolUse | claude-code-older/PreToolUse | claude-code/SessionStart | codex/PreToolUse | codex/SessionStart | gemini/BeforeTool)
    printf '{"systemMessage":"%s"}\n' "$said" ;;
  opencode/tool.execute.before | pi/tool_call) printf '{"failure":"%s"}\n' "$said" ;;
  / | copilot/preToolUse | cursor/preToolUse | cursor/beforeShellExecution | git/pre-commit | git/pre-push)
    printf '%s\n' "$said" >&2 ;;
  esac
  exit 0
}

harness=
event=
if [ "${1-}" = hook ] && [ "${2-}" != git ]; then
  [ "${INTERCOM_SKIP-}" = 1 ] && exit 0
  harness=${2-}
  event=${3-}
  IFS= read -r input || :
  is_silent 2>/dev/null && exit 0
  # The same without what hooks do not need.
  [ ! -f "${program%/*}/hook.cjs" ] || program=${program%/*}/hook.cjs
elif [ "${1-}" = hook ]; then
  harness=git
  event=${3-}
  [ ! -f "${program%/*}/git-hook.cjs" ] || program=${program%/*}/git-hook.cjs
fi

[ -x "$node" ] || node=$(command -v node) || gone node
[ -f "$program" ] || gone 'its program'
# Reading extra certificates makes node slow to start, and nothing here goes to the network by itself.
unset NODE_EXTRA_CA_CERTS
[ -n "${input+set}" ] || exec "$node" "$program" "$@"
case $input in
*'}') printf '%s\n' "$input" | "$node" "$program" "$@" ;;
*) { printf '%s\n' "$input" && cat; } | "$node" "$program" "$@" ;;
esac
