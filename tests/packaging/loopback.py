"""Runs a command with loopback brought up: what a fresh network namespace has down, and all the network it gets."""

import fcntl
import os
import socket
import struct
import sys

SET_FLAGS, UP = 0x8914, 1

if __name__ == "__main__":
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, SET_FLAGS, struct.pack("16sh14x", b"lo", UP))
    os.execv(sys.argv[1], sys.argv[1:])  # noqa: S606 - the command is the test's own
