"""What the site keeps when it is killed, and answers when its disk is full or cannot be written.

Run by hand with `make faults`: it mounts small disks, which needs root.
"""
