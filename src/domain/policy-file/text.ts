/** The policy file as `init` writes it: every default, commented out, with what it means. */
export const defaultPolicyFile = `# The team's policy for git intercom. Everything is optional; what is commented out is the default.
# The coordination itself (claims, messages, status) lies on a branch of its own: git log intercom

# branch: intercom
# remote: null        # the git remote that clones share the branch by, such as origin; null for none
# hub: null           # a repository that several repositories share one branch in: a path, a URL or a name
# repository: null    # what this repository is called in the hub
# sync:
#   interval: 15s     # how often the remote is looked at while others write
#   idleInterval: 2m  # how often while nobody does
#   batch: 2s         # how long messages and status wait for more to push
#   deadline: 10s     # how long one call of git to the remote may take
# lease:
#   default: 30m      # how long a claim holds without renewal
#   max: 24h          # the longest lease that may be asked for
# clock:
#   drift: 2m         # how far the clocks of two machines may differ
# retention:
#   messages: 30d     # acknowledged messages leave the branch's tree after this, and stay in its history
#   undelivered: 14d  # mail of an agent that left goes back to its sender after this
# inbox:
#   perSender: 1000   # unread messages of one sender at one recipient; more are refused until some are read
# guard:
#   edits: refuse     # of a file that another claims: refuse, warn (refuse once), ask (the person) or off
#   shell: refuse     # the same, of a shell command that would write there
#   autoClaim: true   # the first edit of a free file claims it
#   broken: allow     # what becomes of an edit when the guard itself fails: allow or refuse
# confirm:
#   messages: false   # ask the person before an agent sends, asks or replies
#   force: false      # ask the person before an agent takes another's claim by force
# escalation:
#   command: null     # run when something waits for a person: notify-send "$INTERCOM_ESCALATION_TEXT"
#   ackOverdue: null  # a message that wants an acknowledgement, or is urgent, waits for a person after this: 30m
# owners: []          # [{ paths: [src/store], agents: [ada, storage], why: frozen }]: others are warned once; or codeowners
# hooks:
#   commit: refuse    # others' claims at git commit: refuse, warn or off
#   push: refuse      # the same at git push
#   releaseOnCommit: auto   # claims given back once their files are committed: none, auto or all
# landing: true       # warn of work that was released and is not merged yet, until it is
# signalFile: false   # keep .intercom/signal.md in each work tree, for agents without hooks and tools
# sign: false         # sign coordination commits, with the key that git is configured to sign with
# skipCi: true        # write [skip ci] into coordination commits
`;
