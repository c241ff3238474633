/** What `init --print-instructions` prints: the lines for an AGENTS.md, for harnesses without hooks and tools. */
export const agentsLines = `## Other agents (git-intercom)

Several agents work in this repository. Claims on files, messages and status stand on its branch \`intercom\`.

- Before you edit: \`git intercom check-edit <path>\`. Exit code 1 means that somebody holds it, and says who and why.
- Claim narrowly: \`git intercom claim <path> --why '<one sentence>'\`. Release when done: \`git intercom release --all\`.
- Held by another: work elsewhere, ask (\`git intercom ask <agent> '<question>'\`), or wait (\`claim <path> --wait\`).
- Between steps: \`git intercom peek\` shows unread messages, \`git intercom reply <id> '<answer>'\` answers one.
- \`git intercom who\` shows who works on what. Leave the branch \`intercom\` to these commands.`;
