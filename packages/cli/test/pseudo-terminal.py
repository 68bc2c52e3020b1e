# Runs a command in a pseudo-terminal: python3 pseudo-terminal.py <pattern> <keys> <command> …
# Types the keys once the pattern is shown. Prints all that was shown, exits as the command does, and
# with 99 where the command leaves the terminal in another state than it was.
import fcntl, os, pty, re, select, struct, subprocess, sys, termios, time

pattern = sys.argv[1].encode()
keys = sys.argv[2].encode().decode('unicode_escape').encode()
master, slave = pty.openpty()
fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack('HHHH', 24, 200, 0, 0))
before = termios.tcgetattr(slave)
child = subprocess.Popen(sys.argv[3:], stdin=slave, stdout=slave, stderr=slave, start_new_session=True)
shown, is_typed = b'', False
deadline = time.monotonic() + 15
while True:
    has_ended = child.poll() is not None
    if not has_ended and time.monotonic() > deadline:
        child.kill()
    ready, _, _ = select.select([master], [], [], 0.05)
    if ready:
        shown += os.read(master, 65536)
    elif has_ended:
        break
    if not is_typed and re.search(pattern, shown):
        os.write(master, keys)
        is_typed = True
sys.stdout.buffer.write(shown)
sys.exit(child.returncode if termios.tcgetattr(slave) == before else 99)
