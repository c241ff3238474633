# In a mount namespace of its own: a small tmpfs with a repository, filled up but for so many KiB, over and over.
# Arguments: where to mount, node, the command. Prints how often the disk was full; says on stderr what is wrong.
mount=$1 node=$2 bin=$3
mount -t tmpfs -o size=4m tmpfs "$mount" || exit 77
cd "$mount" || exit 77
export GIT_CONFIG_GLOBAL=/dev/null
git init -q --template= . && git -c user.name=T -c user.email=t@example.invalid commit -q --allow-empty -m begin
"$node" "$bin" claim a.ts --agent ada >said 2>&1 || { cat said >&2; exit 1; }

text=$("$node" -p '[...Array(1500).keys()].map((n) => n * 7919 % 10007).join(" ")')
full=0 recorded=0
for free in 0 4 8 12 16 20 24 28 32 36 40 48 56 64 96; do
  before=$(git rev-parse intercom)
  space=$(df --output=avail . | tail -n 1)
  [ "$space" -gt "$free" ] && dd if=/dev/zero of=filler bs=1024 count=$((space - free)) 2>/dev/null
  "$node" "$bin" send ada "$free $text" --agent ada >/dev/null 2>"/tmp/said.$$"
  code=$?
  after=$(git rev-parse intercom)
  found=$("$node" "$bin" doctor)
  rm -f filler
  case $found in *'The disk of '*' is full'*) ;; *) echo "$free KiB free: doctor says $found" >&2 ;; esac
  if [ $code = 0 ]; then
    recorded=$((recorded + 1))
    [ "$before" != "$after" ] || echo "$free KiB free: acknowledged, but not there" >&2
  else
    full=$((full + 1))
    [ $code = 3 ] || echo "$free KiB free: exit code $code" >&2
    grep -q 'The disk is full' "/tmp/said.$$" || cat "/tmp/said.$$" >&2
    [ "$before" = "$after" ] || echo "$free KiB free: failed, but it is recorded" >&2
  fi
  git fsck --strict --no-dangling --no-progress >&2
  "$node" "$bin" claim "next/$free.ts" --agent ada >/dev/null 2>&1 || echo "$free KiB free: the next write fails" >&2
done
rm -f "/tmp/said.$$"
"$node" "$bin" doctor >said || { echo "with space again: $(cat said)" >&2; }
echo "$full full, $recorded recorded"
